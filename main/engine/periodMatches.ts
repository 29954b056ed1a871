import { z } from 'zod'
import type { Finding } from '../../shared/description'
import type { ViewName } from '../../shared/roles'
import { raw, type Sql, sql } from '../../shared/sql'
import type { Database } from './database'
import { hasRole, type MappedSource } from './mapping'
import { preparedSchema } from './viewParts'

type Dated = Extract<ViewName, 'orders' | 'visits' | 'events' | 'spend'>

/** The days on which the rows of a kind of table lie. */
const daysOf: Readonly<Record<Dated, Sql>> = {
  orders: raw(`SELECT ordered_on AS day FROM ${preparedSchema}.order_lines`),
  visits: raw('SELECT CAST(started_at AS DATE) AS day FROM visits'),
  events: raw('SELECT CAST(happened_at AS DATE) AS day FROM events'),
  spend: raw('SELECT date AS day FROM spend'),
}

const nouns: Readonly<Record<Dated, string>> = { orders: 'orders', visits: 'visits', events: 'events', spend: 'spend' }

/** What is looked up, and in which rows it is needed. */
const pairs: readonly { readonly known: Dated; readonly needed: Dated }[] = [
  { known: 'spend', needed: 'orders' },
  { known: 'spend', needed: 'visits' },
  { known: 'visits', needed: 'orders' },
  { known: 'events', needed: 'orders' },
]

/** A week is what the ends of two exports may differ by. */
const leastDays = 7
const leastShare = 0.005

/**
 * Tables that are looked at day by day and whose periods do not fit.
 *
 * - No day in common.
 * - Days with orders (or visits) before the first or after the last day of the other table: more than a week, and more
 *   than the longest pause within that table, with 0.5 % of the rows. A lone day 45 days away from 98 % of the others is
 *   a date written wrong, and no end of a period.
 * - The other way round, the other table goes on without them: worth knowing only.
 */
export async function readPeriodMatches(
  database: Database,
  sources: readonly MappedSource[],
  signal?: AbortSignal,
): Promise<Finding[]> {
  const wanted = pairs.filter(({ known, needed }) => hasRole(sources, known) && hasRole(sources, needed))
  const periods = new Map<Dated, Period>()
  for (const view of new Set(wanted.flatMap(({ known, needed }) => [known, needed]))) {
    const period = await readPeriod(database, view, signal)
    if (period !== undefined) periods.set(view, period)
  }
  return wanted.flatMap(({ known, needed }) => {
    const [one, other] = [periods.get(known), periods.get(needed)]
    return one === undefined || other === undefined ? [] : compare({ view: known, ...one }, { view: needed, ...other })
  })
}

interface Period {
  readonly first: string
  readonly last: string
  /** Days from one to the next, at most. */
  readonly pause: number
  readonly days: readonly { readonly day: string; readonly rows: number }[]
}
type Known = Period & { readonly view: Dated }

async function readPeriod(database: Database, view: Dated, signal?: AbortSignal): Promise<Period | undefined> {
  const rows = await database.query(
    z.object({ day: z.string(), rows: z.number(), pause: z.number() }),
    sql`
      WITH counted AS (
        SELECT day, count(*) AS rows FROM (${daysOf[view]}) WHERE isfinite(day) GROUP BY day
      ), middle AS (
        SELECT quantile_disc(day, 0.01) AS early, quantile_disc(day, 0.99) AS late FROM counted
      )
      SELECT CAST(day AS VARCHAR) AS day, rows::DOUBLE AS rows, coalesce(day - lag(day) OVER (ORDER BY day), 1)::DOUBLE AS pause
      FROM counted, middle
      WHERE day BETWEEN early - 45 AND late + 45
      ORDER BY counted.day`,
    { signal },
  )
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined) return undefined
  return {
    first: first.day,
    last: last.day,
    pause: rows.reduce((longest, { pause }) => Math.max(longest, pause), 1),
    days: rows,
  }
}

function compare(known: Known, needed: Known): Finding[] {
  if (known.last < needed.first || known.first > needed.last) return [nothingInCommon(known, needed)]
  return [...uncovered(known, needed), ...goesOn(known, needed)]
}

const spanOf = ({ first, last }: Pick<Period, 'first' | 'last'>): string => `${first} – ${last}`

function nothingInCommon(known: Known, needed: Known): Finding {
  return {
    id: 'noCommonPeriod',
    severity: 'serious',
    table: known.view,
    column: null,
    title: `No ${nouns[known.view]} in the period of the ${nouns[needed.view]}: the two have no day in common`,
    count: needed.days.length,
    unit: 'days',
    examples: [`${nouns[known.view]} ${spanOf(known)}`, `${nouns[needed.view]} ${spanOf(needed)}`],
    period: { from: needed.first, to: needed.last },
    treatment: `Kept, but nothing that sets ${nouns[known.view]} against ${nouns[needed.view]} means anything: add the file of the same period`,
  }
}

/** Days of the rows that need the other table, before it begins and after it ends. */
function uncovered(known: Known, needed: Known): Finding[] {
  const sides = [
    { days: needed.days.filter(({ day }) => day < known.first), told: `before ${known.first}` },
    { days: needed.days.filter(({ day }) => day > known.last), told: `after ${known.last}` },
  ].filter(({ days }) => isMuch(days, needed, known.pause))
  return sides.map(({ days, told }) => ({
    id: 'periodNotCovered',
    severity: 'warning' as const,
    table: known.view,
    column: null,
    title: `No ${nouns[known.view]} ${told}, while there are ${nouns[needed.view]}`,
    count: days.length,
    unit: 'days',
    examples: [`${nouns[known.view]} ${spanOf(known)}`, `${nouns[needed.view]} ${spanOf(needed)}`],
    period: { from: days[0]?.day ?? '', to: days.at(-1)?.day ?? '' },
    treatment: `Kept: these days seem to have no ${nouns[known.view]}. Compare the common period only, or add the missing part`,
  }))
}

function isMuch(days: Period['days'], whole: Period, pause: number): boolean {
  const rowsOf = (some: Period['days']): number => some.reduce((sum, { rows }) => sum + rows, 0)
  return lengthOf(days) > Math.max(leastDays, pause) && rowsOf(days) >= rowsOf(whole.days) * leastShare
}

const lengthOf = (days: Period['days']): number => {
  const [first, last] = [days[0], days.at(-1)]
  return first === undefined || last === undefined ? 0 : (Date.parse(last.day) - Date.parse(first.day)) / 86_400_000 + 1
}

function goesOn(known: Known, needed: Known): Finding[] {
  const days = known.days.filter(({ day }) => day < needed.first || day > needed.last)
  if (days.length <= Math.max(leastDays, needed.pause)) return []
  return [
    {
      id: 'periodBeyond',
      severity: 'info',
      table: known.view,
      column: null,
      title: `Days with ${nouns[known.view]} outside the period of the ${nouns[needed.view]}`,
      count: days.length,
      unit: 'days',
      examples: [`${nouns[known.view]} ${spanOf(known)}`, `${nouns[needed.view]} ${spanOf(needed)}`],
      period: { from: days[0]?.day ?? '', to: days.at(-1)?.day ?? '' },
      treatment: 'Kept: compare the common period only',
    },
  ]
}
