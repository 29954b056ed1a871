// A program of its own, so that its memory is that of one reader alone: node readWorkbook.js <reader> <workbook>.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { read } from '@e965/xlsx'
import { streamXlsxRows } from 'hucre/xlsx'
import { Database } from '../../main/engine/database'
import { importTable } from '../../main/engine/import/importTable'
import { largeColumns } from './largeWorkbook'

const readers: Readonly<Record<string, (path: string) => Promise<number>>> = {
  casebook: importWorkbook,
  hucre: async (path) => {
    let rows = 0
    for await (const _row of streamXlsxRows(readFileSync(path), { sheet: 'Data' })) rows += 1
    return rows - 1
  },
  sheetjs: async (path) =>
    (read(readFileSync(path), { type: 'buffer', dense: true }).Sheets['Data']?.['!data']?.length ?? 0) - 1,
}

/** From the file to a typed table in a database file. */
async function importWorkbook(path: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-bench-'))
  const database = await Database.open({ path: join(folder, 'ours.duckdb'), tempFolder: folder, locked: false })
  try {
    return await database.withConnection(async (connection) => {
      const work = { signal: new AbortController().signal, onProgress: () => undefined, connection, tempFolder: folder }
      const columns = largeColumns.map((column) => ({ ...column }))
      const source = { path, read: { format: 'xlsx' as const, sheet: 'Data', headerRow: 1, columns } }
      const { rows, unreadable } = await importTable(source, { schema: 'main', table: 'orders' }, work)
      if (unreadable.length > 0) throw new Error(JSON.stringify(unreadable))
      return rows
    })
  } finally {
    database.close()
    await database.closed
    rmSync(folder, { recursive: true, force: true })
  }
}

const [reader = '', path = ''] = process.argv.slice(2)
const started = performance.now()
const rows = await readers[reader]?.(path)
const seconds = (performance.now() - started) / 1000
// Kilobytes, of the whole process with all its threads.
console.log(JSON.stringify({ rows, seconds, peakMb: process.resourceUsage().maxRSS / 1024 }))
