import type { Finding } from '../../../shared/description'
import type { Decision } from './decideType'
import type { ColumnCounts, TableScan } from './scanColumns'

type Said = Pick<Finding, 'id' | 'severity' | 'title' | 'count' | 'unit' | 'treatment'> & {
  readonly examples?: readonly (string | null)[]
}

interface SeenColumn {
  readonly name: string
  /** As written in the file. */
  readonly header: string
  readonly hadHeader: boolean
  readonly isLast: boolean
  readonly rows: number
}

/** What is worth knowing about one column. */
export function columnFindings(table: string, column: SeenColumn, decision: Decision, counts: ColumnCounts): Finding[] {
  const said: Said[] = [
    ...headerFindings(column, counts),
    ...textFindings(decision, counts),
    ...numberFindings(decision, counts),
    ...dateFindings(decision, counts),
  ]
  if (column.hadHeader && column.header.trim() !== '' && counts.count('filled') === 0 && column.rows > 0)
    said.push({
      id: 'emptyColumn',
      severity: 'warning',
      title: 'A column without any value',
      count: column.rows,
      unit: 'rows',
      treatment: 'Kept, empty',
    })
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

function headerFindings({ name, header, hadHeader, isLast, rows }: SeenColumn, counts: ColumnCounts): Said[] {
  const trimmed = header.trim()
  if (!hadHeader) return []
  // A row has one cell more than the header has names: a comma inside numbers or texts cut something in two.
  if (trimmed === '' && isLast && counts.count('filled') > rows / 2)
    return [
      {
        id: 'extraCells',
        severity: 'serious',
        title: 'More cells in a row than names in the header: commas inside values may have cut them in two',
        count: counts.count('filled'),
        unit: 'rows',
        treatment: `Called "${name}". Export the file with another delimiter, or with quotes around texts and numbers`,
      },
    ]
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
      severity: decision.type === 'id' ? 'warning' : 'info',
      title: decision.type === 'id' ? 'Words for "nothing" among ids' : 'Words for "nothing"',
      count: blanks,
      unit: 'cells',
      treatment:
        decision.type === 'id'
          ? 'Kept as they are: all rows with such a word count as one id'
          : isText
            ? 'Kept as text'
            : 'Treated as missing',
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
  if (decision.type === 'id' && decision.format?.includes('apostrophe'))
    said.push({
      id: 'apostropheIds',
      severity: 'warning',
      title: 'Ids behind an apostrophe',
      count: counts.count('apostrophes'),
      unit: 'cells',
      treatment: "Read without it: '123 is 123",
      examples: [counts.text('apostropheA')],
    })
  if (decision.type === 'id' && decision.format?.includes('grouped'))
    said.push({
      id: 'groupedIds',
      severity: 'warning',
      title: 'Ids written with thousands separators',
      count: counts.count('grouped'),
      unit: 'cells',
      treatment: 'Read without them: 17,850 is 17850',
      examples: [counts.text('groupedA')],
    })
  if (decision.type === 'id' && decision.format?.includes('whole'))
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
      examples: [counts.text('datelikeA')],
    })
  if (counts.count('hashes') > 0) said.push(hashes(counts))
  if (decision.format?.includes('units'))
    said.push({
      id: 'unitsInCells',
      severity: 'warning',
      title: 'Numbers with a unit behind them',
      count: counts.count('units'),
      unit: 'cells',
      treatment: 'The number is read, the unit left out: check that all cells mean the same unit',
      examples: [counts.text('unitsA')],
    })
  if (counts.count('otherSign') > 0)
    said.push({
      id: 'mixedSigns',
      severity: 'warning',
      title:
        decision.decimal === ','
          ? 'Decimal points in some cells, commas in the others'
          : 'Decimal commas in some cells, points in the others',
      count: counts.count('otherSign'),
      unit: 'cells',
      treatment: 'Both are read: 16,5 and 16.5 are the same number',
      examples: [counts.text('otherSignA')],
    })
  if (counts.count('rounded') > 0 && counts.count('rounded') < counts.count('valued'))
    said.push({
      id: 'roundedNumbers',
      severity: 'serious',
      title: 'Numbers in scientific notation with few digits: they were rounded',
      count: counts.count('rounded'),
      unit: 'cells',
      treatment: 'Read as they are. Ask for the file as it was before the spreadsheet',
      examples: [counts.text('roundedA')],
    })
  if (counts.count('brackets') > 0)
    said.push({
      id: 'bracketNegatives',
      severity: 'warning',
      title: 'Negative numbers in brackets or with the minus behind them',
      count: counts.count('brackets'),
      unit: 'cells',
      treatment: '(12.50) and 12.50- are read as -12.50',
      examples: [counts.text('bracketsA')],
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
  if (counts.count('hashes') > 0) said.push(hashes(counts))
  if (format.startsWith('serials:'))
    said.push({
      id: 'serialDates',
      severity: 'warning',
      title: 'Days of a spreadsheet among dates',
      count: counts.count('serials'),
      unit: 'cells',
      treatment: 'Turned into dates: 43466 is 2019-01-01',
      examples: [counts.text('serialsA')],
    })
  if (counts.count('zoned') > 0 && counts.count('zoned') < filled)
    said.push({
      id: 'mixedZones',
      severity: 'warning',
      title: 'A time zone in some cells only',
      count: counts.count('zoned'),
      unit: 'cells',
      treatment: `The other ${filled - counts.count('zoned')} are taken for the same zone`,
      examples: [counts.text('zone')],
    })
  else if (counts.count('zoned') > 0)
    said.push({
      id: 'timeZone',
      severity: 'info',
      title: 'Times with a zone',
      count: counts.count('zoned'),
      unit: 'cells',
      treatment: 'The clock stands here as written; its zone is kept beside it',
      examples: [...new Set([counts.text('otherzone'), counts.text('zone')])],
    })
  if (decision.unreadable > 0) said.push(unreadable('date', decision, counts))
  said.push(...otherOrderFinding(decision, counts))
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
      count: counts.count('iso') === 0 ? filled : Math.min(counts.count('iso'), filled - counts.count('iso')),
      unit: 'cells',
      treatment: 'Both are read',
    })
  return said
}

