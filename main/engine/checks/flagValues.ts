import type { Finding } from '../../../shared/description'
import type { ColumnType } from '../../../shared/project'
import { ident, sql } from '../../../shared/sql'
import type { CheckedColumn, CheckWork, ValueCount } from './checkedTable'
import { sumOf } from './days'

const mostDistinct = 12
const leastRows = 50

/**
 * Columns of yes and no with something else in them: 94 % of the cells are 0 and 1, or two such words (of 50, with
 * both), and other values stand beside them. Of a target any two values.
 */
export async function checkFlagValues(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns
    .filter(({ type, distinct }) => distinct > 2 && distinct <= mostDistinct && flagTypes.includes(type))
    .slice(0, mostColumns)
  const found = await Promise.all(
    columns.map(async (column) => thirdValues(work, column, await work.values(column.name))),
  )
  return found.flat()
}

const flagTypes: readonly ColumnType[] = ['integer', 'flag', 'text', 'id']
const mostColumns = 60
const yesAndNo = ['0 1', 'false true', 'no yes', 'n y', 'no si', 'no sí', 'ja nein', 'n s']

function thirdValues(work: CheckWork, column: CheckedColumn, values: readonly ValueCount[]): Finding[] {
  const usual = values.slice(0, 2)
  const pair = usual.map(({ value }) => value.toLowerCase()).sort((one, other) => (one < other ? -1 : 1))
  if (column.role !== 'target' && !yesAndNo.includes(pair.join(' '))) return []
  const others = values.filter((value) => !usual.includes(value))
  const [known, other] = [usual, others].map((entries) => sumOf(entries.map(({ count }) => count)))
  if (!known || !other || usual.length < 2 || other > known * 0.06 || known < leastRows) return []
  return [
    work.say({
      id: 'flagValues',
      severity: column.role === 'target' ? 'serious' : 'warning',
      column: column.name,
      title: `${column.name} holds more than ${usual.map(({ value }) => value).join(' and ')}`,
      count: other,
      unit: 'rows',
      examples: others.slice(0, 4).map(({ value }) => value),
      rows: sql`list_contains(string_split(${others.map(({ value }) => value).join('\t')}, chr(9)), CAST(${ident(column.name)} AS VARCHAR))`,
      treatment: 'Not read as yes or no: correct these cells',
    }),
  ]
}
