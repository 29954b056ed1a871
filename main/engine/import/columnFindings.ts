import type { Finding } from '../../../shared/description'
import type { Decision } from './decideType'
import type { ColumnCounts, TableScan } from './scanColumns'

type Said = Pick<Finding, 'id' | 'severity' | 'title' | 'count' | 'unit' | 'treatment'> & {
  readonly examples?: readonly (string | null)[]
}

/** What is worth knowing about one column. */
export function columnFindings(
  table: string,
  column: { readonly name: string; readonly header: string; readonly hadHeader: boolean; readonly rows: number },
  decision: Decision,
  counts: ColumnCounts,
): Finding[] {
  const said: Said[] = [
    ...headerFindings(column),
    ...textFindings(decision, counts),
    ...numberFindings(decision, counts),
    ...dateFindings(decision, counts),
  ]
  if (counts.count('distinct') === 1 && counts.count('filled') === column.rows && column.rows > 1)
    said.push({
      id: 'constant',
      severity: 'info',
      title: 'The same value in every row',
      count: column.rows,
      unit: 'rows',
      treatment: 'Kept',
    })
  return said.map(({ examples = [], ...finding }) => ({
    ...finding,
    table,
    column: column.name,
    examples: [...new Set(examples.filter((example) => example !== null))],
  }))
}

function headerFindings({ name, header, hadHeader }: { name: string; header: string; hadHeader: boolean }): Said[] {
  const trimmed = header.trim()
  if (!hadHeader) return []
  if (trimmed === '')
    return [
      {
        id: 'headerMissing',
        severity: 'info',
        title: 'Column without a name',
        count: 1,
        unit: 'column',
        treatment: `Called "${name}"`,
      },
    ]
  const said: Said[] = []
  if (header !== trimmed)
    said.push({
      id: 'headerBlanks',
      severity: 'info',
      title: 'Blank around a header',
      count: 1,
      unit: 'column',
      treatment: 'Trimmed',
      examples: [header],
    })
  return said
}

function textFindings(decision: Decision, counts: ColumnCounts): Said[] {
  const said: Said[] = []
  const isText = decision.type === 'text' || decision.type === 'id'
  const blanks = counts.count('filled') - counts.count('valued')
  if (blanks > 0)
    said.push({
      id: 'blankWords',
      severity: 'info',
      title: 'Words for "nothing"',
      count: blanks,
      unit: 'cells',
      treatment: isText ? 'Kept as text' : 'Treated as missing',
      examples: [counts.text('wordA'), counts.text('wordB')],
    })
  if (isText && counts.count('padded') > 0)
    said.push({
      id: 'padded',
      severity: 'info',
      title: 'Blanks around values',
      count: counts.count('padded'),
      unit: 'cells',
      treatment: 'Trimmed',
    })
  if (decision.type === 'text' && counts.count('entities') > 0)
    said.push({
      id: 'entities',
      severity: 'info',
      title: 'HTML entities',
      count: counts.count('entities'),
      unit: 'cells',
      treatment: 'Decoded',
      examples: [counts.text('entity')],
    })
  if (decision.type === 'id' && counts.count('scientific') > 0)
    said.push({
      id: 'scientificIds',
      severity: 'serious',
      title: 'Ids in scientific notation: digits are lost',
      count: counts.count('scientific'),
      unit: 'cells',
      treatment: 'Kept as they are; counts by this id are wrong. Ask for the file as it was before the spreadsheet',
      examples: [counts.text('scientificA')],
    })
  if (decision.format === 'whole')
    said.push({
      id: 'wholeIds',
      severity: 'info',
      title: 'Ids written with decimals',
      count: counts.count('whole'),
      unit: 'cells',
      treatment: 'Read without ".0"',
    })
  return said
}