/** `#####` and failed formulas. */
const hashes = (counts: ColumnCounts): Said => ({
  id: 'hashes',
  severity: 'serious',
  title: 'Cells with ##### or a formula error: the values are lost',
  count: counts.count('hashes'),
  unit: 'cells',
  treatment: 'Left empty. Make the column wider in the spreadsheet and export it again',
  examples: [counts.text('hashesA')],
})

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
  const isRead = decision.format?.startsWith('either:') ?? false
  return [
    {
      id: 'mixedOrder',
      severity: 'serious',
      title: 'Dates that fit only the other order of day and month',
      count: strange,
      unit: 'cells',
      treatment: isRead
        ? 'Read in that order; days up to 12 of the same rows may be read wrongly. Split the file by its source'
        : 'Left empty; more of them may be read in the wrong order',
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
        title: 'Notes of one cell above or below the table',
        count: scan.strange['notes'] ?? 0,
        unit: 'rows',
        treatment: 'Left out',
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

/** Several columns that cannot be read in the same number of rows: in those rows the cells stand a column too far. */
export function shiftedRows(table: string, rows: number, decided: readonly Decision[]): Finding[] {
  const failing = decided.map(({ unreadable }) => unreadable).filter((count) => count >= 3)
  const most = Math.max(0, ...failing)
  const alike = failing.filter((count) => count >= most * 0.6)
  if (alike.length < 2 || most > rows * 0.5) return []
  return [
    {
      id: 'shiftedRows',
      severity: 'serious',
      table,
      column: null,
      title: 'Rows in which several columns cannot be read: their cells may stand one column too far',
      count: most,
      unit: 'rows',
      examples: [],
      treatment:
        'Unreadable cells are left empty. Look at these rows: a delimiter inside a text moves all that follows',
    },
  ]
}
