import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A Vite plugin: writes the licence text of every package that ended up in the bundle to `licences.txt` beside it. */
export function collectLicences() {
  return {
    name: 'casebook:licences',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle).flatMap((part) =>
        part.type === 'chunk' ? part.moduleIds : part.originalFileNames,
      )
      const folders = new Set(files.map(packageFolder).filter((folder) => folder !== undefined))
      const source = [...folders].map(describePackage).sort().join('\n')
      if (source !== '') this.emitFile({ type: 'asset', fileName: 'licences.txt', source })
    },
  }
}

function packageFolder(file) {
  return /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/'))?.[1]
}

function describePackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8').trim()
  return `${'='.repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`
}
