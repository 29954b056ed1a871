import { z } from 'zod'
import { keyAlike } from '../../shared/formula/formulaFunctions'
import type { JoinRepair } from '../../shared/joins'
import { raw, type Sql, sql } from '../../shared/sql'
import type { Database, QueryOptions } from './database'
import type { JoinPlan } from './joinPlans'
import { columnOf, type MappedSource } from './mapping'

/** Ways in which one key is written twice, the mildest first. */
const spellings: readonly { readonly reason: string; readonly alike: (key: Sql) => Sql }[] = [
  { reason: 'Blanks and capitals', alike: (key) => sql`lower(trim(${key}))` },
  { reason: 'A .0 behind the number', alike: (key) => sql`regexp_replace(${key}, '\\.0+$', '')` },
  { reason: 'Leading zeros', alike: (key) => sql`regexp_replace(${key}, '^0+(.)', '\\1')` },
  { reason: 'Different spellings', alike: keyAlike },
]

/** The spelling that keeps keys of two tables apart, when writing them alike makes them meet and merges none. */
export async function findRepair(
  database: Database,
  sources: readonly MappedSource[],
  plan: JoinPlan,
  options: QueryOptions,
): Promise<JoinRepair | null> {
  if (plan.repairs.length === 0) return null
  for (const { reason, alike } of spellings) {
    const found = await meetings(database, plan, alike, options)
    if (found.keys === 0 || found.one === null || found.other === null) continue
    const columns = plan.repairs.flatMap(({ view, role }) =>
      sources.flatMap((mapped) => {
        const column = mapped.kind === view ? columnOf(mapped, role) : undefined
        return column === undefined
          ? []
          : [{ table: mapped.source.name, role, name: `${column} key`, formula: `key([${column}])` }]
      }),
    )
    return { reason: `${reason}: ${found.one} and ${found.other}`, keys: found.keys, columns }
  }
  return null
}

const meetingSchema = z.object({ keys: z.number(), one: z.string().nullable(), other: z.string().nullable() })

/** Unmatched keys that meet when written alike; none when that would make one of two keys of a table. */
async function meetings(
  database: Database,
  plan: JoinPlan,
  alike: (key: Sql) => Sql,
  options: QueryOptions,
): Promise<z.infer<typeof meetingSchema>> {
  const key = raw('key')
  const [row] = await database.query(
    meetingSchema,
    sql`
      WITH left_keys AS (SELECT DISTINCT key, ${alike(key)} AS alike FROM (${plan.leftRows}) WHERE key IS NOT NULL),
      right_keys AS (SELECT DISTINCT key, ${alike(key)} AS alike FROM (${plan.rightRows}) WHERE key IS NOT NULL),
      meeting AS (
        SELECT left_keys.key AS one, right_keys.key AS other FROM left_keys JOIN right_keys ON left_keys.alike = right_keys.alike
        WHERE left_keys.key NOT IN (SELECT key FROM right_keys)
      ), merged AS (
        SELECT (SELECT count(*) - count(DISTINCT alike) FROM left_keys) + (SELECT count(*) - count(DISTINCT alike) FROM right_keys) AS keys
      )
      SELECT
        CASE WHEN (SELECT keys FROM merged) = 0 THEN count(DISTINCT one) ELSE 0 END::DOUBLE AS keys,
        min(one) AS one, min_by(other, one) AS other
      FROM meeting`,
    options,
  )
  return row ?? { keys: 0, one: null, other: null }
}
