import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, raw, type Sql, sql } from '../../../shared/sql'
import { type AmountFacts, isAmount } from './amountFacts'
import { exactDays } from './changeDays'
import { type CheckedColumn, type CheckWork, mainDate, type Said } from './checkedTable'
import { dateOfMonth, dayName, firstDayOf, isoDay, median, monthName, monthOf } from './days'

/** A month, or a week of a table of fewer months. */
interface Month {
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly median: number
  /** Share of cells with decimals. */
  readonly fractional: number
  /** The one value all its cells have, if they do. */
  readonly only: number | null
}

const leastRows = 20
const leap = 20
const leastMonths = 4

/**
 * Amounts whose scale changes with time, from their median by month (months of at least 20 rows, four of them), or by
 * week where there are fewer months.
 *
 * - From one month on: the months after are 20 times those before, or a twentieth.
 * - In single months (at most a third): 20 times the median of the others, or a twentieth.
 *   Where such a change begins and ends is then looked for day by day.
 * - The same value in every cell of a month (or week), in at most a third of them.
 * - Whole numbers only in a month of 30 rows (below 2 % with decimals) while more than half of the cells of the usual
 *   month have decimals.
 */
export async function checkAmountsByMonth(work: CheckWork): Promise<Finding[]> {
  const date = mainDate(work.table)
  const amounts = (await work.amounts()).filter(({ column, filled }) => isAmount(column) && filled > 0)
  if (date === undefined || amounts.length === 0) return []
  const monthly = await readMonths(work, date, amounts, 'month')
  const months = monthly.length >= leastMonths ? monthly : await readMonths(work, date, amounts, 'week')
  const found = await Promise.all(
    amounts.map(async (facts, index) => {
      const own = months.flatMap((month) => month[index] ?? []).filter(({ rows }) => rows >= leastRows)
      if (own.length < leastMonths) return []
      const seen = sameIn(own) ?? passing(own) ?? scaleFrom(own) ?? scaleIn(own) ?? wholeIn(own, facts)
      if (seen === undefined) return []
      const exact = seen.usual === undefined ? seen : await toTheDay(work, date, facts, seen, seen.usual)
      return [say(work, date, facts, exact)]
    }),
  )
  return found.flat()
}

/** The change with the days on which it begins and ends. */
async function toTheDay(
  work: CheckWork,
  date: CheckedColumn,
  { column }: AmountFacts,
  seen: Change,
  usual: NonNullable<Change['usual']>,
): Promise<Change> {
  return { ...seen, ...(await exactDays(work, date, column, seen, { usual, isEnding: seen.kind === 'scaleIn' })) }
}

async function readMonths(
  work: CheckWork,
  date: CheckedColumn,
  amounts: readonly AmountFacts[],
  part: 'month' | 'week',
): Promise<Month[][]> {
  const parts = amounts.flatMap(({ column }): Sql[] => {
    const value = sql`CAST(${ident(column.name)} AS DOUBLE)`
    return [
      sql`count(${value})::DOUBLE`,
      sql`coalesce(median(${value}), 0)::DOUBLE`,
      sql`count(*) FILTER (WHERE ${value} <> trunc(${value}))::DOUBLE`,
      sql`coalesce(min(${value}), 0)::DOUBLE`,
      sql`coalesce(max(${value}), 0)::DOUBLE`,
    ]
  })
  const day = ident(date.name)
  const rows = await work.ask(
    z.array(z.number()),
    sql`
      SELECT (CAST(date_trunc(${part}, ${day}) AS DATE) - DATE '1970-01-01')::DOUBLE AS first_day, ${join(parts, ', ')}
      FROM ${work.sample}
      WHERE ${day} IS NOT NULL AND isfinite(${day})
      GROUP BY 1
      ORDER BY 1`,
  )
  return rows.map(([from = 0, ...values]) =>
    amounts.map((_, index) => {
      const [count = 0, middle = 0, fractional = 0, least = 0, most = 0] = values.slice(index * 5, index * 5 + 5)
      const to = part === 'week' ? from + 6 : firstDayOf(monthOf(from) + 1) - 1
      return {
        from,
        to,
        rows: count,
        median: middle,
        fractional: count === 0 ? 0 : fractional / count,
        only: least === most ? least : null,
      }
    }),
  )
}

interface Change {
  readonly kind: 'scaleFrom' | 'scaleIn' | 'wholeIn' | 'sameIn'
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly examples: readonly string[]
  readonly factor: number
  /** The usual amount inside and outside, of a change of scale. */
  readonly usual?: { readonly inside: number; readonly outside: number }
}

function scaleFrom(months: readonly Month[]): Change | undefined {
  const splits = months.slice(2, -1).map((_, index) => {
    const [before, after] = [months.slice(0, index + 2), months.slice(index + 2)]
    const jump = ratio(after[0]?.median ?? 0, before.at(-1)?.median ?? 0)
    return { before, after, factor: ratio(middle(after), middle(before)), jump: Math.abs(Math.log(jump)) }
  })
  const best = splits
    .filter(({ factor }) => isFar(factor))
    .reduce<(typeof splits)[number] | undefined>(
      (most, split) => (most === undefined || split.jump > most.jump ? split : most),
      undefined,
    )
  if (best === undefined || best.after.length < 2) return undefined
  const throughout = best.after.filter(({ median: own }) => isFar(ratio(own, middle(best.before))))
  if (throughout.length < best.after.length * 0.8) return undefined
  return scaleChange('scaleFrom', best.after, best.before, best.factor)
}

/** A change that is over again: the months behind it are as those before. */
function passing(months: readonly Month[]): Change | undefined {
  const found = scaleIn(months)
  const [first, last] = [months[0], months.at(-1)]
  return found === undefined || found.from === first?.from || found.to === last?.to ? undefined : found
}

