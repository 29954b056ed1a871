import type { Finding } from '../../../shared/description'
import { together } from '../together'
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
  const checks = families.flatMap((family) => family.checks)
  const found = await together<Finding[][]>(context.signal, (signal) => {
    const work = openWork(table, { ...context, signal })
    return checks.map((check) => check(work))
  }).then((each) => each.flat())
  const explained = (id: string): readonly string[] => families.flatMap(({ explains }) => explains[id] ?? [])
  const told = new Set(found.flatMap(({ id, column }) => explained(id).map((other) => `${other} ${column}`)))
  return found
    .filter(({ id, column }) => !told.has(`${id} ${column}`))
    .sort((one, other) => rank[one.severity] - rank[other.severity])
}
