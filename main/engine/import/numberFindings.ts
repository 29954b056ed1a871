import type { Decision } from './decideType'
import { hashes, type Said, unreadable } from './said'
import type { ColumnCounts } from './scanColumns'

/** What is worth knowing about the numbers of a column. */
export function numberFindings(decision: Decision, counts: ColumnCounts): Said[] {
  const said: Said[] = []
  if (decision.type !== 'decimal' && decision.type !== 'integer') return said
  if (decision.unreadable > 0) said.push(...unreadable('number', decision, counts))
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
      count: counts.count('currencyCells'),
      unit: 'cells in another currency than most',
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
