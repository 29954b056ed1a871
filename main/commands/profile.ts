import { countedUnit } from '../../shared/countedUnit'
import { createFormatter, type Formatter } from '../../shared/format'
import type { ColumnDetail, TableComparison } from '../../shared/tableAnswers'
import type { TableColumn } from '../../shared/tableView'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, one, readWords } from './words'

const flags = [
  { name: 'column', value: 'COLUMN', about: 'only this column' },
  { name: 'compare', value: 'OTHER', about: 'what differs between TABLE and OTHER, the largest changes first' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = 'profile PROJECT TABLE [--column COLUMN] [--compare OTHER] [--json]'

export const profileCommand: Command = {
  name: 'profile',
  usage,
  about: 'Missing, distinct, range, quartiles and alerts of every column of a table, or two tables side by side.',
  flags,
  examples: ['profile shop sales', 'profile shop january --compare february --json'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 2, most: 2 }, usage)
    const [folder = '', table = ''] = parsed.places
    const context = commandContext()
    const engine = localEngine()
    const { settings } = await engine.openProject({ folder }, context)
    const format = createFormatter(settings)
    const other = one(parsed, 'compare')
    if (other !== undefined) {
      const comparison = await engine.compareTables({ left: table, right: other }, context)
      if (has(parsed, 'json')) printJson(comparison)
      else printComparison(comparison, format)
      return 0
    }
    const wanted = one(parsed, 'column')
    const page = await engine.readPage({ table, offset: 0, limit: 1 }, context)
    const names = wanted === undefined ? (page.columns.slice(1) as TableColumn[]).map(({ name }) => name) : [wanted]
    const columns: ColumnDetail[] = []
    for (const column of names) columns.push(await engine.profileColumn({ table, column }, context))
    if (has(parsed, 'json')) printJson({ table, rows: page.total, columns })
    else printProfile(table, page.total, columns, format)
    return 0
  },
}

function printProfile(table: string, rows: number, columns: readonly ColumnDetail[], format: Formatter): void {
  printLine(`${table}: ${countedUnit(rows, 'rows', format)}, ${countedUnit(columns.length, 'columns', format)}`)
  for (const column of columns) {
    const facts = [
      `${column.isEstimate ? 'about ' : ''}${format.count(column.distinct)} distinct`,
      column.missing === 0 ? 'none missing' : `missing ${format.share(column.missing, column.rows)}`,
      ...(column.min === null ? [] : [`${shown(column.min, format)} to ${shown(column.max, format)}`]),
      ...(column.quartiles === null ? [] : [`median ${format.decimal(column.quartiles.median, 2)}`]),
      ...(column.mean === null ? [] : [`mean ${format.decimal(column.mean, 2)}`]),
    ]
    printLine(`  ${column.name} (${column.type}): ${facts.join('; ')}`)
    const most = column.top.slice(0, 3).map(({ value, count }) => `${value} ${format.count(count)}`)
    if (column.type !== 'id' && most.length > 0 && column.shape === 'shares') printLine(`      ${most.join(', ')}`)
    for (const alert of column.alerts) printLine(`      ${alert.severity === 'warning' ? '!' : 'i'} ${alert.text}`)
  }
}

function printComparison({ left, right, onlyLeft, onlyRight, columns }: TableComparison, format: Formatter): void {
  printLine(
    `${left.name}: ${countedUnit(left.rows, 'rows', format)}; ${right.name}: ${countedUnit(right.rows, 'rows', format)}`,
  )
  if (onlyLeft.length > 0) printLine(`  only in ${left.name}: ${onlyLeft.join(', ')}`)
  if (onlyRight.length > 0) printLine(`  only in ${right.name}: ${onlyRight.join(', ')}`)
  for (const { name, left: one, right: two, sameType, shift } of columns) {
    const facts = [
      ...(sameType ? [] : [`type ${one.type} → ${two.type}`]),
      `missing ${format.percent(share(one))} → ${format.percent(share(two))}`,
      `distinct ${format.count(one.distinct)} → ${format.count(two.distinct)}`,
      ...(one.mean === null || two.mean === null
        ? []
        : [`mean ${format.decimal(one.mean, 2)} → ${format.decimal(two.mean, 2)}`]),
      ...(shift === null
        ? []
        : [`share of ${shift.value} ${format.percent(shift.left)} → ${format.percent(shift.right)}`]),
    ]
    printLine(`  ${name}: ${facts.join('; ')}`)
  }
}

const share = ({ missing, rows }: ColumnDetail): number => (rows === 0 ? 0 : missing / rows)

const shown = (value: string | number | null, format: Formatter): string =>
  typeof value === 'number' ? format.decimal(value, Number.isInteger(value) ? 0 : 2) : (value ?? '–')
