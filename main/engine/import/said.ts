import type { Finding } from '../../../shared/description'
import type { Decision } from './decideType'
import type { ColumnCounts } from './scanColumns'

/** What is said about a column; its name is added later. */
export type Said = Pick<Finding, 'id' | 'severity' | 'title' | 'count' | 'unit' | 'treatment'> & {
  readonly examples?: readonly (string | null)[]
}

/** `#####` and failed formulas. */
export const hashes = (counts: ColumnCounts): Said => ({
  id: 'hashes',
  severity: 'serious',
  title: 'Cells with ##### or a formula error: the values are lost',
  count: counts.count('hashes'),
  unit: 'cells',
  treatment: 'Left empty. Make the column wider in the spreadsheet and export it again',
  examples: [counts.text('hashesA')],
})

/** Cells that cannot be read as what the others are. */
export function unreadable(what: 'number' | 'date', decision: Decision, counts: ColumnCounts): Said {
  return {
    id: 'unreadable',
    severity: 'warning',
    title: `Cells that are no ${what}`,
    count: decision.unreadable,
    unit: 'cells',
    treatment: 'Left empty; see the choice',
    examples: [counts.text('misfitA'), counts.text('misfitB')],
  }
}
