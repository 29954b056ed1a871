import { countedUnit } from '../../shared/countedUnit'
import { createFormatter } from '../../shared/format'
import { tableKinds } from '../../shared/roles'
import type { Command } from './command'
import { layoutFlags, readLayout } from './layoutWords'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, readWords } from './words'

const flags = [...layoutFlags, { name: 'json', about: 'answer as JSON' }]
const usage = 'describe FILE|FOLDER… [--encoding NAME] [--delimiter SIGN] [--quote SIGN] [--header ROW] [--json]'

export const describe: Command = {
  name: 'describe',
  usage,
  about: 'What is in the files: sheets, columns, kind and roles with confidence, findings and open choices.',
  flags,
  examples: ['describe Online_Sales.csv CustomersData.xlsx --json'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 1, most: 1000 }, usage)
    const layout = readLayout(parsed)
    const files = await localEngine().describeFiles({ paths: [...parsed.places], layout }, commandContext())
    if (has(parsed, 'json')) {
      printJson({ files })
      return 0
    }
    const format = createFormatter({ locale: 'en-US', currency: null })
    for (const file of files) {
      printLine(`${file.fileName} (${file.format}, ${format.count(file.bytes)} bytes)`)
      for (const table of file.tables) {
        const { recognised } = table
        printLine(
          `  ${table.name}: ${tableKinds[recognised.kind].toLowerCase()}, ${format.percent(recognised.confidence)} sure: ${recognised.reason}`,
        )
        printLine(
          `    ${countedUnit(table.rows, 'rows', format)} × ${countedUnit(table.columns.length, 'columns', format)}${table.sheet === null ? '' : `, sheet ${table.sheet}`}, header in row ${table.read.headerRow}`,
        )
        for (const part of table.parts ?? [])
          printLine(`    file ${part.fileName}, ${countedUnit(part.rows, 'rows', format)}`)
        for (const column of table.columns) {
          printLine(
            `    ${column.name.padEnd(24)} ${column.type.padEnd(10)} ${(column.role ?? '').padEnd(14)} ${column.samples.slice(0, 3).join(' | ')}`,
          )
        }
        for (const finding of table.findings)
          printLine(
            `    ! ${finding.title}: ${countedUnit(finding.count, finding.unit, format)}. ${finding.treatment}${isAboutParts(finding.id) ? ` (${finding.examples.slice(0, 5).join('; ')})` : ''}`,
          )
        for (const choice of table.choices) printLine(`    ? ${choice.key}: ${choice.question} (${choice.chosen})`)
      }
      for (const skipped of file.skipped)
        printLine(`  ${file.format === 'folder' ? '' : 'sheet '}${skipped.sheet} left out: ${skipped.reason}`)
    }
    return 0
  },
}

const isAboutParts = (id: string): boolean => id.startsWith('part') && id !== 'parts'
