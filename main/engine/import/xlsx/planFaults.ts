import { lostShape, type PlanCell, type PlanRows } from './planCells'

/** A cell of a plan that is not what its neighbours are. */
export interface PlanFault {
  readonly sort: 'overwritten' | 'textNumber' | 'otherSign' | 'otherScale'
  readonly row: number
  readonly column: number
  readonly written: string
}

/** Formulas on both sides of a typed number, for each such number. */
const leastFormulas = 4
const leastNumbers = 4
/** Typed numbers of a row between which another sign or scale shows. */
const leastAlike = 5
const mostFaults = 1000

/**
 * Cells of a sheet with formulas that break with their neighbours.
 *
 * - A typed number, or two side by side, between cells that all calculate the same: four such formulas in the row or
 *   column for each number, some on either side.
 * - A text that is a number in a row in which the cells on both sides of it and four in five of the others are numbers,
 *   and that is no text above and below as well. Leading zeros make a code.
 * - Of five typed numbers or more in a row that differ by a factor of two at most, one of another sign and the same size,
 *   or one that is 10, 100 or 1000 times as much or as little as they are, unless it is the sum of those before it.
 */
export function planFaults(rows: PlanRows): PlanFault[] {
  const faults = new Map<string, PlanFault>()
  const tell = (fault: PlanFault): void => {
    const place = `${fault.row} ${fault.column}`
    if (faults.size < mostFaults && !faults.has(place)) faults.set(place, fault)
  }
  for (const [row, cells] of rows) {
    for (const column of overwritten(cells))
      tell({ sort: 'overwritten', row, column, written: shown(cells.get(column)) })
    for (const column of textNumbers(cells)) {
      const around = [rows.get(row - 1)?.get(column), rows.get(row + 1)?.get(column)]
      if (!around.some(isTextNumber)) tell({ sort: 'textNumber', row, column, written: shown(cells.get(column)) })
    }
    for (const { column, sort } of oddNumbers(cells)) tell({ sort, row, column, written: shown(cells.get(column)) })
  }
  for (const [column, cells] of turned(rows))
    for (const row of overwritten(cells)) tell({ sort: 'overwritten', row, column, written: shown(cells.get(row)) })
  return [...faults.values()].sort((one, other) => one.row - other.row || one.column - other.column)
}

type Line = ReadonlyMap<number, PlanCell>

function shown(cell: PlanCell | undefined): string {
  if (cell === undefined || cell.kind === 'formula') return ''
  return cell.kind === 'number' ? String(cell.value) : cell.text
}

function turned(rows: PlanRows): PlanRows {
  const columns = new Map<number, Map<number, PlanCell>>()
  for (const [row, cells] of rows)
    for (const [column, cell] of cells) {
      const line = columns.get(column) ?? new Map<number, PlanCell>()
      line.set(row, cell)
      columns.set(column, line)
    }
  return columns
}

function overwritten(line: Line): number[] {
  return [...line].flatMap(([place, cell]) => {
    if (cell.kind !== 'number' || line.get(place - 1)?.kind !== 'formula') return []
    const end = line.get(place + 1)?.kind === 'number' ? place + 2 : place + 1
    const formulas = alike(line, place - 1, -1) + alike(line, end, 1)
    const isSame = sameShape(line.get(place - 1), line.get(end))
    const numbers = Array.from({ length: end - place }, (_, index) => place + index)
    return isSame && formulas >= leastFormulas * numbers.length ? numbers : []
  })
}

function sameShape(one: PlanCell | undefined, other: PlanCell | undefined): boolean {
  if (one?.kind !== 'formula' || other?.kind !== 'formula') return false
  return one.shape === other.shape || one.shape === lostShape || other.shape === lostShape
}

/** Cells from a place on that calculate the same. */
function alike(line: Line, from: number, step: 1 | -1): number {
  let count = 0
  while (sameShape(line.get(from), line.get(from + step * count))) count += 1
  return count
}

const numberText = /^[-+(]?\s?[$€£]?\s?(0|[1-9]\d{0,2}([.,' ]\d{3})+|[1-9]\d*)([.,]\d+)?\s?[%€$£]?\)?$/

const isTextNumber = (cell: PlanCell | undefined): boolean => cell?.kind === 'text' && numberText.test(cell.text.trim())
const isCounted = (cell: PlanCell | undefined): boolean => cell?.kind === 'number' || cell?.kind === 'formula'

function textNumbers(line: Line): number[] {
  const places = [...line].flatMap(([place, cell]) => (isTextNumber(cell) ? [place] : []))
  const numbers = [...line.values()].filter(isCounted).length
  if (places.length === 0 || numbers < leastNumbers || places.length > numbers * 0.2) return []
  return places.filter((place) => isCounted(line.get(place - 1)) && isCounted(line.get(place + 1)))
}

interface OddNumber {
  readonly column: number
  readonly sort: 'otherSign' | 'otherScale'
}

function oddNumbers(line: Line): OddNumber[] {
  const numbers = [...line].flatMap(([column, cell]) =>
    cell.kind === 'number' && cell.value !== 0 ? [{ column, value: cell.value }] : [],
  )
  if (numbers.length <= leastAlike) return []
  const middle = numbers.map(({ value }) => value).sort((one, other) => one - other)[numbers.length >> 1] ?? 0
  const usual = numbers.filter(({ value }) => value / middle >= 0.5 && value / middle <= 2).map(({ value }) => value)
  const odd = numbers.filter(({ value }) => value / middle < 0.5 || value / middle > 2)
  if (usual.length < leastAlike || odd.length > Math.max(1, usual.length * 0.1)) return []
  const sizes = usual.map(Math.abs)
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  if (most > least * 2) return []
  const fits = (size: number): boolean => size >= least * 0.8 && size <= most * 1.25
  // Ten of something among ones and twos is no slip of the decimal sign.
  const factors = least >= 10 || usual.some((value) => !Number.isInteger(value)) ? [10, 100, 1000] : [100, 1000]
  return odd.flatMap(({ column, value }): OddNumber[] => {
    if (isSum(value, column, numbers)) return []
    if (value / middle < 0 && fits(Math.abs(value))) return [{ column, sort: 'otherSign' }]
    const isScaled =
      value / middle > 0 && factors.some((by) => fits(Math.abs(value) * by) || fits(Math.abs(value) / by))
    return isScaled ? [{ column, sort: 'otherScale' }] : []
  })
}

/** Whether a number is what those just before it add up to, as the total of a year is. */
function isSum(
  value: number,
  column: number,
  numbers: readonly { readonly column: number; readonly value: number }[],
): boolean {
  let sum = 0
  return numbers
    .filter((other) => other.column < column)
    .reverse()
    .some((other, index) => {
      sum += other.value
      return index > 0 && Math.abs(sum - value) <= Math.abs(value) * 0.01
    })
}
