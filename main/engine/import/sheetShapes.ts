import type { Finding } from '../../../shared/description'
import { fileFinding } from './fileFinding'
import type { SniffedTable } from './sniffColumns'

/**
 * A table that is more than one, or one that is not cut.
 *
 * - One column whose name and nine in ten of whose first values hold the same number of commas, semicolons or tabs.
 * - An empty column without a name between others, the ones on one side of it filled to a row where those on the other
 *   side go on (5 % more rows): two tables side by side.
 * - Two columns of numbers or dates or more in which nothing but the first cell is a word: a second row of names.
 * - Three columns of numbers or more, and no others, that are called by dates or by one word and numbers behind it, beside
 *   one or two other columns: a table in which values became columns.
 */
export function shapeFindings(table: string, header: readonly string[], sniffed: SniffedTable): Finding[] {
  return [
    ...uncut(table, header, sniffed),
    ...sideBySide(table, header, sniffed),
    ...secondHeader(table, sniffed),
    ...valuesInHeader(table, header, sniffed),
  ]
}

function uncut(table: string, header: readonly string[], { columns, rows }: SniffedTable): Finding[] {
  const [column, ...others] = columns
  const name = header[0] ?? ''
  if (column === undefined || others.length > 0 || column.values.length < 2) return []
  const delimiter = [',', ';', '\t', '|'].find((sign) => {
    const count = (text: string): number => text.split(sign).length - 1
    const alike = column.values.filter((value) => count(value) === count(name)).length
    return count(name) > 0 && alike >= column.values.length * 0.9
  })
  if (delimiter === undefined) return []
  const names = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }[delimiter] ?? delimiter
  return [
    {
      ...fileFinding(
        table,
        'uncutColumn',
        `All cells of a row stand in one column, with ${names} between them`,
        rows,
        'rows',
        `Kept as one column. Cut it at its ${names} ("Text to Columns" in a spreadsheet), or save the text as a CSV file`,
      ),
      severity: 'serious',
      column: column.name,
      examples: column.samples.slice(0, 2),
    },
  ]
}

function sideBySide(table: string, header: readonly string[], { columns }: SniffedTable): Finding[] {
  const isGap = (index: number): boolean => (header[index] ?? '').trim() === '' && columns[index]?.valued === 0
  const gap = columns.findIndex((_, index) => index > 0 && index < columns.length - 1 && isGap(index))
  if (gap === -1) return []
  const rowsOf = (some: SniffedTable['columns']): number => Math.max(0, ...some.map(({ valued }) => valued))
  const isNamed = (from: number, to: number): boolean => header.slice(from, to).some((name) => name.trim() !== '')
  const [left, right] = [rowsOf(columns.slice(0, gap)), rowsOf(columns.slice(gap + 1))]
  const [fewer, more] = [Math.min(left, right), Math.max(left, right)]
  if (!isNamed(0, gap) || !isNamed(gap + 1, header.length) || fewer === 0 || fewer > more * 0.95) return []
  return [
    {
      ...fileFinding(
        table,
        'sideBySide',
        'Two tables stand side by side, with an empty column between them',
        fewer,
        'rows of the shorter one',
        'Read as one table, which it is not: put each on a sheet or into a file of its own',
      ),
      severity: 'serious',
      examples: [columns[0]?.name ?? '', columns[gap + 1]?.name ?? ''],
    },
  ]
}

const isTyped = ({ type }: SniffedTable['columns'][number]): boolean =>
  type !== 'text' && type !== 'id' && type !== 'empty'

function secondHeader(table: string, { columns, findings }: SniffedTable): Finding[] {
  const misread = columns.filter((column) => {
    const first = column.samples[0] ?? ''
    const isAlone = findings.some(
      ({ id, column: of, count }) => id === 'unreadable' && of === column.name && count === 1,
    )
    return isTyped(column) && isAlone && /\p{L}{2}/u.test(first) && !/\d/.test(first)
  })
  if (misread.length < 2) return []
  return [
    {
      ...fileFinding(
        table,
        'secondHeader',
        'A second row of names stands below the header',
        1,
        'rows',
        'Read as a row with empty cells. Choose it as the header row if its names are the better ones',
      ),
      severity: 'warning',
      examples: misread.slice(0, 4).map(({ samples }) => samples[0] ?? ''),
    },
  ]
}

const isDateName = (name: string): boolean =>
  /^(\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|(19|20)\d{2}|q[1-4][ -]?(19|20)\d{2}|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-z]*\.?[ -]?'?(\d{2}|\d{4})?)$/i.test(
    name.trim(),
  )

function valuesInHeader(table: string, header: readonly string[], { columns }: SniffedTable): Finding[] {
  const names = columns.flatMap((column, index) =>
    column.type === 'integer' || column.type === 'decimal' ? [header[index] ?? ''] : [],
  )
  const others = columns.filter(({ type }) => type !== 'integer' && type !== 'decimal' && type !== 'empty').length
  const stems = new Set(names.map((name) => /^(.*\p{L})[ _.-]*\d+$/u.exec(name.trim())?.[1]?.toLowerCase() ?? null))
  const isOneThing = stems.size === 1 && !stems.has(null)
  if (names.length < 3 || others < 1 || others > 2 || !(isOneThing || names.every(isDateName))) return []
  return [
    fileFinding(
      table,
      'valuesInHeader',
      `Values stand in the header: ${names[0]} to ${names.at(-1)} are one column of amounts, and one that says of what`,
      names.length,
      'columns',
      'Read as columns of their own. For analyses by these values turn the table: a row for each of them',
    ),
  ].map((finding) => ({ ...finding, examples: names.slice(0, 4) }))
}
