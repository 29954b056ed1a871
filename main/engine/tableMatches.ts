import { z } from 'zod'
import type { Finding } from '../../shared/description'
import { ident, raw, type Sql, sql } from '../../shared/sql'
import type { Database } from './database'
import { columnOf, hasRole, type MappedSource } from './mapping'
import { readPeriodMatches } from './periodMatches'
import { categoryKey, preparedSchema, rawTable } from './viewParts'

const lines = raw(`${preparedSchema}.order_lines`)

interface Match {
  readonly when: (sources: readonly MappedSource[]) => boolean
  /** The values on one side that the other lacks, as `example`, each once. */
  readonly unmatched: Sql
  readonly finding: Omit<Finding, 'count' | 'examples'>
}

const sourcesOf = (view: 'spend' | 'visits'): Sql =>
  sql`SELECT DISTINCT source FROM ${raw(view)} WHERE source IS NOT NULL`

const hasSources = (sources: readonly MappedSource[]): boolean =>
  hasRole(sources, 'spend', 'source') && hasRole(sources, 'visits', 'source')

/** What the tables of a project say of the same things: values that stand in one and are missing in another. */
const matches: readonly Match[] = [
  {
    when: hasSources,
    unmatched: sql`SELECT source AS example FROM (${sourcesOf('visits')}) WHERE source NOT IN (${sourcesOf('spend')})`,
    finding: {
      id: 'sourcesWithoutCosts',
      severity: 'warning',
      table: 'visits',
      column: 'source',
      title: 'Sources with visits but no costs',
      unit: 'sources',
      treatment: 'Their customers seem to cost nothing',
    },
  },
  {
    when: hasSources,
    unmatched: sql`SELECT source AS example FROM (${sourcesOf('spend')}) WHERE source NOT IN (${sourcesOf('visits')})`,
    finding: {
      id: 'sourcesWithoutVisits',
      severity: 'warning',
      table: 'spend',
      column: 'source',
      title: 'Sources with costs but no visits',
      unit: 'sources',
      treatment: 'Their costs bring no customer',
    },
  },
  {
    when: (sources) => hasRole(sources, 'tax') && hasRole(sources, 'orders', 'category'),
    unmatched: categoriesWithoutLines('tax'),
    finding: {
      id: 'taxWithoutLines',
      severity: 'info',
      table: 'tax',
      column: 'category',
      title: 'Categories with a tax rate that no order has',
      unit: 'categories',
      treatment: 'Not used',
    },
  },
  {
    when: (sources) => hasRole(sources, 'coupons') && hasRole(sources, 'orders', 'category'),
    unmatched: categoriesWithoutLines('coupons'),
    finding: {
      id: 'couponsWithoutLines',
      severity: 'info',
      table: 'coupons',
      column: 'category',
      title: 'Categories with coupons that no order has',
      unit: 'categories',
      treatment: 'Not used',
    },
  },
  {
    when: (sources) => hasRole(sources, 'coupons') && hasRole(sources, 'orders'),
    unmatched: sql`
      SELECT DISTINCT CAST(month AS VARCHAR) AS example FROM coupons
      WHERE month IS NOT NULL AND month NOT IN (SELECT month(ordered_at) FROM ${lines} WHERE ordered_at IS NOT NULL)`,
    finding: {
      id: 'couponMonthsWithoutLines',
      severity: 'info',
      table: 'coupons',
      column: 'month',
      title: 'Months with coupons but no orders',
      unit: 'months',
      treatment: 'Not used',
    },
  },
  {
    when: (sources) => hasRole(sources, 'visits') && hasRole(sources, 'orders', 'customer'),
    unmatched: sql`
      WITH first_visit AS (
        SELECT customer, min(started_at) AS at FROM visits WHERE customer IS NOT NULL GROUP BY customer
      ), first_order AS (
        SELECT customer, min(ordered_at) AS at FROM ${lines} WHERE customer IS NOT NULL GROUP BY customer
      )
      SELECT first_order.customer AS example
      FROM first_order
      JOIN first_visit USING (customer)
      WHERE CAST(first_order.at AS DATE) < CAST(first_visit.at AS DATE)`,
    finding: {
      id: 'ordersBeforeVisits',
      severity: 'warning',
      table: 'orders',
      column: 'customer',
      title: 'Customers who ordered before their first visit',
      unit: 'customers',
      treatment: 'Kept: without a source of their own',
    },
  },
  {
    when: (sources) => hasRole(sources, 'events') && hasRole(sources, 'customers'),
    unmatched: sql`
      SELECT DISTINCT customer AS example FROM events
      WHERE customer IS NOT NULL AND customer NOT IN (SELECT customer FROM customers WHERE customer IS NOT NULL)`,
    finding: {
      id: 'unknownVisitors',
      severity: 'warning',
      table: 'events',
      column: 'customer',
      title: 'Customers of events missing from the customer table',
      unit: 'customers',
      treatment: 'Kept, attributes unknown',
    },
  },
]

