import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, sql } from '../../../shared/sql'
import type { CheckedColumn, CheckWork, ValueCount } from './checkedTable'
import { sumOf } from './days'

const mostDistinct = 12
const leastRows = 50

/**
 * Columns of yes and no with something else in them: 95 % of the cells are 0 or 1 (of 50, with both), or two words in
 * a target, and other values stand beside them.
 */
export async function checkFlagValues(work: CheckWork): Promise<Finding[]> {
  const isSuspect = ({ type, role, distinct }: CheckedColumn): boolean =>
    distinct > 2 && distinct <= mostDistinct && (type === 'integer' || type === 'flag' || role === 'target')
  const columns = work.table.columns.filter(isSuspect).slice(0, 40)
  if (columns.length === 0) return []
  const numbers = columns.filter(({ type }) => type !== 'text')
  const parts = numbers.map(
    ({ name }) => sql`count(*) FILTER (WHERE ${ident(name)} IN (0, 1)) >= count(${ident(name)}) * 0.95`,
  )
  const [isFlag = []] =
    parts.length === 0 ? [] : await work.ask(z.array(z.boolean()), sql`SELECT ${join(parts, ', ')} FROM ${work.sample}`)
  const flags = columns.filter((column) => column.type === 'text' || isFlag[numbers.indexOf(column)])
  const found = await Promise.all(
    flags.map(async (column) => thirdValues(work, column, await work.values(column.name))),
  )
  return found.flat()
}

function thirdValues(work: CheckWork, column: CheckedColumn, values: readonly ValueCount[]): Finding[] {
  const isNumber = column.type !== 'text'
  const usual = isNumber ? values.filter(({ value }) => value === '0' || value === '1') : values.slice(0, 2)
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
