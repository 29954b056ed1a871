import type { Finding } from '../../../shared/description'
import type { ColumnType } from '../../../shared/project'
import { ident, sql } from '../../../shared/sql'
import type { CheckedColumn, CheckWork, ValueCount } from './checkedTable'
import { sumOf } from './days'

const mostDistinct = 12
const leastRows = 50

/**
 * Columns of yes and no with something else in them: 94 % of the cells are 0 and 1, or two such words (of 50, with
 * both), and other values stand beside them. Of a target any two values. Or all values say yes or no, in three words or
 * more (1, 0, TRUE).
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

const yes = new Set(['1', 'true', 'yes', 'y', 'si', 'sí', 's', 'ja', 'oui', 'wahr', 'verdadero'])
const no = new Set(['0', 'false', 'no', 'n', 'nein', 'non', 'falsch', 'falso'])

/** All values say yes or no, but in more than one word each: 1, 0, TRUE and FALSE. */
function severalWays(work: CheckWork, column: CheckedColumn, values: readonly ValueCount[]): Finding | undefined {
  const plain = (value: string): string => value.trim().toLowerCase()
  const says = (words: ReadonlySet<string>): Set<string> =>
    new Set(values.map(({ value }) => plain(value)).filter((value) => words.has(value)))
  const isAll = values.every(({ value }) => yes.has(plain(value)) || no.has(plain(value)))
  if (!isAll || says(yes).size + says(no).size < 3) return undefined
  // Of each answer the most frequent word is the usual one.
  const usual = [yes, no].map((words) => values.find(({ value }) => words.has(plain(value))))
  const others = values.filter((value) => !usual.includes(value))
  return work.say({
    id: 'flagValues',
    severity: 'serious',
    column: column.name,
    title: `${column.name} says yes and no in several ways`,
    count: sumOf(others.map(({ count }) => count)),
    unit: 'rows',
    examples: values.slice(0, 5).map(({ value, count }) => `${value}: ${count}`),
    rows: sql`list_contains(string_split(${others.map(({ value }) => value).join('\t')}, chr(9)), CAST(${ident(column.name)} AS VARCHAR))`,
    treatment: 'Not read as yes or no: write them alike in the file',
  })
}

function thirdValues(work: CheckWork, column: CheckedColumn, values: readonly ValueCount[]): Finding[] {
  const several = severalWays(work, column, values)
  if (several !== undefined) return [several]
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
