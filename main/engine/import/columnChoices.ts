import type { Choice } from '../../../shared/description'
import { innerFormat, isMonthFirst } from './dateFormats'
import type { DateOrder, DecimalSign, Decision } from './decideType'
import type { ColumnCounts } from './scanColumns'

/** The questions about reading one column. */
export function columnChoices(table: string, column: string, decision: Decision, counts: ColumnCounts): Choice[] {
  const choices: Choice[] = []
  if (decision.openOrder !== undefined) choices.push(dateOrder(table, column, decision.openOrder))
  if (decision.swapped !== undefined) choices.push(swappedDays(table, column, decision, counts.count('iso')))
  if (decision.openSign !== undefined) choices.push(decimalSign(table, column, decision.openSign))
  if (decision.unreadable > 0) choices.push(unreadable(table, column, decision, counts))
  return choices
}

function dateOrder(table: string, column: string, chosen: DateOrder): Choice {
  return {
    key: `${table}.${column}.dateOrder`,
    question: `Is ${column} written month first or day first?`,
    why: 'No value has a part above 12, so both readings are possible. Taken is the order that other dates of this table prove, else the one whose dates lie closer together, else month first.',
    options: [
      { key: 'monthFirst', label: 'Month first', rule: '1/2/2019 is 2 January', total: null },
      { key: 'dayFirst', label: 'Day first', rule: '1/2/2019 is 1 February', total: null },
    ],
    chosen,
    decidedBy: 'default',
  }
}

function swappedDays(
  table: string,
  column: string,
  { swapped = 'keep', format = '' }: Decision,
  cells: number,
): Choice {
  const order = isMonthFirst(innerFormat(format)) ? 'month first' : 'day first'
  return {
    key: `${table}.${column}.swappedDays`,
    question: `Were day and month swapped in ${cells} date cells of ${column}?`,
    why: `The other cells are text, ${order}, and no date cell has a day above 12: a spreadsheet of another country took what it could for dates and left the rest as text. They are swapped back when the days then stand without a gap or no longer fall on one another.`,
    options: [
      { key: 'repair', label: 'Swap them back', rule: 'The date cell 1 Feb is 2 January', total: null },
      { key: 'keep', label: 'Believe the cells', rule: 'The date cell 1 Feb is 1 February', total: null },
    ],
    chosen: swapped,
    decidedBy: 'default',
  }
}

function decimalSign(table: string, column: string, chosen: DecimalSign): Choice {
  return {
    key: `${table}.${column}.decimalSign`,
    question: `Which sign stands before the decimals of ${column}?`,
    why: 'Every separator is followed by exactly three digits, so it may stand between thousands or before decimals. Taken is the sign that other columns of this table prove, else the point.',
    options: [
      { key: 'point', label: 'Point', rule: '1.234 is a little more than one; 1,234 is above a thousand', total: null },
      { key: 'comma', label: 'Comma', rule: '1.234 is above a thousand; 1,234 is a little more than one', total: null },
    ],
    chosen,
    decidedBy: 'default',
  }
}

function unreadable(table: string, column: string, decision: Decision, counts: ColumnCounts): Choice {
  const kind = decision.type === 'date' || decision.type === 'timestamp' ? 'dates' : 'numbers'
  const example = counts.text('misfitA')
  return {
    key: `${table}.${column}.unreadable`,
    question: `What about ${decision.unreadable} cells of ${column} that are no ${kind}?`,
    why: `The other cells are ${kind}${example === null ? '' : `; these are like "${example}"`}. They are left empty unless you say otherwise.`,
    options: [
      { key: 'empty', label: 'Leave them empty', rule: 'The other cells can be counted with', total: null },
      {
        key: 'keepText',
        label: 'Keep all as text',
        rule: 'Nothing is lost, but the column cannot be counted with',
        total: null,
      },
    ],
    chosen: 'empty',
    decidedBy: 'default',
  }
}
