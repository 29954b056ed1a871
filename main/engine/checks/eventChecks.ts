import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, columnWith, writtenAs } from './checkedTable'
import { isoDay, sumOf } from './days'
import { editDistance } from './editDistance'

/**
 * Event names and their numbers.
 *
 * - Names a letter away from a name that is five times as frequent (five letters or more), or two of equal length, or
 *   the same but for blanks, points and lines.
 * - Sessions of several rows of which half hold several customers: another column was taken for the customer.
 * - More purchases than views over all, or in a week of 20 purchases; the same for carts.
 */
export async function checkEvents(work: CheckWork): Promise<Finding[]> {
  const [event, time] = [columnWith(work.table, 'eventType'), columnWith(work.table, 'happenedAt')]
  if (work.table.kind !== 'events' || event === undefined || event.distinct > 300) return []
  return [
    ...(await crowdedSessions(work)),
    ...(await misspelt(work, event)),
    ...(time === undefined ? [] : await moreThanViews(work, event, time)),
  ]
}

/** A visit session belongs to one person: where most hold several, another column stands in the persons' place. */
async function crowdedSessions(work: CheckWork): Promise<Finding[]> {
  const [session, customer] = [columnWith(work.table, 'session'), columnWith(work.table, 'customer')]
  if (session === undefined || customer === undefined) return []
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number()]),
    sql`
      SELECT count(*) FILTER (WHERE persons > 1)::DOUBLE, count(*)::DOUBLE
      FROM (
        SELECT approx_count_distinct(${ident(customer.name)}) AS persons FROM ${work.glance}
        WHERE ${ident(session.name)} IS NOT NULL GROUP BY ${ident(session.name)} HAVING count(*) > 1
      )`,
  )
  const [crowded, sessions] = answer ?? [0, 0]
  if (sessions < 30 || crowded < sessions * 0.5) return []
  const product = columnWith(work.table, 'product')
  return [
    work.say({
      id: 'swappedIds',
      severity: 'serious',
      column: customer.name,
      title: `Most visit sessions hold several values of ${customer.name}: exchanged with ${product === undefined ? 'another column' : product.name}?`,
      count: work.table.rows,
      unit: 'rows',
      examples: [`${crowded} of ${sessions} sessions looked at`],
      treatment: 'Counted as they are: give the role of the customer to the column that holds persons',
    }),
  ]
}

async function misspelt(work: CheckWork, event: CheckedColumn): Promise<Finding[]> {
  const values = await work.values(event.name)
  const wrong = values.flatMap(({ value, count }) => {
    const meant = values.find(
      (other) =>
        other.count >= count * 5 && value.length >= 5 && isMisspelling(value.toLowerCase(), other.value.toLowerCase()),
    )
    return meant === undefined ? [] : [{ value, count, meant: meant.value }]
  })
  if (wrong.length === 0) return []
  return [
    work.say({
      id: 'misspeltEvents',
      severity: 'warning',
      column: event.name,
      title: 'Event names that look misspelt',
      count: sumOf(wrong.map(({ count }) => count)),
      unit: 'rows',
      examples: wrong.slice(0, 4).map(({ value, meant }) => `${value} for ${meant}`),
      rows: sql`list_contains(string_split(${wrong.map(({ value }) => value).join('\n')}, chr(10)), ${ident(event.name)})`,
      fix: { label: 'Write them alike', value: writtenAs(event.name, wrong) },
      treatment: 'Counted as events of their own',
    }),
  ]
}

/** The same but for the signs between words; one letter more, less or another; two letters that changed places. */
function isMisspelling(one: string, other: string): boolean {
  const bare = (name: string): string => name.replace(/[\s_.-]/g, '')
  if (one !== other && bare(one) === bare(other)) return true
  const distance = editDistance(one, other, 2)
  return distance === 1 || (distance === 2 && one.length === other.length && one.length >= 6)
}

interface Week {
  readonly week: number
  readonly views: number
  readonly carts: number
  readonly purchases: number
}

async function moreThanViews(work: CheckWork, event: CheckedColumn, time: CheckedColumn): Promise<Finding[]> {
  const counts = await work.ask(
    z.tuple([z.number(), z.string(), z.number()]),
    sql`
      SELECT
        (CAST(date_trunc('week', ${ident(time.name)}) AS DATE) - DATE '1970-01-01')::DOUBLE AS week,
        CAST(${ident(event.name)} AS VARCHAR) AS event,
        count(*)::DOUBLE AS events
      FROM ${work.relation}
      WHERE ${ident(time.name)} IS NOT NULL AND isfinite(${ident(time.name)}) AND ${ident(event.name)} IS NOT NULL
      GROUP BY 1, 2
      ORDER BY 1, 2`,
  )
  const weeks = [...new Set(counts.map(([week]) => week))].map((week): Week => {
    const of = (pattern: RegExp): number =>
      sumOf(counts.flatMap(([own, name, events]) => (own === week && pattern.test(name) ? [events] : [])))
    return { week, views: of(/view/i), carts: of(/^(?!.*remove).*cart/i), purchases: of(/purchase|^order$/i) }
  })
  const all = (part: 'views' | 'carts' | 'purchases'): number => sumOf(weeks.map((week) => week[part]))
  if (all('views') === 0) return []
  const exceeding = (['purchases', 'carts'] as const).map((part) => {
    const own = weeks.filter((week) => week[part] > week.views && week[part] >= 20)
    return { part, weeks: own, isThroughout: all(part) > all('views') }
  })
  const worst = exceeding.find(({ isThroughout, weeks: own }) => isThroughout || own.length > 0)
  if (worst === undefined) return []
  const affected = worst.weeks.length === 0 ? weeks : worst.weeks
  const label = worst.part === 'carts' ? 'Carts' : 'Purchases'
  return [
    work.say({
      id: 'moreThanViews',
      severity: 'serious',
      column: event.name,
      title: worst.isThroughout ? `${label} exceed views` : `${label} exceed views in some weeks`,
      count: affected.length,
      unit: affected.length === 1 ? 'week' : 'weeks',
      examples: affected
        .slice(0, 4)
        .map((week) => `week of ${isoDay(week.week)}: ${week[worst.part]} against ${week.views} views`),
      period: { from: isoDay(affected[0]?.week ?? 0), to: isoDay((affected.at(-1)?.week ?? 0) + 6) },
      treatment: 'Counted as they are: views were probably not recorded; conversion of this time means nothing',
    }),
  ]
}
