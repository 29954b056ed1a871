import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { workbookFile } from './import/workbookFile'
import { quiet } from './smallShop'
import { type TextProject, textProject } from './textProject'

/** Runs a script in a database that has never seen the project. */
async function answersOf(folder: string, questions: readonly string[]): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  try {
    await connection.run(`SET file_search_path = '${folder}'`)
    await connection.run(readFileSync(join(folder, 'steps.sql'), 'utf8'))
    const answers: unknown[] = []
    for (const question of questions) answers.push((await connection.runAndReadAll(question)).getRowsJS())
    return answers
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

async function shop(): Promise<TextProject> {
  const days = Array.from({ length: 60 }, (_, index) => `2024-0${1 + (index % 3)}-${10 + (index % 18)}`)
  const project = await textProject(
    {
      sales: {
        lines: [
          'order_id,order_date,customer_id,category,quantity,unit_price',
          ...days.map(
            (day, index) => `o${index},${day},c${index % 7},${index % 2 === 0 ? 'Toys' : 'Books'},2,${index}.50`,
          ),
          'o1,2024-02-11,c1,Books,2,1.50',
        ],
      },
      people: {
        lines: [
          'customer_id;email;phone',
          ...Array.from({ length: 9 }, (_, i) => `c${i};p${i}@example.org;+34600100${100 + i}`),
        ],
      },
    },
    { choices: {} },
  )
  const rates = join(project.folder, '..', 'files', 'rates.xlsx')
  writeFileSync(
    rates,
    workbookFile([
      {
        name: 'GST',
        rows: [
          ['Category', 'GST'],
          ['Toys', 0.1],
          ['Books', 0.2],
        ],
      },
    ]),
  )
  await project.engine.addSources({ sources: [{ path: rates }] }, quiet)
  await project.engine.deriveColumn({ source: 'sales', name: 'worth', formula: 'quantity * unit_price' }, quiet)
  await project.engine.acceptFinding({ table: 'sales', id: 'repeatedRows', column: null, action: 'leaveOut' }, quiet)
  await project.engine.saveView(
    { name: 'By category', sql: 'SELECT category, sum(revenue)::DOUBLE AS r FROM orders GROUP BY 1 ORDER BY 1' },
    quiet,
  )
  return project
}

const questions = [
  'SELECT count(*)::INTEGER, sum(gross)::DOUBLE, sum(invoice)::DOUBLE, count(DISTINCT customer)::INTEGER FROM orders',
  'SELECT max(source_row)::INTEGER, sum(worth)::DOUBLE FROM raw.sales',
  'SELECT * FROM "By category"',
  'SELECT count(*)::INTEGER FROM calendar',
]

test('the steps run by themselves in DuckDB and give the same figures', async () => {
  const project = await shop()
  const to = join(project.folder, '..', 'recipe')
  const written = await project.engine.exportScript({ to }, quiet)
  // The workbook's table stands beside the script; the text file is read from where it is, and contacts are left out.
  expect(written.files.map(({ path }) => path)).toEqual([join(to, 'steps.sql'), join(to, '1.parquet')])
  const wanted = []
  for (const question of questions) wanted.push(await project.rows(question))
  expect(wanted[0]?.[0]).toEqual([60, expect.any(Number), expect.any(Number), 7])
  expect(await answersOf(to, questions)).toEqual(wanted)
  const script = readFileSync(join(to, 'steps.sql'), 'utf8')
  expect(script).toMatch(/-- sales: sales\.csv, 61 rows, SHA-256 [0-9a-f]{64}/)
  expect(script).not.toContain('people')
})

test('a folder that is not empty is written into only when asked', async () => {
  const project = await shop()
  const to = join(project.folder, '..', 'files')
  await expect(project.engine.exportScript({ to }, quiet)).rejects.toMatchObject({ code: 'bad-parameter' })
  await project.engine.exportScript({ to, replace: true }, quiet)
})
