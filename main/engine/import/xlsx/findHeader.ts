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

/** Whether a cell lies in one of the ranges (A3:D9). */
export function liesIn(ranges: readonly string[], rowIndex: number, columnIndex: number): boolean {
  return ranges.some((range) => {
    const [from, to = from] = range.split(':').map(placeOf)
    if (from === undefined || to === undefined) return false
    return rowIndex >= from.row && rowIndex <= to.row && columnIndex >= from.column && columnIndex <= to.column
  })
}

function placeOf(cell: string): { row: number; column: number } {
  const [, letters = 'A', digits = '1'] = /^\$?([A-Z]+)\$?(\d+)$/.exec(cell) ?? []
  const column = [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { row: Number(digits) - 1, column }
}

const pivotWords =
  /^(row labels|column labels|etiquetas de (fila|columna)|zeilenbeschriftungen|étiquettes de lignes|(sum|count|average|max|min) of |(suma|cuenta|promedio) de |\(all\)$)/i

/** The words a pivot table writes above its numbers, for files that lost its definition. */
export function hasPivotWords(rows: readonly SheetRow[]): boolean {
  return rows.some((row) => row.values.some((value) => pivotWords.test(value.trim())))
}
