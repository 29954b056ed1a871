import { expect, test } from 'vitest'
import { quiet } from './smallShop'
import { type TextTable, textProject } from './textProject'

const dayOf = (at: number): string => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10)
const days = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, at) => dayOf(from + at))
const orders = (dates: readonly string[]): TextTable => ({
  lines: ['client,day,amount', ...dates.map((day, at) => `c${at % 9},${day},${at + 1}.50`)],
  kind: 'orders',
  roles: { customer: 'client', orderedAt: 'day', revenue: 'amount' },
})
const spend = (dates: readonly string[]): TextTable => ({
  lines: ['day,online,offline', ...dates.map((day, at) => `${day},${at + 10}.25,${at + 20}.75`)],
  kind: 'spend',
  roles: { date: 'day', cost: ['online', 'offline'] },
})
const periodFindings = async (tables: Readonly<Record<string, TextTable>>) =>
  (await textProject(tables)).state.findings.filter(({ id }) => /period/i.test(id))

test('spend of another year', async () => {
  expect(await periodFindings({ sales: orders(days(0, 90)), costs: spend(days(-366, -276)) })).toMatchObject([
    {
      id: 'noCommonPeriod',
      severity: 'serious',
      title: 'No spend in the period of the orders: the two have no day in common',
      count: 90,
      examples: ['spend 2022-12-31 – 2023-03-30', 'orders 2024-01-01 – 2024-03-30'],
    },
  ])
})

test('spend that ends before the orders do', async () => {
  expect(await periodFindings({ sales: orders(days(0, 120)), costs: spend(days(0, 90)) })).toMatchObject([
    {
      id: 'periodNotCovered',
      severity: 'warning',
      title: 'No spend after 2024-03-30, while there are orders',
      count: 30,
      period: { from: '2024-03-31', to: '2024-04-29' },
    },
  ])
})

test('spend that goes on without orders is worth knowing', async () => {
  expect(await periodFindings({ sales: orders(days(0, 90)), costs: spend(days(0, 120)) })).toMatchObject([
    { id: 'periodBeyond', severity: 'info', count: 30, period: { from: '2024-03-31', to: '2024-04-29' } },
  ])
})

test.each([
  ['of the same period', days(0, 90), days(0, 90)],
  ['that ends a week early', days(0, 90), days(0, 83)],
  ['of every month', days(0, 120), [0, 31, 60, 91].map(dayOf)],
])('spend %s', async (_, sold, spent) => {
  expect(await periodFindings({ sales: orders(sold), costs: spend(spent) })).toEqual([])
})

test('a date written wrong is no period', async () => {
  const sold = [...days(0, 60), ...days(0, 60), ...days(0, 60), ...days(0, 60), '2101-05-01']
  expect(await periodFindings({ sales: orders(sold), costs: spend(days(0, 60)) })).toEqual([])
})

test('a day with two columns of costs stands once', async () => {
  const { engine } = await textProject({ sales: orders(days(0, 30)), costs: spend(days(0, 30)) })
  const [join] = await engine.listJoins(undefined, quiet)
  expect(join).toMatchObject({ id: 'orders-spend', repeated: { keys: 0, rows: 0 } })
})
