import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '../../shared/errors'
import { dataFileName, projectFileName } from '../engine/projectFile'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, one, readWords } from './words'

const flags = [
  { name: 'out', value: 'FOLDER', about: 'where project, workbook and report are written' },
  { name: 'replace', about: 'write over what an earlier run left there' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = 'sample [ID] [--out FOLDER] [--replace] [--json]'

export const sample: Command = {
  name: 'sample',
  usage,
  about: 'Runs a bundled sample from files to business case and says where workbook and report are.',
  flags,
  examples: ['sample --out tour', 'sample online-retail --out tour'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 0, most: 1 }, usage)
    const out = resolve(one(parsed, 'out') ?? 'casebook-sample')
    const project = join(out, 'project')
    const workbook = join(out, 'business-case.xlsx')
    const report = join(out, 'business-case.html')
    const context = commandContext()
    const engine = localEngine()
    if (existsSync(project)) {
      if (!has(parsed, 'replace'))
        throw new AppError('bad-parameter', `${project} is there already.`, {
          hint: 'Add --replace to make it again, or choose another --out.',
        })
      // Only what this command writes is removed, never a folder a person may have filled.
      for (const name of [projectFileName, dataFileName, `${dataFileName}.wal`])
        await rm(join(project, name), { force: true })
    }
    const id = parsed.places[0] ?? 'synthetic-shop'
    const state = await engine.openSample({ id, folder: project }, context)
    const replace = has(parsed, 'replace')
    await engine.exportCase({ to: workbook, replace }, context)
    await engine.exportCase({ to: report, replace }, context)
    if (has(parsed, 'json')) {
      printJson({ sample: id, project, workbook, report, headline: state.headline })
      return 0
    }
    printLine(state.headline)
    printLine(`Project:  ${project}`)
    printLine(`Workbook: ${workbook}`)
    printLine(`Report:   ${report}`)
    return 0
  },
}
