// `npm run pack` makes a folder that runs on this platform; `npm run dist` (--installers) makes the installers.
import { chmodSync, existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sevenZip from '7zip-bin'
import { build, fingerprint } from './build.mjs'
import { ensureElectron } from './ensureElectron.mjs'
import { isMain } from './isMain.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const packed = [
  'electron-builder.yml',
  'package-lock.json',
  'assets',
  'LICENSE',
  'out/main',
  'out/preload',
  'out/renderer',
]
const stampFile = join(root, 'dist', '.pack.stamp')

/** Packs what was built, unless the folder is already up to date. */
export async function pack({ installers = false } = {}) {
  const { version, isStandIn, folder } = await ensureElectron()
  await build({ clean: installers })
  const stamp = `${version} ${fingerprint(packed)}`
  if (!installers && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  if (isStandIn) console.error('*** DEVELOPMENT BUILD: it carries the stand-in runtime. Do not hand it to users. ***')
  const startedAt = performance.now()
  process.env.ELECTRON_BUILDER_7ZIP_PATH ??= sevenZip.path7za
  chmodSync(sevenZip.path7za, 0o755)
  if (isStandIn) process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL ??= '1'
  const electronBuilder = await import('electron-builder')
  // The stand-in is Linux only, and what the other installers need cannot be fetched where it is used.
  const onlyArchive = isStandIn && installers ? { linux: ['tar.gz'] } : {}
  const runtime = isStandIn
    ? {
        electronDist: realpathSync(folder),
        electronVersion: version,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in.
        artifactName: '${productName}-${version}-development-${os}-${arch}.${ext}',
      }
    : {}
  const config = { extends: join(root, 'electron-builder.yml'), ...runtime }
  await electronBuilder.build({
    projectDir: root,
    publish: 'never',
    config,
    ...(installers ? onlyArchive : { dir: true }),
  })
  writeFileSync(stampFile, stamp)
  console.error(`Packed in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
}

if (isMain(import.meta.url)) {
  try {
    await pack({ installers: process.argv.includes('--installers') })
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
