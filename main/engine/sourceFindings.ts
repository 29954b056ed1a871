import { z } from 'zod'
import type { Finding } from '../../shared/description'
import { tableKinds } from '../../shared/roles'
import { ident, join, raw, type Sql, sql } from '../../shared/sql'
import type { Database } from './database'
import type { MappedSource } from './mapping'
import { rawTable } from './viewParts'

/** Above this many rows tables are not compared row by row. */
const comparedRows = 3_000_000
const leastRows = 20

/**
 * What the tables of a project say of each other, whatever they hold.
 *
 * - Rows that stand in two tables of one kind with the same columns (twenty, or 1 % of the smaller): parts that overlap.
 * - A table with the columns of another but for one or two, and taken for another kind: a part whose column was renamed.
 */
export async function readSourceFindings(
  database: Database,
  sources: readonly MappedSource[],
  signal?: AbortSignal,
): Promise<Finding[]> {
  const overlaps: Finding[] = []
  for (const group of alike(sources)) overlaps.push(...(await overlapsIn(database, group, signal)))
  return [...overlaps, ...renamedParts(sources)]
}

const namesOf = ({ source }: MappedSource): string[] => source.read.columns.map(({ name }) => name)

/** Tables of one kind with the same columns. The steps of a funnel have the same persons on purpose. */
function alike(sources: readonly MappedSource[]): MappedSource[][] {
  const groups = new Map<string, MappedSource[]>()
  for (const mapped of sources) {
    if (mapped.kind === 'steps' || mapped.source.seen.rows > comparedRows) continue
    const key = `${mapped.kind} ${namesOf(mapped).sort().join('\t').toLowerCase()}`
    groups.set(key, [...(groups.get(key) ?? []), mapped])
  }
  return [...groups.values()].filter((group) => group.length > 1 && group.length <= 40)
}

async function overlapsIn(
  database: Database,
  group: readonly MappedSource[],
  signal: AbortSignal | undefined,
): Promise<Finding[]> {
  const columns = namesOf(group[0] as MappedSource).sort()
  const cells = join(
    columns.map((name) => sql`CAST(${ident(name)} AS VARCHAR)`),
    ', ',
  )
  const rows: Sql = join(
    group.map(
      ({ source }, index) =>
        sql`SELECT ${raw(String(index))} AS part, hash(${cells}) AS row FROM ${rawTable(source.name)}`,
    ),
    ' UNION ALL ',
  )
  const shared = await database.query(
    z.object({ one: z.number(), other: z.number(), rows: z.number() }),
    sql`
      WITH different_rows AS (
        SELECT DISTINCT part, row FROM (${rows})
      ), shared AS (
        SELECT min(part) AS one, max(part) AS other FROM different_rows GROUP BY row HAVING count(*) > 1
      )
      SELECT one::INTEGER AS one, other::INTEGER AS other, count(*)::DOUBLE AS rows FROM shared GROUP BY 1, 2 ORDER BY 1, 2`,
    { signal },
  )
  return shared.flatMap(({ one, other, rows: count }) => {
    const [first, second] = [group[one]?.source, group[other]?.source]
    if (first === undefined || second === undefined) return []
    const smaller = Math.min(first.seen.rows, second.seen.rows)
    if (count < Math.min(leastRows, Math.max(1, smaller * 0.01))) return []
    return [
      {
        id: 'rowsInBoth',
        severity: 'serious' as const,
        table: second.name,
        column: null,
        title:
          count >= smaller * 0.98
            ? `All rows stand in ${first.name} as well: the same file twice`
            : `Rows that stand in ${first.name} as well: the two overlap`,
        count,
        unit: 'rows',
        examples: [],
        treatment: 'Counted in both, so twice: take them out of one of the two, or remove one',
      },
    ]
  })
}

/** Of two tables with nearly the same columns the one whose kind other columns speak against. */
function renamedParts(sources: readonly MappedSource[]): Finding[] {
  return sources.flatMap((mapped, index) => {
    const own = new Set(namesOf(mapped).map((name) => name.toLowerCase()))
    const like = sources.slice(0, index).find((other) => {
      const names = namesOf(other)
      const common = names.filter((name) => own.has(name.toLowerCase())).length
      return (
        other.kind !== mapped.kind &&
        other.kind !== 'steps' &&
        common >= 2 &&
        common < names.length &&
        common >= Math.max(own.size, names.length) * 0.6
      )
    })
    if (like === undefined) return []
    const known = new Set(namesOf(like).map((name) => name.toLowerCase()))
    const others = namesOf(mapped).filter((name) => !known.has(name.toLowerCase()))
    return [
      {
        id: 'renamedPart',
        severity: 'serious' as const,
        table: mapped.source.name,
        column: others[0] ?? null,
        title: `The columns of ${like.source.name} but for ${others.join(', ') || 'some that are missing here'}, yet taken for another kind`,
        count: mapped.source.seen.rows,
        unit: 'rows',
        examples: others,
        treatment: `Taken for ${tableKinds[mapped.kind].toLowerCase()} while ${like.source.name} is ${tableKinds[like.kind].toLowerCase()}: rename the column, or choose kind and roles`,
      },
    ]
  })
}
