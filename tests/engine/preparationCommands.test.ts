import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SmallShop, smallShop } from './smallShop'

let shop: SmallShop
let project: string

function casebook(...words: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { INIT_CWD: _caller, ...environment } = process.env
  return spawnSync(process.execPath, [resolve('scripts/casebook.mjs'), ...words], {
    cwd: shop.folder,
    encoding: 'utf8',
    env: { ...environment, INIT_CWD: shop.folder },
  })
}

beforeAll(() => {
  shop = smallShop()
  project = join(shop.folder, 'prepared')
  const customers = join(shop.folder, 'files', 'customers.csv')
  writeFileSync(customers, 'customer_id,gender\nc1,F\nc2,M\nc9,F\n')
  const made = casebook(
    'new',
    project,
    '--source',
    `sales=${shop.sales}`,
    shop.coupons,
    customers,
    '--zone',
    'europe/madrid',
  )
  expect(made.status).toBe(0)
})
afterAll(() => shop.remove())

describe('the commands that prepare data', () => {
  test('joins say what matches, list the keys, and write them alike', () => {
    const { joins } = JSON.parse(casebook('joins', project, '--json').stdout)
    const join = joins.find(({ id }: { id: string }) => id === 'orders-customers')
    expect(join).toMatchObject({ keys: { total: 2, matched: 0 }, state: 'nothingFits' })
    expect(join.repair.reason).toBe('Blanks and capitals: C1 and c1')
    expect(casebook('joins', project, '--keys', 'orders-customers:right').stdout).toBe('c1\t1\nc2\t1\nc9\t1\n')
    const repaired = casebook('joins', project, '--repair', 'orders-customers').stdout
    expect(repaired).toContain('2 of 2 keys match (100.0%)')
    expect(casebook('joins', project, '--keys', 'orders-customers').status).toBe(2)
  })

  test('files are cut by hand, when they are described, opened or later', () => {
    const file = join(shop.folder, 'files', 'odd.txt')
    writeFileSync(file, 'client:day\norder_id:order_date:revenue\na1:2024-05-01:5.00\na2:2024-05-03:6.00\n')
    const cut = ['--delimiter', ':', '--header', '2']
    const [described] = JSON.parse(casebook('describe', file, ...cut, '--json').stdout).files
    expect(described.tables[0].columns.map(({ name }: { name: string }) => name)).toEqual([
      'order_id',
      'order_date',
      'revenue',
    ])
    const odd = join(shop.folder, 'odd')
    const made = casebook(
      'new',
      odd,
      '--source',
      file,
      '--layout',
      'odd.delimiter=:',
      '--layout',
      'odd.header=2',
      '--json',
    )
    expect(JSON.parse(made.stdout).sources[0]).toMatchObject({
      rows: 2,
      layout: { wish: { delimiter: ':', headerRow: 2 } },
    })
    expect(casebook('layout', odd, 'odd', '--header', '1', '--delimiter', ':', '--preview').stdout).toContain(
      '2\torder_id\torder_date\trevenue\n',
    )
    expect(casebook('layout', odd, 'odd', '--header', '0', '--delimiter', ':').stdout).toMatch(/^4 rows: /)
    expect(casebook('layout', odd, 'odd', '--recognised').status).toBe(0)
    expect(casebook('layout', odd, 'odd', '--encoding', 'latin')).toMatchObject({ status: 2 })
    expect(casebook('layout', odd, 'odd').stderr).toContain('Say how the file is to be cut')
    expect(casebook('new', join(shop.folder, 'no'), '--source', file, '--layout', 'even.header=2').stderr).toContain(
      'There is no file "even" to be cut.',
    )
  })

  test('findings are listed, decided and taken back', () => {
    const listed = casebook('findings', project)
    expect(listed.stdout).toContain('can be decided: keep')
    const { findings } = JSON.parse(casebook('findings', project, '--json').stdout)
    const [first] = findings
    const place = [first.table, first.id, ...(first.column === null ? [] : [first.column])]
    expect(casebook('findings', project, ...place, '--do', 'keep').stdout).toContain('decided: keep')
    expect(casebook('findings', project, ...place, '--reopen').stdout).toContain('can be decided: keep')
    expect(casebook('findings', project, ...place, '--do', 'remove')).toMatchObject({ status: 2 })
    const unknown = casebook('findings', project, first.table, `${first.id}x`)
    expect(unknown).toMatchObject({ status: 2 })
    expect(unknown.stderr).toContain(`Did you mean "${first.id}"?`)
    expect(casebook('findings', project, '--do', 'keep').status).toBe(2)
  })

  test('read shows how a column would be read, and reads it so', () => {
    const place = ['read', project, 'sales', 'quantity']
    const preview = casebook(...place, '--as', 'text', '--preview')
    expect(preview.stdout).toContain('0 of the first 3 rows cannot be read so.')
    const state = JSON.parse(casebook(...place, '--as', 'number', '--decimal', ',', '--json').stdout).state
    const sales = state.sources.find(({ name }: { name: string }) => name === 'sales')
    expect(sales.columns.find(({ name }: { name: string }) => name === 'quantity').wish).toEqual({
      as: 'number',
      decimal: ',',
    })
    expect(casebook(...place, '--recognised').status).toBe(0)
    expect(casebook(...place, '--as', 'dates').status).toBe(2)
    expect(casebook('read', project, 'sales', 'quantities', '--as', 'text').status).toBe(3)
  })

  test('derive makes a column, and says where a formula is wrong', () => {
    const wrong = casebook('derive', project, 'sales', 'worth', 'quantity * unit_prize')
    expect(wrong.status).toBe(2)
    expect(wrong.stderr).toContain('  Did you mean unit_price?\n  quantity * unit_prize\n             ^^^^^^^^^^\n')
    const preview = casebook('derive', project, 'sales', 'worth', 'quantity * unit_price', '--preview', '--json')
    expect(JSON.parse(preview.stdout)).toMatchObject({ preview: { total: 3, empty: 0 } })
    expect(casebook('derive', project, 'sales', 'worth', 'quantity * unit_price').stdout).toContain(
      '3 rows, 0 of them empty',
    )
    const { rows } = JSON.parse(casebook('sql', project, 'SELECT sum(worth) AS worth FROM raw.sales', '--json').stdout)
    expect(rows).toEqual([{ worth: 60 }])
    expect(casebook('steps', project).stdout).toContain('-- Add worth = quantity * unit_price to sales\nSELECT *,')
    expect(casebook('derive', project, 'sales', 'worth', '--remove').status).toBe(0)
    expect(casebook('sql', project, 'SELECT worth FROM raw.sales').status).toBe(5)
  })

  test('settings are shown and changed, with the calendar', () => {
    expect(casebook('settings', project).stdout).toContain('Report time zone: Europe/Madrid')
    const changed = casebook(
      'settings',
      project,
      ...[
        '--zone',
        'none',
        '--countries',
        'es',
        '--fiscal-month',
        '4',
        '--campaign',
        'Sale=2024-01-30..2024-01-31',
        '--json',
      ],
    )
    expect(JSON.parse(changed.stdout)).toMatchObject({
      settings: { reportZone: null, calendar: { countries: ['ES'], fiscalMonth: 4 } },
      occasions: expect.arrayContaining([
        { id: null, name: 'Sale', kind: 'campaign', first: '2024-01-30', last: '2024-01-31' },
        { id: 'kingsDay', name: "Kings' Day", kind: 'event', first: '2024-01-06', last: '2024-01-06' },
      ]),
    })
    expect(casebook('settings', project, '--without', 'sale', '--json').stdout).not.toContain('"Sale"')
    for (const wrong of [
      ['--zone', 'Madrid'],
      ['--countries', 'FR'],
      ['--week-start', 'friday'],
      ['--fiscal-month', '13'],
      ['--event', 'Never=2024-02-31'],
      ['--without', 'Carnival'],
    ])
      expect(casebook('settings', project, ...wrong).status).toBe(2)
  })
})
