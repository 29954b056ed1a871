/** A row of texts and its 0-based place in the sheet. */
export interface SheetRow {
  readonly index: number
  readonly values: readonly string[]
}

export interface HeaderFound {
  /** Place of the header among the rows looked at; -1 when the data begin at once. */
  readonly at: number
  readonly first: number
}

const filledOf = (row: SheetRow): number => row.values.filter((value) => value.trim() !== '').length

/** The first row about as wide as the table below it; undefined when the sheet is empty. */
export function findHeader(rows: readonly SheetRow[]): HeaderFound | undefined {
  const widths = rows.map(filledOf)
  const widest = Math.max(0, ...widths)
  if (widest === 0) return undefined
  const first = rows.findIndex((_, index) => (widths[index] ?? 0) >= Math.max(1, Math.ceil(widest * 0.6)))
  const row = rows[first]
  if (row === undefined) return undefined
  const names = row.values.filter((value) => value.trim() !== '')
  const texts = names.filter((value) => !isValue(value)).length
  // A first full row of numbers is data: there is no header.
  return { at: texts >= names.length * 0.6 ? first : -1, first }
}

const isValue = (text: string): boolean => /^[-+]?[\d.,]+$/.test(text) || /^\d{4}-\d{2}-\d{2}/.test(text)

/** Columns up to the last one that holds anything. */
export function widthOf(rows: readonly SheetRow[]): number {
  return rows.reduce((most, row) => Math.max(most, row.values.findLastIndex((value) => value.trim() !== '') + 1), 1)
}

/** Cells from one corner to the other, both included, counted from 0. */
export interface Range {
  readonly from: Place
  readonly to: Place
}

interface Place {
  readonly row: number
  readonly column: number
}

/** A3:D9; undefined when it is no range. */
export function rangeOf(written: string): Range | undefined {
  const [from, to = from] = written.split(':').map(placeOf)
  return from === undefined || to === undefined ? undefined : { from, to }
}

/** Whether a cell lies in one of the ranges (A3:D9). */
export function liesIn(ranges: readonly string[], row: number, column: number): boolean {
  return ranges.some((written) => {
    const range = rangeOf(written)
    return range !== undefined && isInside(range, row, column)
  })
}

const isInside = ({ from, to }: Range, row: number, column: number): boolean =>
  row >= from.row && row <= to.row && column >= from.column && column <= to.column

function placeOf(cell: string): Place | undefined {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(cell) ?? []
  if (letters === undefined || digits === undefined) return undefined
  const column = [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { row: Number(digits) - 1, column }
}

/**
 * Rows in which the text of merged cells stands in each of them. A row with a single text is left as it is: that is
 * a title over the table, not its header.
 */
export function fillMerged<Row extends SheetRow>(rows: readonly Row[], merges: readonly Range[]): readonly Row[] {
  const last = rows.at(-1)?.index ?? -1
  const near = merges.filter(({ from }) => from.row <= last)
  if (near.length === 0) return rows
  const texts = new Map(rows.map((row) => [row.index, row.values]))
  return rows.map((row) => {
    const own = near.filter(({ from, to }) => row.index >= from.row && row.index <= to.row)
    if (own.length === 0 || filledOf(row) < 2) return row
    const values = [...row.values]
    for (const { from, to } of own) {
      const said = texts.get(from.row)?.[from.column] ?? ''
      if (said === '') continue
      for (let column = from.column; column <= Math.min(to.column, from.column + 200); column += 1)
        if ((values[column] ?? '') === '') values[column] = said
    }
    return { ...row, values: Array.from(values, (value) => value ?? '') }
  })
}

const pivotWords =
  /^(row labels|column labels|etiquetas de (fila|columna)|zeilenbeschriftungen|étiquettes de lignes|(sum|count|average|max|min) of |(suma|cuenta|promedio) de |\(all\)$)/i

/** The words a pivot table writes above its numbers, for files that lost its definition. */
export function hasPivotWords(rows: readonly SheetRow[]): boolean {
  return rows.some((row) => row.values.some((value) => pivotWords.test(value.trim())))
}
