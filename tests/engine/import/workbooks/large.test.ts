import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importTable } from '../../../../main/engine/import/importTable'
import { type ImportFolder, importFolder } from '../importFolder'
import { rawWorkbook } from './rawWorkbook'

const rows = 1_048_576
let files: ImportFolder
let path: string
beforeAll(async () => {
  files = await importFolder()
  path = files.file(
    'full.xlsx',
    rawWorkbook({ sheet: fullSheet(), formats: [14], strings: '<si><t>even</t></si><si><t>odd</t></si>' }),
  )
})
afterAll(() => files.remove())

/** As many rows as a sheet can have: the row's number, one of two words, a day. */
function fullSheet(): Buffer {
  const pieces = [
    '<?xml version="1.0"?><worksheet><sheetData><row r="1"><c t="str"><v>n</v></c><c t="str"><v>word</v></c><c t="str"><v>day</v></c></row>',
  ]
  for (let row = 2; row <= rows; row += 1)
    pieces.push(
      `<row r="${row}"><c><v>${row}</v></c><c t="s"><v>${row % 2}</v></c><c s="1"><v>${43_466 + (row % 365)}</v></c></row>`,
    )
  pieces.push('</sheetData></worksheet>')
  return Buffer.from(pieces.join(''))
}

const read = {
  format: 'xlsx',
  sheet: 'Data',
  headerRow: 1,
  columns: [
    { name: 'n', type: 'integer' },
    { name: 'word', type: 'text' },
    { name: 'day', type: 'date', format: 'yyyy-MM-dd' },
  ],
} as const

test('as many rows as a sheet can have arrive, every one of them', async () => {
  const source = { path, read: { ...read, columns: [...read.columns] } }
  const imported = await files.work((work) => importTable(source, { schema: 'main', table: 'whole' }, work))
  expect(imported).toMatchObject({ rows: rows - 1, unreadable: [] })
  // 2 + 3 + … + 1,048,576 = 1,048,576 × 1,048,577 / 2 − 1
  expect(
    await files.ask(
      "SELECT sum(n)::VARCHAR, count(*) FILTER (word = 'odd')::INTEGER, min(day)::VARCHAR, max(day)::VARCHAR, bool_and(n = source_row + 1) FROM whole",
    ),
  ).toEqual([['549756338175', rows / 2 - 1, '2019-01-01', '2019-12-31', true]])
})

test('while a workbook is read the engine answers, and a cancel takes hold at once', async () => {
  const abort = new AbortController()
  let hasProgress: () => void = () => undefined
  const begun = new Promise<void>((resolve) => {
    hasProgress = resolve
  })
  const reading = files
    .describe(path, { signal: abort.signal, onProgress: ({ note }) => note.includes('rows') && hasProgress() })
    .catch((error: unknown) => error)
  await begun
  // Ten looks at the clock between which the thread was free each time.
  let turns = 0
  for (; turns < 10; turns += 1) await sleep(1)
  expect(await files.ask('SELECT 42')).toEqual([[42]])
  abort.abort()
  expect(await reading).toMatchObject({ code: 'cancelled' })
  expect(turns).toBe(10)
})
