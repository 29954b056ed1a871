import { AppError } from '../../shared/errors'
import type { Command } from './command'
import { layoutFlags, readLayout } from './layoutWords'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, readWords } from './words'

const flags = [
  ...layoutFlags,
  { name: 'recognised', about: 'cut it as it was recognised' },
  { name: 'preview', about: 'only show the first rows' },
  { name: 'json', about: 'answer as JSON' },
]
const usage =
  'layout PROJECT TABLE ([--encoding NAME] [--delimiter SIGN] [--quote SIGN] [--header ROW] | --recognised) [--preview] [--json]'

export const layout: Command = {
  name: 'layout',
  usage,
  about: 'Cuts the file of a table in another way than was recognised, and recognises it anew. Saved as a step.',
  flags,
  examples: ['layout shop sales --header 4 --preview', 'layout shop sales --delimiter tab --encoding windows-1252'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 2, most: 2 }, usage)
    const [folder = '', source = ''] = parsed.places
    const wish = readLayout(parsed)
    if ((wish === undefined) === !has(parsed, 'recognised'))
      throw new AppError('bad-parameter', 'Say how the file is to be cut, or --recognised.', {
        hint: `Usage: casebook ${usage}`,
      })
    const context = commandContext()
    const opened = await localEngine().openProject({ folder }, context)
    if (has(parsed, 'preview')) {
      const table = opened.sources.find(({ name }) => name.toLowerCase() === source.toLowerCase())
      if (table === undefined)
        throw new AppError('bad-parameter', `There is no table "${source}" in this project.`, {
          hint: `Tables: ${opened.sources.map(({ name }) => name).join(', ')}.`,
        })
      const path = table.layout?.path ?? table.path
      const preview = await localEngine().previewLayout({ path, sheet: table.sheet, layout: wish ?? {} }, context)
      if (has(parsed, 'json')) printJson({ preview })
      else for (const { row, cells } of preview.rows) printLine(`${row}\t${cells.join('\t')}`)
      return 0
    }
    const state = await localEngine().layOut({ source, layout: wish ?? null }, context)
    const table = state.sources.find(({ name }) => name.toLowerCase() === source.toLowerCase())
    if (has(parsed, 'json')) printJson(state)
    else printLine(`${table?.rows ?? 0} rows: ${table?.columns.map(({ name }) => name).join(', ') ?? ''}`)
    return 0
  },
}
