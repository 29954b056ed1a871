import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, isTold, type ValueCount, writtenAs } from './checkedTable'
import { sumOf } from './days'
import { editDistance } from './editDistance'
import { plainText, usualSpelling } from './usualSpelling'

const mostDistinct = 300
const typoDistinct = 60
const mostColumns = 30

/**
 * Values of text columns with at most 300 different ones (events are looked at elsewhere).
 *
 * - Variants: equal but for capitals, blanks, accents and letters of other alphabets that look the same; initials of
 *   another (UK or U.K., United Kingdom) or its first letter (F, Female) in columns of at most 60 values. Which spelling
 *   is the right one: see `usualSpelling`.
 * - Typos: in columns of at most 60 values, one letter apart or the same letters in another order (two letters moved at
 *   most), no digits, five letters or more, and at most a fifth as frequent. A plural s is no typo.
 * - Words for "unknown" in 0.5 % of the cells.
 */
export async function checkTextVariants(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns
    .filter(({ type, distinct, role }) => type === 'text' && distinct <= mostDistinct && role !== 'customer')
    .slice(0, mostColumns)
  // The items of baskets stand in many columns, but are the same items: one spelling of each is right in all of them.
  const items =
    work.table.kind === 'baskets'
      ? together(await Promise.all(columns.map(({ name }) => work.values(name))))
      : undefined
  const found = await Promise.all(
    columns.map(async (column) => {
      const values = await work.values(column.name)
      if (values.length > mostDistinct * 1.2) return []
      return [...variants(work, column, values, items ?? values), ...unknowns(work, column, values)]
    }),
  )
  return found.flat()
}

interface Variant {
  readonly value: ValueCount
  readonly of: ValueCount
}

/** The values of several columns with their counts in all of them, most frequent first. */
function together(columns: readonly (readonly ValueCount[])[]): readonly ValueCount[] {
  const counts = new Map<string, number>()
  for (const { value, count } of columns.flat()) counts.set(value, (counts.get(value) ?? 0) + count)
  return [...counts].map(([value, count]) => ({ value, count })).sort((one, other) => other.count - one.count)
}

function variants(
  work: CheckWork,
  column: CheckedColumn,
  values: readonly ValueCount[],
  everywhere: readonly ValueCount[],
): Finding[] {
  const sameWord = spellings(everywhere).flatMap(({ value: { value }, of }) =>
    values.filter((own) => own.value === value).map((own) => ({ value: own, of })),
  )
  const short = values.length <= typoDistinct ? [...abbreviations(values), ...typosOf(column, values)] : []
  const found = [...sameWord, ...short.filter(({ value }) => !sameWord.some((other) => other.value === value))]
  if (found.length === 0) return []
  return [
    work.say({
      id: 'textVariants',
      severity: 'warning',
      column: column.name,
      title: `${column.name} writes the same in several ways`,
      count: sumOf(found.map(({ value }) => value.count)),
      unit: 'rows',
      examples: found
        .slice(0, 4)
        .map(({ value, of }) => `"${value.value}" (${value.count}) and "${of.value}" (${of.count})`),
      rows: sql`list_contains(string_split(${found.map(({ value }) => value.value).join('\t')}, chr(9)), ${ident(column.name)})`,
      fix: {
        label: 'Write them alike',
        value: writtenAs(
          column.name,
          found.map(({ value, of }) => ({ value: value.value, meant: of.value })),
        ),
      },
      treatment: 'Counted as different values',
    }),
  ]
}

function spellings(values: readonly ValueCount[]): Variant[] {
  const byText = new Map<string, ValueCount[]>()
  for (const value of values) {
    const text = plainText(value.value)
    byText.set(text, [...(byText.get(text) ?? []), value])
  }
  const groups = [...byText.values()].filter(({ length }) => length > 1)
  const usual = usualSpelling(groups)
  return groups.flatMap((group) => {
    const of = usual(group)
    return group.filter((value) => value !== of).map((value) => ({ value, of }))
  })
}

const initials = (text: string): string =>
  text
    .split(/[\s-]+/)
    .filter((word) => /^\p{Lu}/u.test(word))
    .map((word) => word[0])
    .join('')

function abbreviations(values: readonly ValueCount[]): Variant[] {
  const isFew = values.length <= 6
  return values.flatMap((value) => {
    const text = value.value.trim().replace(/(?<=\p{Lu})\./gu, '')
    const isInitials = /^\p{Lu}{2,4}$/u.test(text)
    const full = values.filter((other) =>
      text.length === 1
        ? isFew && other.value.length > 2 && other.value[0]?.toLowerCase() === text.toLowerCase()
        : isInitials && initials(other.value) === text && /\s/.test(other.value),
    )
    const [other] = full
    if (other === undefined || new Set(full.map((own) => plainText(own.value))).size > 1) return []
    return other.count < value.count ? [{ value: other, of: value }] : [{ value, of: other }]
  })
}

function typosOf({ role }: CheckedColumn, values: readonly ValueCount[]): Variant[] {
  if (role === 'eventType') return []
  return values.flatMap((value) => {
    const own = plainText(value.value)
    if (own.length < 5 || /\d/.test(own)) return []
    const of = values.find(
      (other) =>
        value.count <= other.count * 0.2 &&
        `${own}s` !== plainText(other.value) &&
        own !== `${plainText(other.value)}s` &&
        isTypo(own, plainText(other.value)),
    )
    return of === undefined ? [] : [{ value, of }]
  })
}

const letters = (text: string): string => [...text].sort().join('')

/** Austria and Australia are two letters apart: two may only be exchanged. */
const isTypo = (one: string, other: string): boolean =>
  one !== other &&
  (editDistance(one, other, 1) === 1 || (letters(one) === letters(other) && editDistance(one, other, 2) === 2))

const unknownWords = [
  '(not set)',
  'not set',
  '(none)',
  'unknown',
  'undefined',
  'unassigned',
  'not available',
  'n.d.',
  'n/d',
  's/d',
  'select',
  'sin definir',
  'sin datos',
  'desconocido',
  'unbekannt',
  'k.a.',
  'tbd',
  '#n/a',
  'n/a',
  'null',
  'none',
  'nan',
]

function unknowns(work: CheckWork, column: CheckedColumn, values: readonly ValueCount[]): Finding[] {
  if (isTold(work.table, column.name, 'blankWords', 'textBlankWords', 'unknownWords')) return []
  const found = values.filter(({ value }) => unknownWords.includes(value.trim().toLowerCase()))
  const count = sumOf(found.map((value) => value.count))
  const filled = sumOf(values.map((value) => value.count))
  if (count === 0 || count < filled * 0.005 || found.length === values.length) return []
  return [
    work.say({
      id: 'unknownValues',
      severity: 'warning',
      column: column.name,
      title: `${column.name} says "${found[0]?.value ?? ''}": not known`,
      count,
      unit: 'rows',
      examples: found.slice(0, 4).map(({ value }) => value),
      rows: sql`list_contains(string_split(${found.map(({ value }) => value).join('\t')}, chr(9)), ${ident(column.name)})`,
      treatment: 'Counted as a value of its own',
    }),
  ]
}
