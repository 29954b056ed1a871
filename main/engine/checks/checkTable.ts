import type { Finding } from '../../../shared/description'
import { amountChecks } from './amountChecks'
import { type Check, type CheckContext, type CheckedTable, openWork } from './checkedTable'
import { idAndTextChecks } from './idAndTextChecks'
import { rowChecks } from './rowChecks'
import { timeChecks } from './timeChecks'

/** Checks that belong together, and what they can say. */
export interface CheckFamily {
  readonly checks: readonly Check[]
  /** The ids of their findings. */
  readonly says: readonly string[]
  /** What a finding explains: the others say the same about its column again. */
  readonly explains: Readonly<Record<string, readonly string[]>>
}

const families: readonly CheckFamily[] = [rowChecks, timeChecks, amountChecks, idAndTextChecks]

/** Ids of everything that is said here, so that an earlier look at a table can be replaced. */
export const contentFindings: ReadonlySet<string> = new Set([
  ...families.flatMap(({ says }) => says),
  // Said of tables of which not every column is looked at.
  'tooManyColumns',
])

const rank: Readonly<Record<Finding['severity'], number>> = { serious: 0, warning: 1, info: 2 }

/**
 * Looks at the contents of an imported table, after reading has settled the types. Serious findings first, at most
 * one a check and column. It reads every row once or twice and settles the rest in a sample of about a million.
 * @throws AppError `cancelled`.
 */
export async function checkTable(table: CheckedTable, context: CheckContext): Promise<Finding[]> {
  if (table.rows === 0) return []
  const work = openWork(table, context)
  const found: Finding[] = []
  for (const { checks } of families) for (const check of checks) found.push(...(await check(work)))
  const explained = (id: string): readonly string[] => families.flatMap(({ explains }) => explains[id] ?? [])
  const told = new Set(found.flatMap(({ id, column }) => explained(id).map((other) => `${other} ${column}`)))
  return found
    .filter(({ id, column }) => !told.has(`${id} ${column}`))
    .sort((one, other) => rank[one.severity] - rank[other.severity])
}
