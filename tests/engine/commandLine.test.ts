import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SmallShop, smallShop } from './smallShop'

const script = resolve('scripts/casebook.mjs')
let shop: SmallShop
let project: string

interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function casebook(...words: readonly string[]): Run {
  const { INIT_CWD: _caller, ...environment } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], {
    cwd: shop.folder,
    encoding: 'utf8',
    env: { ...environment, INIT_CWD: shop.folder },
  })
  return { status, stdout, stderr }
}

beforeAll(() => {
  shop = smallShop()
  project = join(shop.folder, 'cli-project')
  const made = casebook('new', project, '--source', `sales=${shop.sales}`, '--source', shop.coupons, '--json')
  expect(made.stderr).toBe('')
  expect(made.status).toBe(0)
})
afterAll(() => shop.remove())

describe('the command line', () => {
  test('answers JSON and nothing else on standard output', () => {
    const run = casebook('analyse', project, 'overview', '--json')
    expect(run.status).toBe(0)
    const answer: unknown = JSON.parse(run.stdout)
    expect(answer).toMatchObject({
      analysis: 'overview',
      params: { grain: 'month' },
      period: { first: '2024-01-30', last: '2024-02-29' },
      result: { totals: { net: 58, customers: 2 } },
      choices: expect.arrayContaining([expect.objectContaining({ key: 'discount', chosen: 'used' })]),
    })
    expect(answer).toHaveProperty('definition')
    expect(answer).toHaveProperty('report.finding')
    expect(answer).toHaveProperty('sql')
  })

  test('writes the case as a workbook with a report beside it, or neither', () => {
    const workbook = join(shop.folder, 'case.xlsx')
    const report = join(shop.folder, 'case.html')
    const refused = casebook('case', project, '--to', workbook, '--report', join(shop.folder, 'case.pptx'))
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain('HTML or PDF')
    expect(existsSync(workbook)).toBe(false)
    const written = casebook('case', project, '--to', workbook, '--report', report)
    expect(written.stderr).toBe('')
    expect(written.stdout.trim().split('\n')).toEqual([workbook, report])
    const page = readFileSync(report, 'utf8')
    expect(page.match(/<article>/g)?.length).toBeGreaterThanOrEqual(6)
    expect(page).not.toMatch(/<script|undefined|NaN/)
    const again = casebook('case', project, '--to', join(shop.folder, 'other.xlsx'), '--report', report)
    expect(again.status).toBe(2)
    expect(existsSync(join(shop.folder, 'other.xlsx'))).toBe(false)
  })

  test.skipIf(process.platform === 'win32')(
    'a reader that stops early is no failure, and what was asked for is done',
    () => {
      const made = join(shop.folder, 'piped')
      const words = ['new', made, '--source', shop.sales].map((word) => `'${word}'`).join(' ')
      const command = `{ '${process.execPath}' '${script}' ${words}; echo "exit $?" >&2; } | true`
      const { stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
      expect(stderr).toBe('exit 0\n')
      expect(casebook('analyse', made, 'overview', '--json').status).toBe(0)
    },
  )

  test('the same number in JSON, CSV and text', () => {
    const csv = join(shop.folder, 'money.csv')
    expect(casebook('analyse', project, 'monthlyMoney', '--to', csv).stdout.trim()).toBe(csv)
    const revenue = readFileSync(csv, 'utf8').split('\r\n')[1]?.split(',')[1]
    const json = JSON.parse(casebook('analyse', project, 'monthlyMoney', '--json').stdout)
    expect(Number(revenue)).toBe(json.result.months[0].revenue)
    expect(casebook('analyse', project, 'monthlyMoney').stdout).toContain('58')
  })

  test('an export never overwrites unasked', () => {
    const file = join(shop.folder, 'kept.csv')
    writeFileSync(file, 'mine')
    expect(casebook('analyse', project, 'overview', '--to', file).status).toBe(2)
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect(casebook('analyse', project, 'overview', '--to', file, '--replace').status).toBe(0)
    expect(readFileSync(file, 'utf8')).not.toBe('mine')
  })

  test('describe says kind and roles', () => {
    const { files } = JSON.parse(casebook('describe', shop.sales, '--json').stdout)
    expect(files[0].tables[0].recognised).toMatchObject({
      kind: 'orders',
      roles: { customer: 'customer_id', order: 'order_id' },
    })
  })

  test('a folder is described as one table, and a preset carries the mapping to another project', () => {
    const folder = join(shop.folder, 'months')
    mkdirSync(folder)
    const [header, ...lines] = readFileSync(shop.sales, 'utf8').trim().split('\n')
    writeFileSync(join(folder, 'sales_1.csv'), `${header}\n${lines.slice(0, 2).join('\n')}\n`)
    writeFileSync(join(folder, 'sales_2.csv'), `${header}\n${lines.slice(2).join('\n')}\n`)
    const described = casebook('describe', folder)
    expect(described.stdout).toContain('file sales_2.csv, 1 row')
    const preset = join(shop.folder, 'mapping.json')
    expect(casebook('preset', project, '--to', preset).stdout.trim()).toBe(preset)
    expect(casebook('preset', project, '--to', preset).status).toBe(2)
    const made = casebook(
      'new',
      join(shop.folder, 'again'),
      '--source',
      `sales=${folder}`,
      '--preset',
      preset,
      '--json',
    )
    expect(made.status).toBe(0)
    expect(JSON.parse(made.stdout).sources).toMatchObject([{ name: 'sales', rows: 3, kind: 'orders' }])
    const both = casebook('replay', join(shop.folder, 'again'), '--source', `sales=${join(folder, 'sales_1.csv')}`)
    expect(both.stdout).toContain('sales: rows: 3 → 2')
  })

  test('choices can be read and made', () => {
    const { choices } = JSON.parse(casebook('choices', project, '--json').stdout)
    expect(choices.map((choice: { key: string }) => choice.key)).toEqual(['discount', 'revenueView'])
    casebook('choices', project, '--choose', 'discount=none')
    const changed = JSON.parse(casebook('analyse', project, 'overview', '--json').stdout)
    expect(changed.result.totals.net).toBe(60)
    casebook('choices', project, '--choose', 'discount=used')
  })

  test('sql answers objects', () => {
    const { rows } = JSON.parse(casebook('sql', project, 'SELECT count(*) AS lines FROM orders', '--json').stdout)
    expect(rows).toEqual([{ lines: 3 }])
  })

  test('a table and the data mart are written, and never over what is there', () => {
    const file = join(shop.folder, 'toys.csv')
    const words = ['export', project, 'sales', '--to', file, '--filter', 'category=Toys', '--sort', 'quantity:desc']
    const run = casebook(...words, '--columns', 'order_id,quantity')
    expect(run.stderr).toBe('')
    expect(run.stdout.trim()).toBe(file)
    expect(readFileSync(file, 'utf8')).toBe('\ufefforder_id,quantity\nA3,4\nA1,2\n')
    expect(casebook(...words).status).toBe(2)
    expect(
      casebook('export', project, 'sales', '--to', join(shop.folder, 'x.csv'), '--filter', 'colour=red').status,
    ).toBe(2)
    const mart = join(shop.folder, 'mart')
    expect(casebook('export', project, '--mart', '--to', mart).stdout).toContain(join(mart, 'order_lines.csv'))
    expect(readFileSync(join(mart, 'dictionary.csv'), 'utf8')).toContain('discount = used')
    expect(casebook('export', project, '--mart', '--to', mart).status).toBe(2)
  })

  test('a table is profiled, and two are compared', () => {
    const profile = JSON.parse(casebook('profile', project, 'sales', '--json').stdout)
    expect(profile.rows).toBe(3)
    expect(profile.columns.find(({ name }: { name: string }) => name === 'quantity')).toMatchObject({ min: 1, max: 4 })
    const compared = casebook('profile', project, 'sales', '--compare', 'coupons')
    expect(compared.stdout).toContain('only in sales: customer_id')
    expect(compared.stdout).toContain('category: missing 0.0% → 0.0%; distinct 2 → 2')
  })

  test('help is there for every command', () => {
    expect(casebook('--help').stdout).toContain('describe')
    const names = [
      'describe',
      'new',
      'choices',
      'joins',
      'derive',
      'settings',
      'steps',
      'analyses',
      'analyse',
      'sql',
      'profile',
      'export',
      'replay',
      'preset',
      'case',
      'sample',
    ]
    for (const name of names) {
      const run = casebook(name, '--help')
      expect(run.status).toBe(0)
      expect(run.stdout).toContain(`casebook ${name}`)
    }
  })

  const folder = (name: string): string => {
    mkdirSync(join(shop.folder, name), { recursive: true })
    return join(shop.folder, name)
  }
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(join(shop.folder, name), content)
    return join(shop.folder, name)
  }
  test.each<[string, () => readonly string[], string, number]>([
    [
      'prose',
      () => [
        'describe',
        file(
          'letter.txt',
          'Dear client,\nthank you for the long and friendly meeting of last week.\nWe will send the numbers soon, and hope to see you again.\n',
        ),
      ],
      'bad-file',
      3,
    ],
    ['0 bytes', () => ['describe', file('zero.csv', '')], 'bad-file', 3],
    ['a folder', () => ['describe', folder('a-folder')], 'bad-file', 3],
    ['no file', () => ['describe', join(shop.folder, 'nowhere.csv')], 'bad-file', 3],
    [
      'binary',
      () => ['describe', file('noise.csv', Buffer.from([0, 1, 2, 3, 0, 255, 254, 7, 0, 0, 9]))],
      'bad-file',
      3,
    ],
    [
      'a column that is not there',
      () => ['new', join(shop.folder, 'x1'), '--source', `sales=${shop.sales}`, '--map', 'sales.customer=Kunde'],
      'missing-column',
      3,
    ],
    [
      'a role that is not there',
      () => [
        'new',
        join(shop.folder, 'x2'),
        '--source',
        `sales=${shop.sales}`,
        '--kind',
        'sales=orders',
        '--map',
        'sales.colour=order_id',
      ],
      'bad-parameter',
      2,
    ],
    [
      'open choices under --strict',
      () => ['new', join(shop.folder, 'x3'), '--source', shop.sales, '--source', shop.coupons, '--strict'],
      'needs-choice',
      3,
    ],
    ['an analysis that is not there', () => ['analyse', project, 'horoscope'], 'bad-parameter', 2],
    ['a wrong parameter', () => ['analyse', project, 'cohortRetention', '--param', 'period=year'], 'bad-parameter', 2],
    ['an option that is not there', () => ['analyse', project, 'overview', '--colour', 'red'], 'bad-parameter', 2],
    ['no project', () => ['analyse', join(shop.folder, 'no-project'), 'overview'], 'bad-file', 3],
    ['a command that is not there', () => ['dance'], 'bad-parameter', 2],
  ])('%s: code, words and exit code', (_name, words, code, status) => {
    const run = casebook(...words(), '--json')
    expect(run.status).toBe(status)
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code, message: expect.stringMatching(/\w{3}/) } })
    expect(run.stderr).toContain(`[${code}]`)
    expect(['x1', 'x2', 'x3'].filter((name) => existsSync(join(shop.folder, name)))).toEqual([])
  })
})
