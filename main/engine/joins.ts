import { z } from 'zod'
import { AppError } from '../../shared/errors'
import type { Amounts, JoinReport, KeyList, UnmatchedKeys } from '../../shared/joins'
import { raw, type Sql, sql } from '../../shared/sql'
import type { Page } from '../../shared/tableAnswers'
import type { Database, QueryOptions } from './database'
import { type JoinPlan, planJoins } from './joinPlans'
import { findRepair } from './joinRepairs'
import type { MappedSource } from './mapping'
import { readRows } from './tablePages'

/** Every proposed join of a project, checked on its data. */
export async function readJoins(
  database: Database,
  sources: readonly MappedSource[],
  chosen: ReadonlyMap<string, string>,
  options: QueryOptions,
): Promise<JoinReport[]> {
  const plans = planJoins(sources)
  const reports: JoinReport[] = []
  for (const [index, plan] of plans.entries()) {
    reports.push(await checkJoin(database, sources, plan, chosen, options))
    options.onProgress?.({ fraction: (index + 1) / plans.length, note: `join ${index + 1} of ${plans.length}` })
  }
  return reports
}

/** A page of the keys that do not match, or that stand in several rows. */
export async function readJoinKeys(
  database: Database,
  sources: readonly MappedSource[],
  { join, list, offset, limit }: { join: string; list: KeyList; offset: number; limit: number },
): Promise<Page> {
  const plans = planJoins(sources)
  const plan = plans.find(({ id }) => id === join)
  if (plan === undefined) {
    throw new AppError('bad-parameter', `There is no join "${join}" in this project.`, {
      hint: plans.length === 0 ? 'Its tables propose none.' : `Joins: ${plans.map(({ id }) => id).join(', ')}.`,
    })
  }
  const statement = keyList(plan, list)
  const [row] = await database.query(
    z.object({ keys: z.number() }),
    sql`SELECT count(*)::DOUBLE AS keys FROM (${statement})`,
  )
  return {
    ...(await readRows(database, sql`${statement} ORDER BY rows DESC, key LIMIT ${limit} OFFSET ${offset}`)),
    total: row?.keys ?? 0,
  }
}

const keysOf = ({ leftRows, rightRows }: JoinPlan): Sql => sql`
  WITH left_keys AS (
    SELECT key, min(shown) AS shown, count(*) AS rows, sum(revenue) AS revenue FROM (${leftRows}) GROUP BY key
  ), right_keys AS (
    SELECT key, min(shown) AS shown, count(*) AS rows, count(DISTINCT coalesce(value, '')) AS sayings
    FROM (${rightRows}) WHERE key IS NOT NULL GROUP BY key
  )`

function keyList(plan: JoinPlan, list: KeyList): Sql {
  switch (list) {
    case 'left':
      return sql`${keysOf(plan)}
        SELECT shown AS key, rows::DOUBLE AS rows, revenue::DOUBLE AS revenue FROM left_keys
        WHERE key IS NOT NULL AND key NOT IN (SELECT key FROM right_keys)`
    case 'right':
      return sql`${keysOf(plan)}
        SELECT shown AS key, rows::DOUBLE AS rows FROM right_keys
        WHERE key NOT IN (SELECT key FROM left_keys WHERE key IS NOT NULL)`
    case 'repeated':
      return sql`${keysOf(plan)}
        SELECT right_keys.shown AS key, right_keys.rows::DOUBLE AS rows, right_keys.sayings::DOUBLE AS readings,
          coalesce(left_keys.rows, 0)::DOUBLE AS rows_concerned
        FROM right_keys LEFT JOIN left_keys ON left_keys.key = right_keys.key WHERE right_keys.rows > 1`
    default:
      return list satisfies never
  }
}

const countsSchema = z.object({
  rows: z.number(),
  matchedRows: z.number(),
  withoutKey: z.number(),
  keys: z.number(),
  matchedKeys: z.number(),
  revenue: z.number().nullable(),
  leftKeys: z.number(),
  leftRows: z.number(),
  rightKeys: z.number(),
  rightRows: z.number(),
  repeatedKeys: z.number(),
  repeatedRows: z.number(),
  conflicting: z.number(),
  conflictingKeys: z.number(),
  uncheckedRows: z.number(),
  uncheckedRevenue: z.number().nullable(),
})

