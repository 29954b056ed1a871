/** Chromium refuses to start as root with its sandbox on. */
export const sandboxSwitches = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])
