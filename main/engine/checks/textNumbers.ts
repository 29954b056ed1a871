import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, raw, sql } from '../../../shared/sql'
import { isAmountName, isIdName, isPhoneName, isPostcodeName } from '../import/columnNames'
import { type CheckedColumn, type CheckWork, isTold } from './checkedTable'

const mostColumns = 20
const leastDistinct = 12
/** A number as it is read without a doubt. */
const plain = '[-+]?(\\d+([.,]\\d+)?|[.,]\\d+)'
/** The same in some dress: signs, words and letters of currencies, thousands, a k for a thousand, an apostrophe. */
const dressed =
  "['(]?[-+]?([A-Z]{0,2}[$€£¥₹]|[A-Z]{3}\\s?|Rs\\.?)?\\s?[-+]?\\d[\\d.,' \\x{a0}\\x{202f}]*(\\s?(%|[kKmM]|[$€£¥₹]|[A-Z]{3})|\\s[A-Za-z]{1,4}\\.?)?\\)?"

/**
 * Columns that are read as text although they hold numbers: nine in ten cells are numbers in some dress, a fifth or more
 * of them bare, and of twelve different values or more. Ids, telephone numbers and postcodes are texts by right.
 */
export async function checkTextNumbers(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter((column) => isSuspect(work, column)).slice(0, mostColumns)
  if (columns.length === 0) return []
  const looks = columns.map(
    (column) => sql`(
      SELECT
        coalesce(sum(n), 0)::DOUBLE,
        coalesce(sum(n) FILTER (WHERE regexp_full_match(value, ${plain})), 0)::DOUBLE,
        coalesce(sum(n) FILTER (WHERE value <> '' AND regexp_full_match(value, ${dressed})), 0)::DOUBLE,
        coalesce(min(value, 4) FILTER (WHERE NOT regexp_full_match(value, ${plain})), [])
      FROM ${work.counted(column)})`,
  )
  const [answers = []] = await work.ask(
    z.array(z.union([z.number(), z.array(z.string())])),
    sql`SELECT * FROM ${join(looks, ', ')}`,
  )
  return columns.flatMap((column, index) => {
    const [filled, bare, numbers, examples] = answers.slice(index * 4, index * 4 + 4)
    return told(work, column, {
      filled: Number(filled),
      bare: Number(bare),
      numbers: Number(numbers),
      examples: Array.isArray(examples) ? examples : [],
    })
  })
}

function isSuspect({ table }: CheckWork, { name, type, role, distinct }: CheckedColumn): boolean {
  const isText = type === 'text' && (role === null || !textRoles.includes(role)) && distinct >= leastDistinct
  const isNamed = isIdName(name) || isPhoneName(name) || isPostcodeName(name)
  return isText && !isNamed && !isTold(table, name, 'mixedContent', 'twoValues', 'textNumbers')
}

const textRoles = ['customer', 'order', 'session', 'product', 'email', 'phone', 'postcode', 'street']

interface Counts {
  readonly filled: number
  readonly bare: number
  readonly numbers: number
  readonly examples: readonly string[]
}

function told(work: CheckWork, { name }: CheckedColumn, { filled, bare, numbers, examples }: Counts): Finding[] {
  const others = filled - bare
  if (filled === 0 || numbers < filled * 0.9 || bare < filled * 0.2 || others === 0) return []
  return [
    work.say({
      id: 'textNumbers',
      severity: isAmountName(name) ? 'serious' : 'warning',
      column: name,
      title: `${name} holds numbers but is read as text`,
      count: others * work.glanceStep,
      unit: 'cells written otherwise',
      examples,
      rows: sql`NOT regexp_full_match(${ident(name)}, ${raw(`'${plain.replaceAll("'", "''")}'`)})`,
      treatment: 'In no sum and no average: choose how the column is read, or write its numbers alike in the file',
    }),
  ]
}