function countsOf(plan: JoinPlan): Sql {
  const sum = (value: string, where: string): Sql =>
    raw(`coalesce(sum(CASE WHEN ${where} THEN ${value} END), 0)::DOUBLE`)
  const both = 'l.key IS NOT NULL AND r.key IS NOT NULL'
  const leftOnly = 'l.key IS NOT NULL AND r.key IS NULL'
  const rightOnly = 'l.key IS NULL AND r.key IS NOT NULL'
  return sql`${keysOf(plan)}
    SELECT
      coalesce(sum(l.rows), 0)::DOUBLE AS rows,
      ${sum('l.rows', both)} AS "matchedRows",
      ${sum('l.rows', 'l.rows IS NOT NULL AND l.key IS NULL')} AS "withoutKey",
      ${sum('1', 'l.key IS NOT NULL')} AS keys,
      ${sum('1', both)} AS "matchedKeys",
      sum(l.revenue)::DOUBLE AS revenue,
      ${sum('1', leftOnly)} AS "leftKeys", ${sum('l.rows', leftOnly)} AS "leftRows",
      ${sum('1', rightOnly)} AS "rightKeys", ${sum('r.rows', rightOnly)} AS "rightRows",
      ${sum('1', 'r.rows > 1')} AS "repeatedKeys", ${sum('r.rows', 'r.rows > 1')} AS "repeatedRows",
      ${sum('1', 'r.sayings > 1')} AS conflicting,
      ${sum('1', `r.sayings > 1 AND ${both}`)} AS "conflictingKeys",
      coalesce(sum(l.rows * coalesce(r.rows, 1)), 0)::DOUBLE AS "uncheckedRows",
      sum(l.revenue * coalesce(r.rows, 1))::DOUBLE AS "uncheckedRevenue"
    FROM left_keys AS l FULL JOIN right_keys AS r ON l.key = r.key`
}

/** The rows as the joined views hold them. */
function joinedOf(plan: JoinPlan): Sql {
  const known = plan.id.endsWith('-customers')
    ? raw('SELECT customer AS key FROM customers')
    : sql`SELECT DISTINCT key FROM (${plan.rightRows}) WHERE key IS NOT NULL`
  return sql`
    SELECT count(*)::DOUBLE AS rows, sum(revenue)::DOUBLE AS revenue
    FROM (${plan.leftRows}) AS l LEFT JOIN (${known}) AS r ON l.key = r.key`
}

async function checkJoin(
  database: Database,
  sources: readonly MappedSource[],
  plan: JoinPlan,
  chosen: ReadonlyMap<string, string>,
  options: QueryOptions,
): Promise<JoinReport> {
  const [counts] = await database.query(countsSchema, countsOf(plan), options)
  const [after] = await database.query(
    z.object({ rows: z.number(), revenue: z.number().nullable() }),
    joinedOf(plan),
    options,
  )
  if (counts === undefined || after === undefined) throw new Error('an aggregate always has a row')
  const examples = async (list: KeyList): Promise<readonly string[]> => {
    const rows = await database.query(
      z.object({ key: z.string().nullable() }),
      sql`SELECT key FROM (${keyList(plan, list)}) ORDER BY rows DESC, key LIMIT 5`,
      options,
    )
    return rows.flatMap(({ key }) => key ?? [])
  }
  const unmatched = async (list: 'left' | 'right', keys: number, rows: number): Promise<UnmatchedKeys> => ({
    keys,
    rows,
    examples: keys === 0 ? [] : await examples(list),
  })
  const left = await unmatched('left', counts.leftKeys, counts.leftRows)
  const right = await unmatched('right', counts.rightKeys, counts.rightRows)
  const before: Amounts = { rows: counts.rows, revenue: counts.revenue }
  const option = plan.choice === null ? undefined : (chosen.get(plan.choice) ?? undefined)
  const isRefused = counts.conflicting > 0 && option === 'leaveOut'
  return {
    id: plan.id,
    key: plan.key,
    left: plan.left,
    right: plan.right,
    mustBeUnique: plan.mustBeUnique,
    repeated: {
      keys: counts.repeatedKeys,
      rows: counts.repeatedRows,
      conflicting: counts.conflicting,
      examples: counts.repeatedKeys === 0 ? [] : await examples('repeated'),
    },
    rows: { total: counts.rows, matched: counts.matchedRows },
    keys: { total: counts.keys, matched: counts.matchedKeys },
    withoutKey: counts.withoutKey,
    unmatchedLeft: left,
    unmatchedRight: right,
    before,
    after,
    unchecked: { rows: counts.uncheckedRows, revenue: counts.uncheckedRevenue },
    state: counts.matchedKeys === 0 ? 'nothingFits' : isRefused && plan.mustBeUnique ? 'withoutRepeated' : 'joined',
    treatment: treatmentOf(plan, counts, option),
    choice: plan.choice !== null && counts.conflicting > 0 ? plan.choice : null,
    repair: left.keys > 0 && right.keys > 0 ? await findRepair(database, sources, plan, options) : null,
  }
}

function treatmentOf(plan: JoinPlan, counts: z.infer<typeof countsSchema>, option: string | undefined): string {
  if (counts.matchedKeys === 0) return 'No key of one table is found in the other'
  if (!plan.mustBeUnique)
    return counts.repeatedKeys === 0 ? 'Compared key by key' : 'Summed by key before it is compared'
  if (counts.repeatedKeys === 0) return 'Joined: every key stands once'
  if (counts.conflicting === 0) return 'Joined once: rows of a repeated key say the same'
  switch (option) {
    case 'first':
      return 'Joined once: of a repeated key the first row counts'
    case 'sum':
      return 'Joined once: the different rates of a repeated key are added'
    default:
      return 'Keys whose rows differ are not joined: lines would multiply'
  }
}
