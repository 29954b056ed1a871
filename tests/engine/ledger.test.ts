import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { casebookSchema } from '../../main/engine/analysisRunner'
import { Database } from '../../main/engine/database'
import { ledgerRowsStatement, readLedger } from '../../main/engine/ledger'
import type { MappedSource } from '../../main/engine/mapping'
import { ordersView } from '../../main/engine/orderLines'
import { roleViewStatements } from '../../main/engine/roleViews'
import { readRows } from '../../main/engine/tablePages'
import { raw } from '../../shared/sql'

function orderFile(name: string, rows: number): MappedSource {
  return {
    source: {
      name,
      path: `${name}.csv`,
      read: {
        format: 'csv',
        headerRow: 1,
        columns: [
          { name: 'day', type: 'text' },
          { name: 'amount', type: 'decimal' },
        ],
      },
      seen: { sha256: name, bytes: 1, rows, columns: [] },
    },
    kind: 'orders',
    roles: { orderedAt: 'day', revenue: 'amount' },
  }
}

/** Two order files: 3 + 2 rows worth 10 + 20 + 30 and 5 + 7; one row of each has no date. */
async function withLedgerDatabase(
  work: (database: Database, sources: readonly MappedSource[]) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-ledger-'))
  const database = await Database.open({ path: ':memory:', tempFolder: folder, locked: true, threads: 1 })
  const sources = [orderFile('january', 3), orderFile('february', 2)]
  try {
    await database.transaction([
      ...casebookSchema,
      raw(
        `CREATE TABLE raw.january AS SELECT * FROM (VALUES (1, '2024-01-01', 10.0), (2, 'soon', 20.0), (3, '2024-01-03', 30.0)) AS t(source_row, day, amount)`,
      ),
      raw(
        `CREATE TABLE raw.february AS SELECT * FROM (VALUES (1, '2024-02-01', 5.0), (2, 'later', 7.0)) AS t(source_row, day, amount)`,
      ),
      ...roleViewStatements(sources, { discount: 'fraction', tax: 'fraction' }),
      ordersView(sources, {
        discount: 'none',
        delivery: 'everyLine',
        orderIdentity: 'orderId',
        orderRule: 'line',
        returns: 'keep',
        revenueView: 'gross',
      }),
    ])
    await work(database, sources)
  } finally {
    database.close()
    await database.closed
    rmSync(folder, { recursive: true, force: true })
  }
}

test('rows without a date are counted with their money and can be opened, from every file', () =>
  withLedgerDatabase(async (database, sources) => {
    // In: 72 on 5 rows. Without a date: 20 + 7 on 2 rows. Used: 45 on 3 rows.
    const ledger = await readLedger(database, sources)
    expect(ledger).toMatchObject({ rowsIn: 5, rowsUsed: 3, grossIn: 72, grossOut: 45, balances: true })
    expect(ledger.entries).toContainEqual({
      id: 'noDate',
      label: 'without a readable date',
      rows: 2,
      effect: 'removed',
      gross: -27,
      openable: true,
    })
    const statement = ledgerRowsStatement('noDate', sources)
    if (statement === undefined) throw new Error('rows without a date can be opened')
    const { rows } = await readRows(database, statement)
    expect(rows).toEqual([
      ['january', 2, 'soon', 20],
      ['february', 2, 'later', 7],
    ])
  }))

test.each([
  ['multiplies', 'INSERT INTO prepared.order_lines SELECT * FROM prepared.order_lines WHERE gross = 5', -1],
  ['loses', 'DELETE FROM prepared.order_lines WHERE gross = 5', 1],
])('a join that %s a row does not balance', (_what, damage, rows) =>
  withLedgerDatabase(async (database, sources) => {
    await database.run(raw(damage))
    const ledger = await readLedger(database, sources)
    expect(ledger.balances).toBe(false)
    expect(ledger.entries.find((entry) => entry.id === 'lostInJoins')?.rows).toBe(rows)
  }),
)
