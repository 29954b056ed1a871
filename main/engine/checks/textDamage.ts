import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, type Sql, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, isTold } from './checkedTable'

const mostColumns = 20
const idRoles = ['customer', 'order', 'session', 'product']
/** The two signs that a letter of two bytes becomes when its bytes are taken for Windows-1252; a blank may be the second. */
const doubleEncoded = '[ÃÂ][\\x{80}-\\x{BF}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|[a-z][ÂÃ] '
const email = '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\\.[A-Za-z]{2,}'
const phone = '(^|[^0-9])\\+[0-9]{2}[ 0-9]{8,13}([^0-9]|$)'

/**
 * Text columns that are no ids, in the smaller sample of the rows.
 *
 * - Letters lost before (�), in any cell.
 * - Letters encoded twice (Ã©, â€™), in any cell.
 * - E-mail addresses or telephone numbers between other words, in columns where fewer than half of the cells hold one.
 */
export async function checkTextDamage(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns
    .filter(({ type, role }) => type === 'text' && !(role !== null && idRoles.includes(role)))
    .slice(0, mostColumns)
  if (columns.length === 0) return []
  const isContact = (name: string): Sql =>
    sql`((contains(${ident(name)}, '@') AND regexp_matches(${ident(name)}, ${email})) OR (contains(${ident(name)}, '+') AND regexp_matches(${ident(name)}, ${phone})))`
  // Only cells with letters beyond ASCII can be encoded twice.
  const isDouble = (name: string): Sql =>
    sql`(strlen(${ident(name)}) <> length(${ident(name)}) AND regexp_matches(${ident(name)}, ${doubleEncoded}))`
  const isLost = (name: string): Sql => sql`contains(${ident(name)}, chr(65533))`
  const looks = columns.map(
    (column) => sql`(
      SELECT
        coalesce(sum(n), 0)::DOUBLE,
        coalesce(sum(n) FILTER (WHERE ${isDouble('value')}), 0)::DOUBLE,
        coalesce(sum(n) FILTER (WHERE ${isContact('value')}), 0)::DOUBLE,
        coalesce(sum(n) FILTER (WHERE ${isLost('value')}), 0)::DOUBLE,
        coalesce(min(value) FILTER (WHERE ${isDouble('value')}), '')
      FROM ${work.counted(column)})`,
  )
  const [answers = []] = await work.ask(
    z.array(z.union([z.number(), z.string()])),
    sql`SELECT * FROM ${join(looks, ', ')}`,
  )
  return columns.flatMap((column, index) => {
    const [filled = 0, double = 0, contacts = 0, lost = 0, example = ''] = answers.slice(index * 5, index * 5 + 5)
    return [
      ...lostLetters(work, column, Number(lost), isLost(column.name)),
      ...encodedTwice(work, column, Number(double), String(example), isDouble(column.name)),
      ...contactsIn(work, column, Number(filled), Number(contacts), isContact(column.name)),
    ]
  })
}

function encodedTwice(work: CheckWork, { name }: CheckedColumn, count: number, example: string, rows: Sql): Finding[] {
  if (count === 0 || isTold(work.table, name, 'encodedTwice', 'doubleEncoded')) return []
  return [
    work.say({
      id: 'encodedTwice',
      severity: 'warning',
      column: name,
      title: 'Letters encoded twice',
      count: count * work.glanceStep,
      unit: 'rows',
      examples: [example],
      rows,
      treatment: 'Kept as they are: export the file again as UTF-8',
    }),
  ]
}

function lostLetters(work: CheckWork, { name }: CheckedColumn, count: number, rows: Sql): Finding[] {
  if (count === 0 || work.table.findings.some(({ id }) => id === 'brokenCharacters')) return []
  return [
    work.say({
      id: 'lostLetters',
      severity: 'warning',
      column: name,
      title: 'Letters that were lost when the file was written: � stands in their place',
      count: count * work.glanceStep,
      unit: 'rows',
      rows,
      treatment: 'Kept as they are: ask for the file again, saved as UTF-8',
    }),
  ]
}

function contactsIn(work: CheckWork, { name }: CheckedColumn, filled: number, count: number, rows: Sql): Finding[] {
  if (count === 0 || count > filled / 2) return []
  return [
    work.say({
      id: 'contactsInText',
      severity: 'info',
      column: name,
      title: 'E-mail addresses or telephone numbers in a text',
      count: count * work.glanceStep,
      unit: 'rows',
      rows,
      treatment: 'Kept: take them out before you share the project',
    }),
  ]
}
