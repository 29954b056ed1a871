import type { Formatter } from './format'

/** "1 row", "2 rows", "1 category", "1 cell below the first": a count with what is counted, which is given as of many. */
export function countedUnit(count: number, unit: string, format: Pick<Formatter, 'count'>): string {
  return `${format.count(count)} ${count === 1 ? singular(unit) : unit}`
}

/** The first word is the one that is counted. */
function singular(unit: string): string {
  return unit.replace(/^\p{L}+/u, (word) => {
    if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
    return word.endsWith('ss') ? word : word.replace(/s$/, '')
  })
}
