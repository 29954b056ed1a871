/** Replaced by the build, see electron.vite.config.ts. */
declare const __APP_VERSION__: string
declare const __PINNED_ELECTRON__: string
