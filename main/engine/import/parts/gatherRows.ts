import { randomUUID } from 'node:crypto'
import { join, raw, type Sql, sql, toReadable } from '../../../../shared/sql'
import { type ImportWork, runCancellable } from '../work'

/** The rows of several files as one relation of texts `c0`, `c1` … and `part`. */
export interface GatheredRows {
  readonly relation: Sql
  drop(): Promise<void>
}

/** Above this number opening the files again for every look at them costs more than copying them. */
const mostOpened = 8

/** Puts selects of the same columns together: as they are when they are few and cheap, else in a temporary table. */
export async function gatherRows(
  selects: readonly Sql[],
  width: number,
  isCostly: boolean,
  work: ImportWork,
): Promise<GatheredRows> {
  if (selects.length <= mostOpened && !isCostly)
    return { relation: sql`(${join(selects, '\nUNION ALL\n')})`, drop: async () => undefined }
  const table = raw(`temp.main."parts_${randomUUID().replaceAll('-', '')}"`)
  const run = (statement: Sql): Promise<unknown> =>
    runCancellable(work, 'putting the files together', () => work.connection.run(toReadable(statement)))
  const drop = async (): Promise<void> => {
    await work.connection.run(toReadable(sql`DROP TABLE IF EXISTS ${table}`)).catch(() => undefined)
  }
  const columns = Array.from({ length: width }, (_, index) => raw(`c${index} VARCHAR`))
  try {
    await run(sql`CREATE TEMP TABLE ${table} (${join(columns, ', ')}, part INTEGER)`)
    for (const select of selects) await run(sql`INSERT INTO ${table} ${select}`)
  } catch (error) {
    await drop()
    throw error
  }
  return { relation: table, drop }
}