function scaleIn(months: readonly Month[]): Change | undefined {
  const far = months.filter((month) => isFar(factorOf(month, months)))
  const [first] = far
  if (first === undefined || far.length > months.length / 3) return undefined
  const others = months.filter((month) => !far.includes(month))
  return scaleChange('scaleIn', far, others, factorOf(first, months))
}

/** A month in which every cell holds the same, where the others vary. */
function sameIn(months: readonly Month[]): Change | undefined {
  const same = months.filter(({ only }) => only !== null)
  if (same.length === 0 || same.length > months.length / 3) return undefined
  return change('sameIn', same.slice(0, 1), 1, [same[0]?.only ?? 0])
}

function wholeIn(months: readonly Month[], { filled, fractional }: AmountFacts): Change | undefined {
  if (fractional < filled * 0.3) return undefined
  const whole = months.filter(({ rows, fractional: share }) => rows >= 30 && share < 0.02)
  const usual = median(months.map(({ fractional: share }) => share))
  if (whole.length === 0 || whole.length > months.length / 3 || usual < 0.5) return undefined
  return change('wholeIn', whole, 1, [])
}

const middle = (months: readonly Month[]): number => median(months.map((month) => month.median))

const ratio = (one: number, other: number): number => (one > 0 && other > 0 ? one / other : 1)

const isFar = (factor: number): boolean => Math.abs(Math.log(factor)) >= Math.log(leap)

const factorOf = (month: Month, months: readonly Month[]): number =>
  ratio(month.median, middle(months.filter((other) => other !== month)))

function scaleChange(
  kind: 'scaleFrom' | 'scaleIn',
  months: readonly Month[],
  others: readonly Month[],
  factor: number,
): Change {
  const usual = { inside: middle(months), outside: middle(others) }
  return { ...change(kind, months, factor, [usual.outside, usual.inside]), usual }
}

function change(kind: Change['kind'], months: readonly Month[], factor: number, medians: readonly number[]): Change {
  return {
    kind,
    from: months[0]?.from ?? 0,
    to: months.at(-1)?.to ?? 0,
    rows: months.reduce((sum, { rows }) => sum + rows, 0),
    examples: medians.map((value, index) => `${index === 0 ? 'usually' : 'here'} ${Math.round(value * 100) / 100}`),
    factor,
  }
}

function periodName({ kind, from, to }: Change): string {
  const isMonths = dateOfMonth(from) === 1 && (kind === 'scaleFrom' || dateOfMonth(to + 1) === 1)
  if (isMonths) return monthName(monthOf(from))
  if (kind === 'scaleFrom') return dayName(from)
  return to - from === 6 ? `the week of ${dayName(from)}` : `${dayName(from)} to ${dayName(to)}`
}

function say(work: CheckWork, date: CheckedColumn, { column }: AmountFacts, found: Change): Finding {
  const isOther = found.factor > 1e6
  const times = isOther
    ? 'holds numbers of another kind'
    : found.factor > 1
      ? `about ${Math.round(found.factor)} times higher`
      : `only about 1/${Math.round(1 / found.factor)}`
  const when = `${found.kind === 'scaleFrom' ? 'from' : 'in'} ${periodName(found)}${found.kind === 'scaleFrom' ? ' on' : ''}`
  const [from, to] = [isoDay(found.from), isoDay(found.to)]
  const rows = sql`CAST(${ident(date.name)} AS DATE) BETWEEN CAST(${from} AS DATE) AND CAST(${to} AS DATE)`
  if (found.kind === 'sameIn')
    return work.say({
      id: 'constantMonth',
      severity: 'serious',
      column: column.name,
      title: `${column.name} has the same value in every row ${when}: ${found.examples[0]?.replace(/^\w+ /, '') ?? ''}`,
      count: found.rows * work.step,
      unit: 'rows',
      period: { from, to },
      rows,
      treatment: 'Counted as they are: filled in before the export? Ask for the true amounts',
    })
  return work.say({
    id: found.kind === 'wholeIn' ? 'roundedMonth' : 'changedScale',
    severity: found.kind === 'wholeIn' ? 'warning' : 'serious',
    column: column.name,
    title:
      found.kind === 'wholeIn'
        ? `${column.name} has whole numbers only ${when}`
        : isOther
          ? `${column.name} ${times} ${when}: exchanged with another column?`
          : `${column.name} is ${times} ${when}`,
    count: found.rows * work.step,
    unit: 'rows',
    examples: found.examples,
    period: { from, to },
    rows,
    ...(found.kind === 'wholeIn' || isOther ? {} : rescaled(column, found.factor)),
    treatment:
      found.kind === 'wholeIn'
        ? 'Counted as they are: rounded before the export?'
        : isOther
          ? 'Counted as they are: the order of the columns probably changes there; put them right in the file'
          : 'Counted as they are: cents instead of whole money?',
  })
}

/** Back to the scale of the other months, where the two are a power of ten apart. */
function rescaled({ name }: CheckedColumn, factor: number): Pick<Said, 'fix'> {
  const power = Math.round(Math.log10(factor))
  if (power === 0 || Math.abs(Math.log10(factor) - power) > 0.15) return {}
  const by = 10 ** Math.abs(power)
  const times = raw(String(by))
  return {
    fix:
      power > 0
        ? { label: `Divide by ${by.toLocaleString('en-US')}`, value: sql`${ident(name)} / ${times}` }
        : { label: `Multiply by ${by.toLocaleString('en-US')}`, value: sql`${ident(name)} * ${times}` },
  }
}
