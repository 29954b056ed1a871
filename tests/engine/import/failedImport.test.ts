import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Database } from '../../../main/engine/database'
import { importTable } from '../../../main/engine/import/importTable'
import { bothOf, type ImportWork } from '../../../main/engine/import/work'
import type { ReadOptions } from '../../../shared/project'

let folder: string
let database: Database
let large: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'casebook-cancel-'))
  database = await Database.open({ path: ':memory:', tempFolder: join(folder, 'temp'), locked: false })
  const line = (index: number): string =>
    `${index},customer ${index % 9973},2024-01-${(index % 28) + 10},${index % 100}.25`
  const lines = Array.from({ length: 400_000 }, (_, index) => line(index)).join('\n')
  large = join(folder, 'large.csv')
  writeFileSync(large, `id,customer,day,amount\n${lines}\n`)
})
afterAll(async () => {
  database.close()
  await database.closed
  rmSync(folder, { recursive: true, force: true })
})

function workUntil<Answer>(signal: AbortSignal, run: (work: ImportWork) => Promise<Answer>): Promise<Answer> {
  return database.withConnection((connection) =>
    run({ connection, signal, tempFolder: join(folder, 'temp'), onProgress: () => undefined }),
  )
}

async function leftBehind(): Promise<unknown[]> {
  const tables = await database.withConnection((connection) =>
    connection.runAndReadAll('SELECT table_name FROM duckdb_tables()'),
  )
  return [...tables.getRowsJS().flat(), ...readdirSync(join(folder, 'temp')).filter((name) => name.endsWith('.csv'))]
}

const asText: ReadOptions = {
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ',',
  headerRow: 1,
  columns: ['id', 'customer', 'day', 'amount'].map((name) => ({ name, type: 'text' })),
}

describe('a cancelled import', () => {
  test('leaves the table of before alone when the caller rolls back', async () => {
    const control = new AbortController()
    await workUntil(control.signal, async (work) => {
      const { connection } = work
      await connection.run('CREATE TABLE kept AS SELECT 1 AS n')
      await connection.run('BEGIN')
      setTimeout(() => control.abort(), 40)
      const into = { schema: 'main', table: 'half' }
      const answer = importTable({ path: large, read: asText }, into, work)
      await expect(answer).rejects.toMatchObject({ code: 'cancelled' })
      await connection.run('ROLLBACK').catch(() => undefined)
    })
    expect(await leftBehind()).toEqual(['kept'])
    await database.withConnection((connection) => connection.run('DROP TABLE kept'))
  })
})

describe('a failure', () => {
  test('of an import leaves no table', async () => {
    const path = join(folder, 'short.csv')
    writeFileSync(path, 'a,b\n1,2\n3,4,5\n')
    const read: ReadOptions = { ...asText, columns: ['a', 'b'].map((name) => ({ name, type: 'text' })) }
    const answer = workUntil(new AbortController().signal, (work) =>
      importTable({ path, read }, { schema: 'main', table: 'half' }, work),
    )
    await expect(answer).rejects.toMatchObject({ code: 'bad-file', where: { file: path } })
    expect(await leftBehind()).toEqual([])
  })

  test('of one half stops the other half, waits for it and is the error that is told', async () => {
    const seen: string[] = []
    const answer = workUntil(new AbortController().signal, (work) =>
      bothOf(
        work,
        async () => {
          throw new Error('the disk is gone')
        },
        ({ signal }) =>
          new Promise<void>((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              setTimeout(() => {
                seen.push('stopped')
                reject(new Error('cancelled'))
              }, 20)
            })
          }),
      ),
    )
    await expect(answer).rejects.toThrow('the disk is gone')
    expect(seen).toEqual(['stopped'])
  })
})
