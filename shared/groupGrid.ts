import { AppError } from './errors'

/** Names on recency (rows, 5 to 1) × frequency-and-money (columns, 5 to 1). */
export type GroupGrid = readonly (readonly string[])[]

/** Shopify's names on the project's own grid: rows from the newest, columns from the best. */
export const defaultGrid = [
  'Champions, Champions, Active, Promising, New',
  'Loyal, Loyal, Active, Promising, New',
  'Loyal, Needs attention, Needs attention, Almost lost, Almost lost',
  'At risk, At risk, At risk, Almost lost, Dormant',
  'Previously loyal, Previously loyal, At risk, Dormant, Dormant',
].join('; ')

/** Five rows of five names, rows apart by semicolons and names by commas. */
export function parseGrid(text: string): GroupGrid {
  const grid = text.split(';').map((row) => row.split(',').map((name) => name.trim()))
  if (grid.length !== 5 || grid.some((row) => row.length !== 5 || row.includes(''))) {
    throw new AppError('bad-parameter', 'The grid of groups needs five rows of five names.', {
      hint: `Rows from the newest, names from the best, like "${defaultGrid}".`,
    })
  }
  return grid
}

/** Every name of the grid once, in reading order. */
export function groupNames(grid: GroupGrid): string[] {
  return [...new Set(grid.flat())]
}

/** The group of two scores; with other than five bands the scores are first stretched to 1–5. */
export function groupOf(grid: GroupGrid, recency: number, frequencyAndMoney: number, bands = 5): string {
  const stretch = (score: number): number => Math.min(5, Math.max(1, Math.ceil((score * 5) / bands)))
  return grid[5 - stretch(recency)]?.[5 - stretch(frequencyAndMoney)] ?? ''
}
