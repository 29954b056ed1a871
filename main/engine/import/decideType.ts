import { innerFormat, isMonthFirst, isTimed, otherOrder } from './dateFormats'
import { isDressed } from './numberText'
import type { ColumnCounts } from './scanColumns'
import type { Candidate } from './suggestType'

export type DateOrder = 'monthFirst' | 'dayFirst'
export type DecimalSign = 'point' | 'comma'

/** The type of a column and the questions that its values leave open. */
export interface Decision extends Candidate {
  readonly unreadable: number
  /** Neither order of day and month is proved: the one taken. */
  readonly openOrder?: DateOrder
  /** Day and month are swapped in the date cells: what is done. */
  readonly swapped?: 'repair' | 'keep'
  /** `1.234` can be read two ways: the decimal sign taken. */
  readonly openSign?: DecimalSign
}

/** What other columns of the table prove. */
export interface Evidence {
  readonly order?: DateOrder
  readonly sign?: DecimalSign
}

/** At most this share of the cells may be unreadable before a column is taken for text. */
export const toleratedShare = 0.05

const text: Decision = { type: 'text', unreadable: 0 }

/** The type that all values agree with. */
export function decideType(
  candidate: Candidate,
  counts: ColumnCounts,
  evidence: Evidence,
  cellsAreNumbers: boolean,
): Decision {
  if (counts.count('filled') === 0) return { type: 'empty', unreadable: 0 }
  switch (candidate.type) {
    case 'empty':
    case 'text':
      return text
    case 'id':
      return { type: 'id', ...(isWhole(counts) ? { format: 'whole' } : {}), unreadable: 0 }
    case 'integer':
    case 'flag':
      return decideInteger(counts)
    case 'decimal':
      return decideDecimal(candidate, counts, evidence, cellsAreNumbers)
    case 'date':
    case 'timestamp':
      return decideDate(candidate, counts, evidence)
    default:
      return candidate.type satisfies never
  }
}

/** Whether more values fail the candidate than may; the column deserves another one. */
export function isDoubtful(candidate: Candidate, counts: ColumnCounts): boolean {
  if (candidate.type === 'empty') return counts.count('filled') > 0
  if (candidate.type === 'text' || candidate.type === 'id') return false
  return failing(candidate, counts) > 0
}

/** Ids that a spreadsheet or a data frame wrote as 17850.0. */
function isWhole(counts: ColumnCounts): boolean {
  return counts.count('whole') > 0 && counts.count('whole') + counts.count('digits') === counts.count('filled')
}

function failing(candidate: Candidate, counts: ColumnCounts): number {
  if (candidate.type !== 'date' && candidate.type !== 'timestamp') return counts.count('misfits')
  return counts.count('valued') - Math.max(counts.count('fits'), counts.count('other'))
}

function decideInteger(counts: ColumnCounts): Decision {
  if (counts.count('zeros') > 0 || counts.count('long') > 0) return { type: 'id', unreadable: 0 }
  const unreadable = counts.count('misfits')
  if (unreadable > counts.count('valued') * toleratedShare) return text
  const isFlag =
    unreadable === 0 && counts.count('least') === 0 && counts.count('most') === 1 && counts.count('distinct') === 2
  return { type: isFlag ? 'flag' : 'integer', unreadable }
}

function decideDecimal(
  candidate: Candidate,
  counts: ColumnCounts,
  evidence: Evidence,
  cellsAreNumbers: boolean,
): Decision {
  const unreadable = counts.count('misfits')
  if (unreadable > counts.count('valued') * toleratedShare) return text
  const sign = decideSign(counts, evidence, cellsAreNumbers)
  const dressed = isDressed(candidate) || sign.isOpen
  const format = [dressed ? 'currency' : '', counts.count('finer') > 0 ? 'double' : '']
    .filter((part) => part !== '')
    .join(' ')
  return {
    type: 'decimal',
    ...(format === '' ? {} : { format }),
    ...(sign.sign === 'comma' ? { decimal: ',' as const } : {}),
    ...(sign.isOpen ? { openSign: sign.sign } : {}),
    unreadable,
  }
}

/**
 * The decimal sign that the values prove. When none does (`1.234`, `1,234`), the sign other columns of the table
 * prove is taken, else a point is the decimal sign and a comma stands between thousands; and the analyst is asked.
 */
function decideSign(
  counts: ColumnCounts,
  evidence: Evidence,
  cellsAreNumbers: boolean,
): { sign: DecimalSign; isOpen: boolean } {
  const point = counts.count('point')
  const comma = counts.count('comma')
  if (cellsAreNumbers) return { sign: 'point', isOpen: false }
  if (point > 0 || comma > 0) return { sign: comma > point ? 'comma' : 'point', isOpen: false }
  return { sign: evidence.sign ?? 'point', isOpen: counts.count('unclear') > 0 }
}

export function provenSign(candidate: Candidate, counts: ColumnCounts): DecimalSign | undefined {
  if (candidate.type !== 'decimal') return undefined
  if (counts.count('comma') > counts.count('point')) return 'comma'
  return counts.count('point') > 0 ? 'point' : undefined
}

export function provenOrder(candidate: Candidate, counts: ColumnCounts): DateOrder | undefined {
  const inner = innerFormat(candidate.format ?? '')
  if (otherOrder(inner) === undefined || counts.count('fits') === counts.count('other')) return undefined
  return counts.count('fits') > counts.count('other') === isMonthFirst(inner) ? 'monthFirst' : 'dayFirst'
}

function decideDate(candidate: Candidate, counts: ColumnCounts, evidence: Evidence): Decision {
  const { format = '' } = candidate
  const inner = innerFormat(format)
  const prefix = format.slice(0, format.length - inner.length)
  const unreadable = failing(candidate, counts)
  if (unreadable > counts.count('valued') * toleratedShare) return text
  const type = isTimed(inner) || candidate.type === 'timestamp' || counts.count('clocks') > 0 ? 'timestamp' : 'date'
  const swap = otherOrder(inner)
  if (swap === undefined)
    return {
      type,
      format: type === 'timestamp' && format === 'yyyy-MM-dd' ? 'yyyy-MM-dd HH:mm:ss' : format,
      unreadable,
    }
  const proven = provenOrder(candidate, counts)
  const order = proven ?? evidence.order ?? closerOrder(inner, counts)
  const taken = (order === 'monthFirst') === isMonthFirst(inner) ? inner : swap
  if (prefix !== '' && proven !== undefined && counts.count('iso') > 0 && counts.count('late') === 0) {
    const swapped = repairs(order, counts) ? 'repair' : 'keep'
    return { type, format: `${swapped === 'repair' ? 'swapped' : 'mixed'}:${taken}`, unreadable, swapped }
  }
  return { type, format: prefix + taken, unreadable, ...(proven === undefined ? { openOrder: order } : {}) }
}

/** Of two possible orders the one whose dates lie closer together; month first when both lie alike. */
function closerOrder(inner: string, counts: ColumnCounts): DateOrder {
  const [month, day] = isMonthFirst(inner)
    ? [counts.count('span'), counts.count('otherspan')]
    : [counts.count('otherspan'), counts.count('span')]
  return month <= day ? 'monthFirst' : 'dayFirst'
}

/** Swapping back is right when the days then stand without a gap, or when fewer of them fall on one another. */
function repairs(order: DateOrder, counts: ColumnCounts): boolean {
  const [distinct, span] =
    order === 'monthFirst'
      ? [counts.count('mrepaired'), counts.count('mspan')]
      : [counts.count('drepaired'), counts.count('dspan')]
  return distinct === span + 1 || distinct > counts.count('kept')
}
