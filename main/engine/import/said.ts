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
  treatment: counts.text('hashesA')?.startsWith('##')
    ? 'Left empty. Make the column wider in the spreadsheet and export it again'
    : 'Left empty. Put the formulas right in the spreadsheet and export it again',
  examples: [counts.text('hashesA')],
})

/** Cells that cannot be read as what the others are, but for those of which it is said why. */
export function unreadable(what: 'number' | 'date', decision: Decision, counts: ColumnCounts): Said[] {
  const count = decision.unreadable - counts.count('hashes')
  if (count <= 0) return []
  const unreadable: Said = {
    id: 'unreadable',
    severity: 'warning',
    title: `Cells that are no ${what}`,
    count,
    unit: 'cells',
    treatment: 'Left empty; see the choice',
    examples: [counts.text('misfitA'), counts.text('misfitB')],
  }
  return [unreadable]
}