function categoriesWithoutLines(view: 'tax' | 'coupons'): Sql {
  return sql`
    SELECT any_value(category) AS example FROM ${raw(view)}
    WHERE category IS NOT NULL AND ${categoryKey(raw('category'))} NOT IN (
      SELECT ${categoryKey(raw('category'))} FROM ${lines} WHERE category IS NOT NULL
    )
    GROUP BY ${categoryKey(raw('category'))}`
}

const answerSchema = z.object({ count: z.number(), examples: z.array(z.string()) })

/** What stands in one table of the project and is missing in another. */
export async function readTableMatches(
  database: Database,
  sources: readonly MappedSource[],
  signal?: AbortSignal,
): Promise<Finding[]> {
  const wanted = [...matches.filter(({ when }) => when(sources)), ...stepMatches(sources)]
  const found = await Promise.all(
    wanted.map(async ({ unmatched, finding }): Promise<Finding> => {
      const [answer] = await database.query(
        answerSchema,
        sql`SELECT count(*)::DOUBLE AS count, coalesce(min(CAST(example AS VARCHAR), 5), []) AS examples FROM (${unmatched})`,
        { signal },
      )
      return { ...finding, count: answer?.count ?? 0, examples: answer?.examples ?? [] }
    }),
  )
  return [...found.filter(({ count }) => count > 0), ...(await readPeriodMatches(database, sources, signal))]
}

/** Each step of a funnel holds persons of the table of persons, and of the step before it: the next larger one. */
function stepMatches(sources: readonly MappedSource[]): Match[] {
  const steps = sources
    .filter((mapped) => mapped.kind === 'steps' && columnOf(mapped, 'customer') !== undefined)
    .sort((one, other) => other.source.seen.rows - one.source.seen.rows)
  const persons = sources.find((mapped) => mapped.kind === 'customers' && columnOf(mapped, 'customer') !== undefined)
  return steps.flatMap((step, index) => {
    const before = steps[index - 1] ?? persons
    if (before === undefined) return []
    return [
      {
        when: () => true,
        unmatched: sql`
          SELECT DISTINCT step.person AS example
          FROM (${personsOf(step)}) AS step
          ANTI JOIN (${personsOf(before)}) AS earlier USING (person)`,
        finding: {
          id: 'skippedStep',
          severity: 'warning' as const,
          table: step.source.name,
          column: columnOf(step, 'customer') ?? null,
          title: `Persons who are not in ${before.source.name}`,
          unit: 'persons',
          treatment: 'Counted in this step only',
        },
      },
    ]
  })
}

const personsOf = (mapped: MappedSource): Sql => {
  const person = ident(columnOf(mapped, 'customer') ?? '')
  return sql`SELECT CAST(${person} AS VARCHAR) AS person FROM ${rawTable(mapped.source.name)} WHERE ${person} IS NOT NULL`
}