function numberFindings(decision: Decision, counts: ColumnCounts): Said[] {
  const said: Said[] = []
  if (decision.type !== 'decimal' && decision.type !== 'integer') return said
  if (decision.unreadable > 0) said.push(unreadable('number', decision, counts))
  if (counts.count('datelike') > 0)
    said.push({
      id: 'numbersAsDates',
      severity: 'serious',
      title: 'Numbers that a spreadsheet turned into dates',
      count: counts.count('datelike'),
      unit: 'cells',
      treatment: 'Left empty',
      examples: [counts.text('misfitA'), counts.text('misfitB')],
    })
  if (counts.count('currencies') > 1)
    said.push({
      id: 'mixedCurrencies',
      severity: 'serious',
      title: 'Several currencies in one column',
      count: counts.count('currencies'),
      unit: 'currencies',
      treatment: 'Read as plain numbers: sums add them as if they were one. Convert them or split the file first',
      examples: [counts.text('currencyA'), counts.text('currencyB')],
    })
  if (counts.count('percent') > 0 && counts.count('percent') < counts.count('valued') - counts.count('misfits'))
    said.push({
      id: 'mixedPercent',
      severity: 'serious',
      title: 'Percent signs in some cells only',
      count: counts.count('percent'),
      unit: 'cells',
      treatment: '10% is read as 0.10 beside numbers without a sign, which are read as they are',
    })
  else if (counts.count('percent') > 0)
    said.push({
      id: 'percentSigns',
      severity: 'info',
      title: 'Percent signs',
      count: counts.count('percent'),
      unit: 'cells',
      treatment: '10% is read as 0.10',
    })
  if (decision.decimal === ',' && decision.openSign === undefined)
    said.push({
      id: 'decimalComma',
      severity: 'info',
      title: 'Decimal comma',
      count: counts.count('filled'),
      unit: 'cells',
      treatment: '1.234,5 is read as 1234.5',
    })
  if (decision.openSign !== undefined)
    said.push({
      id: 'decimalSign',
      severity: 'warning',
      title: 'Thousands or decimals: the separator does not say',
      count: counts.count('unclear'),
      unit: 'cells',
      treatment: `The ${decision.openSign} is taken for the decimal sign; see the choice`,
    })
  return said
}

function dateFindings(decision: Decision, counts: ColumnCounts): Said[] {
  const said: Said[] = []
  const { format } = decision
  if (format === undefined || (decision.type !== 'date' && decision.type !== 'timestamp')) return said
  const filled = counts.count('valued')
  if (format === 'yyyyMMdd')
    said.push({
      id: 'integerDates',
      severity: 'info',
      title: 'Dates written as numbers',
      count: filled,
      unit: 'cells',
      treatment: 'Read as year, month, day',
    })
  if (format === 'excelDays' || format.startsWith('epoch'))
    said.push({
      id: 'countedDates',
      severity: 'warning',
      title: `Dates counted in ${format === 'excelDays' ? 'days of a spreadsheet' : 'seconds since 1970'}`,
      count: filled,
      unit: 'cells',
      treatment: 'Turned into dates',
    })
  if (counts.count('zoned') > 0)
    said.push({
      id: 'timeZone',
      severity: 'info',
      title: 'Times with a zone',
      count: counts.count('zoned'),
      unit: 'cells',
      treatment: 'The clock stands here as written; its zone is kept beside it',
      examples: [...new Set([counts.text('otherzone'), counts.text('zone')])],
    })
  if (decision.unreadable > 0) said.push(unreadable('date', decision, counts), ...otherOrderFinding(decision, counts))
  if (decision.openOrder !== undefined)
    said.push({
      id: 'dateOrder',
      severity: 'warning',
      title: 'Day and month cannot be told apart',
      count: filled,
      unit: 'cells',
      treatment: `Read ${decision.openOrder === 'monthFirst' ? 'month' : 'day'} first; see the choice`,
    })
  if (decision.swapped !== undefined)
    said.push({
      id: 'swappedDays',
      severity: 'serious',
      title: 'Day and month swapped in date cells',
      count: counts.count('iso'),
      unit: 'cells',
      treatment:
        decision.swapped === 'repair' ? 'Swapped back; see the choice' : 'Believed as they are; see the choice',
    })
  else if (format.startsWith('mixed:'))
    said.push({
      id: 'mixedDates',
      severity: 'warning',
      title: 'Date cells and dates as text in one column',
      count: filled,
      unit: 'cells',
      treatment: 'Both are read',
    })
  return said
}

function unreadable(what: 'number' | 'date', decision: Decision, counts: ColumnCounts): Said {
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

/** Some dates prove one order and others only fit the other one: two habits met in one file. */
function otherOrderFinding(decision: Decision, counts: ColumnCounts): Said[] {
  const strange = counts.count('either') - Math.max(counts.count('fits'), counts.count('other'))
  if (strange <= 0 || decision.openOrder !== undefined) return []
  return [
    {
      id: 'mixedOrder',
      severity: 'serious',
      title: 'Dates that fit only the other order of day and month',
      count: strange,
      unit: 'cells',
      treatment: 'Left empty; more of them may be read in the wrong order',
    },
  ]
}

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
