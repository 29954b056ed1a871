import type { Period } from '../../shared/analysis'
import type { Finding } from '../../shared/description'
import { createFormatter } from '../../shared/format'
import type { Settings } from '../../shared/project'
import { tableKinds } from '../../shared/roles'
import { isView, type MappedSource } from './mapping'

export interface OrderSize {
  readonly customers: number
  readonly orders: number
  readonly days: number
}

const numberWords = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

interface Known {
  readonly size: OrderSize | null
  readonly period: Period | null
  readonly findings: readonly Finding[]
}

/** One sentence about the whole project. */
export function writeHeadline(
  sources: readonly MappedSource[],
  { size, period, findings }: Known,
  settings: Settings,
): string {
  const format = createFormatter(settings)
  const files = new Set(sources.flatMap(({ source }) => source.parts?.map((part) => part.path) ?? [source.path])).size
  const count = sources.length
  const word = numberWords[count] ?? format.count(count)
  const noun = files === count ? (count === 1 ? 'file' : 'files') : count === 1 ? 'table' : 'tables'
  if (size === null) {
    const rows = sources.reduce((sum, { source }) => sum + source.seen.rows, 0)
    const [kind, ...others] = new Set(sources.map((mapped) => mapped.kind))
    const of =
      kind === undefined || kind === 'other' || others.length > 0 ? '' : ` of ${tableKinds[kind].toLowerCase()}`
    const what = count === 0 ? '' : `: ${format.count(rows)} ${rows === 1 ? 'row' : 'rows'}${of}`
    return `${word} ${noun} opened${what}`
  }
  const loose = sources.filter((mapped) => isLoose(mapped, findings)).length
  const together =
    count === 1
      ? `${word} ${noun} holds`
      : loose === 0
        ? `${word} ${noun} fit together as one shop:`
        : `${numberWords[count - loose] ?? format.count(count - loose)} of ${word.toLowerCase()} ${noun} ${count - loose === 1 ? 'makes' : 'fit together as'} one shop:`
  const customers = size.customers === 0 ? '' : `${format.count(size.customers)} customers, `
  return `${together} ${customers}${format.count(size.orders)} orders, ${span(period, size.days, format)}`
}

/** Findings that, when serious, say that no row of such a table finds its order line. */
const unmatched: Readonly<Record<string, string>> = { coupons: 'noCoupon', tax: 'noTax', customers: 'unknownCustomers' }

/** A table that says nothing about the orders: of no known kind, or none of its keys is theirs. */
function isLoose({ kind }: MappedSource, findings: readonly Finding[]): boolean {
  return !isView(kind) || findings.some(({ id, severity }) => id === unmatched[kind] && severity === 'serious')
}

function span(period: Period | null, days: number, format: ReturnType<typeof createFormatter>): string {
  if (period === null) return 'no dates'
  const length = Math.round((Date.parse(period.last) - Date.parse(period.first)) / 86_400_000) + 1
  const every = days === length
  const wholeYear =
    period.first.endsWith('-01-01') &&
    period.last.endsWith('-12-31') &&
    period.first.slice(0, 4) === period.last.slice(0, 4)
  if (wholeYear) return every ? `every day of ${period.first.slice(0, 4)}` : `${period.first.slice(0, 4)}`
  return `${every ? 'every day ' : ''}${format.date(period.first)} – ${format.date(period.last)}`
}
