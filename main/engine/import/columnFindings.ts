import type { Finding } from '../../../shared/description'
import { dateFindings } from './dateFindings'
import type { Decision } from './decideType'
import { numberFindings } from './numberFindings'
import type { Said } from './said'
import type { ColumnCounts } from './scanColumns'

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
