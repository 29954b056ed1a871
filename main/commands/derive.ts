import { createFormatter } from '../../shared/format'
import { formulaFunctions } from '../../shared/formula/formulaFunctions'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, readWords } from './words'

const flags = [
  { name: 'preview', about: 'only show what it would give' },
  { name: 'remove', about: 'take the column away again (no formula then)' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = "derive PROJECT TABLE NAME 'FORMULA' [--preview] [--remove] [--json]"
const functions = Object.values(formulaFunctions).map((known) => `  ${known.usage.padEnd(30)} ${known.about}`)

export const derive: Command = {
  name: 'derive',
  usage,
  about: `A column more in a table, computed from the others of its row; it is saved as a step and may play roles.
Columns with blanks stand in brackets: [Unit price]. Texts stand in single quotes, days are DATE '2024-01-31'.
Signs: + - * / % || = <> < <= > >= AND OR NOT IN BETWEEN LIKE IS NULL CASE WHEN … THEN … ELSE … END.
Functions:
${functions.join('\n')}`,
  flags,
  examples: [
    "derive shop sales revenue 'quantity * price'",
    "derive shop sales size \"CASE WHEN quantity > 10 THEN 'large' ELSE 'small' END\"",
    'derive shop sales revenue --remove',
  ],
  async run(words) {
    const isRemoved = words.includes('--remove')
    const parsed = readWords(words, flags, isRemoved ? { least: 3, most: 3 } : { least: 4, most: 4 }, usage)
    const [folder = '', source = '', name = '', formula = ''] = parsed.places
    const context = commandContext()
    await localEngine().openProject({ folder }, context)
    if (isRemoved) {
      const state = await localEngine().removeColumn({ source, name }, context)
      if (has(parsed, 'json')) printJson(state)
      else printLine(`${source} no longer has the column ${name}.`)
      return 0
    }
    const preview = await localEngine().previewFormula({ source, name, formula }, context)
    const state = has(parsed, 'preview')
      ? undefined
      : await localEngine().deriveColumn({ source, name, formula }, context)
    if (has(parsed, 'json')) {
      printJson({ preview, ...(state === undefined ? {} : { state }) })
      return 0
    }
    const format = createFormatter(state?.settings ?? { locale: 'en-US', currency: null })
    printLine(preview.columns.join('\t'))
    for (const row of preview.rows) printLine(row.map((value) => (value === null ? '' : String(value))).join('\t'))
    printLine(`${format.count(preview.total)} rows, ${format.count(preview.empty)} of them empty`)
    if (preview.lost > 0)
      printLine(
        `  ${format.count(preview.lost)} empty although all that it reads is there: a division by zero, perhaps`,
      )
    return 0
  },
}
