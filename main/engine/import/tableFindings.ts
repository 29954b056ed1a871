import type { Finding } from '../../../shared/description'
import type { Decision } from './decideType'
import type { Said } from './said'
import type { TableScan } from './scanColumns'

/** What is worth knowing about the rows as a whole. */
export function tableFindings(table: string, scan: TableScan, repeatedHeaders: readonly string[]): Finding[] {
  const say = (finding: Said): Finding => ({ ...finding, table, column: null, examples: [] })
  const findings: Finding[] = []
  if (repeatedHeaders.length > 0)
    findings.push({
      ...say({
        id: 'headerRepeated',
        severity: 'warning',
        title: 'Headers that repeat another one',
        count: repeatedHeaders.length,
        unit: 'columns',
        treatment: 'Numbered',
      }),
      examples: [...new Set(repeatedHeaders)].slice(0, 5),
    })
  if (scan.repeatedRows > 0)
    findings.push(
      say({
        id: 'repeatedRows',
        severity: 'info',
        title: 'Rows that repeat an earlier row exactly',
        count: scan.repeatedRows,
        unit: 'rows',
        treatment: 'Kept: they may be real',
      }),
    )
  if ((scan.strange['headers'] ?? 0) > 0)
    findings.push(
      say({
        id: 'headerAgain',
        severity: 'warning',
        title: 'The header stands again among the rows',
        count: scan.strange['headers'] ?? 0,
        unit: 'rows',
        treatment: 'Left out. Several exports may have been put together: look for rows that stand there twice',
      }),
    )
  if ((scan.strange['notes'] ?? 0) > 0)
    findings.push(
      say({
        id: 'noteRows',
        severity: 'warning',
        title: 'Notes of one cell above, below or between the rows of the table',
        count: scan.strange['notes'] ?? 0,
        unit: 'rows',
        treatment: 'Left out',
      }),
    )
  if ((scan.strange['units'] ?? 0) > 0)
    findings.push(
      say({
        id: 'unitsRow',
        severity: 'warning',
        title: 'A row of units or types below the header',
        count: scan.strange['units'] ?? 0,
        unit: 'rows',
        treatment: 'Left out: it is no data',
      }),
    )
  if ((scan.strange['totals'] ?? 0) > 0)
    findings.push(
      say({
        id: 'totalRows',
        severity: 'warning',
        title: 'Rows that are totals or subtotals of others',
        count: scan.strange['totals'] ?? 0,
        unit: 'rows',
        treatment: 'Left out: sums would count the same twice',
      }),
    )
  if (scan.blankRows > 0)
    findings.push(
      say({
        id: 'blankRows',
        severity: 'info',
        title: 'Rows without any value',
        count: scan.blankRows,
        unit: 'rows',
        treatment: 'Left out',
      }),
    )
  if (scan.totalRows > 0 && scan.totalRows <= Math.max(3, scan.rows * 0.05))
    findings.push(
      say({
        id: 'totalRows',
        severity: 'serious',
        title: 'Rows that look like totals',
        count: scan.totalRows,
        unit: 'rows',
        treatment: 'Kept: sums count them twice. Delete them from the file if they are totals',
      }),
    )
  return findings
}

/**
 * Several columns that cannot be read in the same number of rows (to 40 %), or one, beside another that is empty in just
 * as many (to 5 %) and nowhere else: in those rows the cells stand a column too far.
 */
export function shiftedRows(
  table: string,
  rows: number,
  decided: readonly Decision[],
  missing: readonly number[],
): Finding[] {
  const failing = decided.map(({ unreadable }) => unreadable).filter((count) => count >= 3)
  const most = Math.max(0, ...failing)
  const alike = failing.filter((count) => count >= most * 0.6)
  const isGap = missing.some(
    (count, index) => decided[index]?.unreadable === 0 && Math.abs(count - most) <= most * 0.05,
  )
  if (most === 0 || (alike.length < 2 && !isGap) || most > rows * 0.5) return []
  return [
    {
      id: 'shiftedRows',
      severity: 'serious',
      table,
      column: null,
      title:
        alike.length < 2
          ? 'Rows in which one column is empty and another cannot be read: their cells may stand one column too far'
          : 'Rows in which several columns cannot be read: their cells may stand one column too far',
      count: most,
      unit: 'rows',
      examples: [],
      treatment:
        'Unreadable cells are left empty. Look at these rows: a delimiter inside a text moves all that follows',
    },
  ]
}

/** Times that came into a column of numbers because their rows are shifted are no numbers turned into dates. */
export function withoutShiftedDates(findings: readonly Finding[]): Finding[] {
  const shifted = findings.find(({ id }) => id === 'shiftedRows')
  return findings.filter(
    ({ id, count }) => id !== 'numbersAsDates' || shifted === undefined || count > shifted.count * 1.05,
  )
}
