import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from './importFolder'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

/** Order lines with a 20-digit customer, leading zeros, a gap, accents and quotes inside a text. */
const lines = Array.from({ length: 40 }, (_, at) => ({
  customer_id: `1234567890123456789${at % 7}`,
  order_id: `00${100 + Math.floor(at / 2)}`,
  order_date: `2024-0${1 + (at % 3)}-${10 + (at % 19)}`,
  product: at % 5 === 0 ? null : `Café "${at % 4}", grande`,
  quantity: 1 + (at % 3),
  unit_price: 2.5 + at / 4,
}))
const names = Object.keys(lines[0] ?? {}) as (keyof (typeof lines)[number])[]
const asCsv = (): string => {
  const cell = (value: string | number | null): string =>
    value === null ? '' : `"${String(value).replaceAll('"', '""')}"`
  return `${names.join(',')}\n${lines.map((line) => names.map((name) => cell(line[name])).join(',')).join('\n')}\n`
}
/** The customer as a bare number of twenty digits, which JSON allows and JSON.parse would round. */
const record = (line: (typeof lines)[number]): string =>
  JSON.stringify(line).replace(/"customer_id":"(\d+)"/, '"customer_id":$1')

async function parquet(name: string, select: string): Promise<string> {
  const path = join(files.folder, name)
  await files.ask(`COPY (${select}) TO '${path}' (FORMAT parquet)`)
  return path
}

describe('the same table in another format', () => {
  test.each([
    { name: 'lines.ndjson', content: () => lines.map(record).join('\n') },
    { name: 'lines.json', content: () => `[${lines.map(record).join(',\n ')}]` },
    { name: 'bom.json', content: () => `\uFEFF[${lines.map(record).join(',')}]` },
    { name: 'packed.json.gz', content: () => gzipSync(lines.map(record).join('\n')) },
    { name: 'wrapped.json', content: () => `{"status": "ok", "data": [${lines.map(record).join(',')}]}` },
  ])('$name gives the same cells, types and roles', async ({ name, content }) => {
    const csv = await files.import(files.file('lines.csv', asCsv()))
    const other = await files.import(files.file(name, content()))
    expect(other.rows).toEqual(csv.rows)
    expect(other.read.columns.map(({ name: column, type }) => [column, type])).toEqual(
      csv.read.columns.map(({ name: column, type }) => [column, type]),
    )
    expect(other.description.recognised).toEqual(csv.description.recognised)
    expect(other.description.recognised.kind).toBe('orders')
    expect(other.description.choices).toEqual([])
    expect(other.values('customer_id')[3]).toBe('12345678901234567893')
  })

  test('Parquet with types of its own gives the same cells and roles, and ids stay text', async () => {
    const csv = await files.import(files.file('lines.csv', asCsv()))
    const path = await parquet(
      'lines.parquet',
      `SELECT CAST(customer_id AS UBIGINT) AS customer_id, order_id, CAST(order_date AS DATE) AS order_date, product,
         CAST(quantity AS BIGINT) AS quantity, CAST(unit_price AS DOUBLE) AS unit_price
       FROM read_csv('${join(files.folder, 'lines.csv')}', all_varchar = true)`,
    )
    const other = await files.import(path)
    expect(other.rows).toEqual(csv.rows)
    expect(other.description.recognised).toEqual(csv.description.recognised)
    expect(other.column('customer_id').type).toBe('id')
    expect(other.column('order_date').type).toBe('date')
    expect(other.sha256).toMatch(/^[0-9a-f]{64}$/)
  })
})

test('a list inside one record of more than 16 MB', async () => {
  const filler = 'x'.repeat(2000)
  const records = Array.from({ length: 9000 }, (_, at) => `{"user_id":"u${at}","note":"${filler}"}`)
  const { rows } = await files.import(files.file('big.json', `{"count": 9000, "users": [${records.join(',')}]}`))
  expect(rows).toHaveLength(9000)
  expect(rows[8999]?.[0]).toBe('u8999')
})

test('types of a Parquet file: booleans are flags, whole floats are whole, times keep their zone, lists become text', async () => {
  const path = await parquet(
    'types.parquet',
    `SELECT 17850::DOUBLE AS customer_id, i % 2 = 0 AS clicked, 1.234::DECIMAL(9,3) AS price, [i, 2] AS tags,
       TIMESTAMPTZ '2024-01-01 23:30:00-02' AS seen_at, TIMESTAMP '2024-01-01 23:30:00' AS local_time, 'x'::BLOB AS mark
     FROM range(4) AS numbers(i)`,
  )
  const { rows, read, findings, description } = await files.import(path)
  expect(rows[0]).toEqual(['17850', 1, 1.234, '[0,2]', '2024-01-02 01:30:00', '2024-01-01 23:30:00', 'x'])
  expect(read.columns.map(({ type }) => type)).toEqual([
    'id',
    'flag',
    'decimal',
    'text',
    'timestamp',
    'timestamp',
    'text',
  ])
  expect(findings).toMatchObject({ nested: 4 })
  // 1.234 is a number in the file: nobody has to say whether it is above a thousand.
  expect(description.choices).toEqual([])
})

test('nested values of JSON become text with a finding, true and false become flags, keys that come late count', async () => {
  const { rows, read, findings } = await files.import(
    files.file(
      'odd.ndjson',
      '{"user_id":"a","a/b~":1.5,"ok":true}\n{"user_id":"b","ok":false,"tags":["x",{"y":1}],"Ok":2}\n',
    ),
  )
  expect(read.columns.map(({ name }) => name)).toEqual(['user_id', 'a/b~', 'ok', 'tags', 'Ok 2'])
  expect(rows).toEqual([
    ['a', 1.5, 1, null, null],
    ['b', null, 0, '["x",{"y":1}]', 2],
  ])
  expect(findings).toMatchObject({ nested: 1 })
})

describe('broken files are refused with the place and a remedy', () => {
  test.each([
    { name: 'broken.ndjson', content: '{"a":1}\n{"a":2\n{"a":3}\n', says: /broken JSON: line 3 breaks it/, row: 3 },
    { name: 'cut.json', content: '[{"a":1},{"a":2},{"a":3', says: /broken JSON: record 4 breaks it/, row: 4 },
    { name: 'lists.json', content: '[[1,2],[3,4]]', says: /no table: record 1 has no names/, row: 1 },
    { name: 'none.json', content: '[]', says: /without any record/, row: undefined },
    { name: 'wide.json', content: Buffer.from('\uFEFF[{"a":1}]', 'utf16le'), says: /UTF-16/, row: undefined },
  ])('$name', async ({ name, content, says, row }) => {
    const path = files.file(name, content)
    const error = await files.refusal(path)
    expect(error.code).toBe('bad-file')
    expect(error.message).toMatch(says)
    expect(error.hint).not.toBe('')
    expect(error.where).toMatchObject({ file: path, ...(row === undefined ? {} : { row }) })
  })

  test('Parquet that is cut off', async () => {
    const whole = await parquet('whole.parquet', 'SELECT i AS id, i * 2 AS amount FROM range(5000) AS numbers(i)')
    const cut = join(files.folder, 'cut.parquet')
    writeFileSync(cut, readFileSync(whole).subarray(0, 4000))
    const error = await files.refusal(cut)
    expect(error.code).toBe('bad-file')
    expect(error.message).toMatch(/damaged Parquet file/)
  })
})
