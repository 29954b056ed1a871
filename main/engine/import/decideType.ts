import { isAmountName, isTimeName } from './columnNames'
import { innerFormat, isMonthFirst, isTimed, orderedFormat, otherOrder, otherOrders, secondFormat } from './dateFormats'
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

/** The same for one word where the header speaks of amounts: `free` among prices. */
const toleratedShareOfOneWord = 0.3
/** At least this share of the cells must be readable, whatever happened to the others. */
const leastShare = 0.4

const text: Decision = { type: 'text', unreadable: 0 }

/** The type that all values agree with. */
export function decideType(
  name: string,
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
      return decideId(counts)
    case 'integer':
    case 'flag':
      return decideInteger(name, counts)
    case 'decimal':
      return decideDecimal(name, candidate, counts, evidence, cellsAreNumbers)
    case 'date':
    case 'timestamp':
      return decideDate(name, candidate, counts, evidence)
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

/** An id and the dress to take off it. Thousands are believed only where all others are digits and nothing else. */
function decideId(counts: ColumnCounts): Decision {
  const isGrouped =
    counts.count('grouped') > 0 && counts.count('grouped') + counts.count('digits') === counts.count('valued')
  const format = [
    isWhole(counts) ? 'whole' : '',
    counts.count('apostrophes') > 0 ? 'apostrophe' : '',
    isGrouped ? 'grouped' : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
  return { type: 'id', ...(format === '' ? {} : { format }), unreadable: 0 }
}

/** Cells that a known damage made unreadable; they do not speak against the type of their column. */
function damagedCells(counts: ColumnCounts): number {
  return counts.count('datelike') + counts.count('hashes') + counts.count('units') + counts.count('otherSign')
}

/** Whether so many cells are no numbers, for no known reason, that the column is a column of texts. */
function isText(name: string, counts: ColumnCounts): boolean {
  const valued = counts.count('valued')
  const unreadable = counts.count('misfits')
  const isOneWord = counts.text('misfitA') === counts.text('misfitB')
  const share = isAmountName(name) && isOneWord ? toleratedShareOfOneWord : toleratedShare
  return (
    unreadable - damagedCells(counts) > valued * share ||
    valued - unreadable + counts.count('units') < valued * leastShare
  )
}

function failing(candidate: Candidate, counts: ColumnCounts): number {
  if (candidate.type !== 'date' && candidate.type !== 'timestamp') return counts.count('misfits')
  return counts.count('valued') - Math.max(counts.count('fits'), counts.count('other'))
}

function decideInteger(name: string, counts: ColumnCounts): Decision {
  if (counts.count('zeros') > 0 || counts.count('long') > 0) return { type: 'id', unreadable: 0 }
  if (isText(name, counts)) return text
  if (counts.count('units') > 0) return withRepairs({ type: 'decimal', unreadable: 0 }, '', counts)
  const unreadable = counts.count('misfits')
  const isFlag =
    unreadable === 0 && counts.count('least') === 0 && counts.count('most') === 1 && counts.count('distinct') === 2
  return { type: isFlag ? 'flag' : 'integer', unreadable }
}

/** Units and the other decimal sign can be read all the same. */
function withRepairs(decision: Decision, format: string, counts: ColumnCounts): Decision {
  const repaired = [
    format,
    counts.count('units') > 0 ? 'units' : '',
    counts.count('otherSign') + counts.count('units') > 0 ? 'either' : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
  return {
    ...decision,
    ...(repaired === '' ? {} : { format: repaired }),
    unreadable: counts.count('misfits') - counts.count('units') - counts.count('otherSign'),
  }
}

function decideDecimal(
  name: string,
  candidate: Candidate,
  counts: ColumnCounts,
  evidence: Evidence,
  cellsAreNumbers: boolean,
): Decision {
  if (isText(name, counts)) return text
  const sign = decideSign(counts, evidence, cellsAreNumbers)
  const dressed = isDressed(candidate) || sign.isOpen
  const format = [dressed ? 'currency' : '', counts.count('finer') > 0 ? 'double' : '']
    .filter((part) => part !== '')
    .join(' ')
  const decision: Decision = {
    type: 'decimal',
    ...(sign.sign === 'comma' ? { decimal: ',' as const } : {}),
    ...(sign.isOpen ? { openSign: sign.sign } : {}),
    unreadable: 0,
  }
  return withRepairs(decision, format, counts)
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
  // With both signs in one column, three digits behind one of them can be either.
  const isMixed =
    (counts.count('otherSign') > 0 && counts.count('unclear') > 0) ||
    (counts.count('unclearPoint') > 0 && counts.count('unclearComma') > 0)
  if (point > 0 || comma > 0) return { sign: comma > point ? 'comma' : 'point', isOpen: isMixed }
  return { sign: evidence.sign ?? 'point', isOpen: counts.count('unclear') > 0 }
}

export function provenSign(candidate: Candidate, counts: ColumnCounts): DecimalSign | undefined {
  if (candidate.type !== 'decimal') return undefined
  if (counts.count('comma') > counts.count('point')) return 'comma'
  return counts.count('point') > 0 ? 'point' : undefined
}

export function provenOrder(candidate: Candidate, counts: ColumnCounts): DateOrder | undefined {
  const inner = orderedFormat(candidate.format ?? '')
  if (otherOrder(inner) === undefined || counts.count('fits') === counts.count('other')) return undefined
  return counts.count('fits') > counts.count('other') === isMonthFirst(inner) ? 'monthFirst' : 'dayFirst'
}

function decideDate(name: string, candidate: Candidate, counts: ColumnCounts, evidence: Evidence): Decision {
  const { format = '' } = candidate
  const inner = innerFormat(format)
  const prefix = format.slice(0, format.length - inner.length)
  const unreadable = failing(candidate, counts)
  const valued = counts.count('valued')
  const serials = prefix === '' ? counts.count('serials') : 0
  const inOtherOrder = prefix === '' ? Math.max(0, counts.count('either') - (valued - unreadable)) : 0
  const unexplained = unreadable - serials - inOtherOrder - counts.count('hashes')
  const share = isTimeName(name) ? 1 - leastShare : 2 * toleratedShare
  if (unexplained > valued * (unexplained === unreadable && !isTimeName(name) ? toleratedShare : share)) return text
  if (valued - unreadable < valued * leastShare) return text

  const type = isTimed(format) || candidate.type === 'timestamp' || counts.count('clocks') > 0 ? 'timestamp' : 'date'
  if (secondFormat(format) !== undefined) return twoFormats({ type, format, unreadable }, counts, evidence)
  const swap = otherOrder(inner)
  if (swap !== undefined && inOtherOrder > valued * toleratedShare) {
    const taken = counts.count('fits') >= counts.count('other') ? inner : swap
    return { type, format: `either:${taken}`, unreadable: unreadable - inOtherOrder }
  }
  const decided = inOrder({ type, format, prefix, inner, unreadable }, counts, evidence)
  if (serials === 0 || decided.format === undefined) return decided
  return { ...decided, format: `serials:${decided.format}`, unreadable: unreadable - serials }
}

/** The order of day and month in two formats. */
function twoFormats(
  found: { readonly type: 'date' | 'timestamp'; readonly format: string; readonly unreadable: number },
  counts: ColumnCounts,
  evidence: Evidence,
): Decision {
  const { type, format, unreadable } = found
  const other = otherOrders(format)
  if (other === undefined) return { type, format, unreadable }
  const ordered = orderedFormat(format)
  const proven = provenOrder({ type, format }, counts)
  const order = proven ?? evidence.order ?? closerOrder(ordered, counts)
  const taken = (order === 'monthFirst') === isMonthFirst(ordered) ? format : other
  return { type, format: taken, unreadable, ...(proven === undefined ? { openOrder: order } : {}) }
}

/** The order of day and month, where a format has one. */
function inOrder(
  found: {
    readonly type: 'date' | 'timestamp'
    readonly format: string
    readonly prefix: string
    readonly inner: string
    readonly unreadable: number
  },
  counts: ColumnCounts,
  evidence: Evidence,
): Decision {
  const { type, format, prefix, inner, unreadable } = found
  const swap = otherOrder(inner)
  if (swap === undefined)
    return {
      type,
      format: type === 'timestamp' && format === 'yyyy-MM-dd' ? 'yyyy-MM-dd HH:mm:ss' : format,
      unreadable,
    }
  const proven = provenOrder({ type, format }, counts)
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
