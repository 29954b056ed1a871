import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { collectLicences } from './scripts/collectLicences.mjs'
import { workerEntries } from './scripts/workerEntries.mjs'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))

const define = {
  __APP_VERSION__: JSON.stringify(manifest.version),
  __PINNED_ELECTRON__: JSON.stringify(manifest.devDependencies.electron),
}

// One entry per process or thread that Node or Electron starts by file name.
const nodeEntries = {
  main: 'main/shell/main.ts',
  engine: 'main/engine/engineProcess.ts',
  cli: 'main/cli.ts',
  ...workerEntries,
}

export default defineConfig({
  main: {
    define,
    plugins: [collectLicences()],
    build: {
      target: 'node20.18',
      outDir: 'out/main',
      minify: false,
      // Everything is bundled except the `dependencies` of package.json: DuckDB's native library has to stay a file.
      rolldownOptions: {
        input: existingEntries(nodeEntries),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    define,
    build: {
      target: 'node20.18',
      outDir: 'out/preload',
      externalizeDeps: false,
      // A sandboxed preload cannot be an ES module.
      rolldownOptions: {
        input: { preload: resolve('main/shell/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    define,
    plugins: [react(), collectLicences()],
    build: {
      target: 'chrome130',
      outDir: resolve('out/renderer'),
      minify: true,
      // Inlined assets would need data: in every directive of the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: { input: resolve('renderer/index.html') },
    },
  },
})

function existingEntries(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries)
      .map(([name, path]) => [name, resolve(path)] as const)
      .filter(([, path]) => existsSync(path)),
  )
}
