import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkTable } from '../../../main/engine/checks/checkTable'
import { Lanes } from '../../../main/engine/checks/lanes'
import { type ImportFolder, importFolder } from '../import/importFolder'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

test('looking at a table stops when it is cancelled', async () => {
  const stopped = new AbortController()
  const looking = files.work(async ({ connection }) => {
    await connection.run(
      "CREATE TABLE big AS SELECT range AS source_row, DATE '2023-01-01' + (range % 365)::INTEGER AS day, range AS price FROM range(3000000)",
    )
    setTimeout(() => stopped.abort(), 5)
    return checkTable(
      {
        schema: 'main',
        name: 'big',
        kind: 'orders',
        rows: 3_000_000,
        findings: [],
        columns: [
          { name: 'day', type: 'date', role: 'orderedAt', distinct: 365, missing: 0 },
          { name: 'price', type: 'integer', role: 'revenue', distinct: 3_000_000, missing: 0 },
        ],
      },
      { lanes: new Lanes(connection), signal: stopped.signal },
    )
  })
  await expect(looking).rejects.toMatchObject({ code: 'cancelled' })
})
