import { describe, expect, test } from 'vitest'
import type { JoinReport } from '../../shared/joins'
import { quiet } from './smallShop'
import { type TextProject, type TextTable, textProject } from './textProject'

const orders = (lines: readonly string[]): TextTable => ({
  lines: ['client,day,group,amount', ...lines],
  kind: 'orders',
  roles: { customer: 'client', orderedAt: 'day', category: 'group', revenue: 'amount' },
})
const customers = (lines: readonly string[]): TextTable => ({
  lines: ['client,sex', ...lines],
  kind: 'customers',
  roles: { customer: 'client', gender: 'sex' },
})

async function joinOf(project: TextProject, id: string): Promise<JoinReport> {
  const found = (await project.engine.listJoins(undefined, quiet)).find((join) => join.id === id)
  if (found === undefined) throw new Error(`no join ${id}`)
  return found
}

test('keys that match, keys that do not, and nothing gained or lost', async () => {
  const project = await textProject({
    sales: orders([
      'C-a,2024-01-05,Toys,10',
      'C-a,2024-01-06,Toys,5',
      'C-b,2024-01-06,Books,20',
      ',2024-01-07,Books,1',
    ]),
    people: customers(['C-a,F', 'C-c,M']),
  })
  expect(await joinOf(project, 'orders-customers')).toMatchObject({
    key: 'customer',
    left: { view: 'orders', columns: ['sales.client'] },
    right: { view: 'customers', columns: ['people.client'] },
    rows: { total: 4, matched: 2 },
    keys: { total: 2, matched: 1 },
    withoutKey: 1,
    unmatchedLeft: { keys: 1, rows: 1, examples: ['C-b'] },
    unmatchedRight: { keys: 1, rows: 1, examples: ['C-c'] },
    repeated: { keys: 0 },
    before: { rows: 4, revenue: 36 },
    after: { rows: 4, revenue: 36 },
    unchecked: { rows: 4, revenue: 36 },
    state: 'joined',
    choice: null,
    repair: null,
  })
})

describe('keys that stand in several rows', () => {
  const tables = {
    sales: orders(['a,2024-01-05,Toys,100', 'a,2024-01-06,Toys,50', 'b,2024-01-06,Books,20']),
    rates: {
      lines: ['Month,Category,Discount_pct', 'Jan,Toys,10', 'Jan,TOYS,20', 'Jan,Books,30', 'Jan,Books,30'],
      kind: 'coupons',
      roles: { month: 'Month', category: 'Category', discountRate: 'Discount_pct' },
    },
  } as const satisfies Record<string, TextTable>
  const net = async (project: TextProject): Promise<unknown> =>
    (await project.rows('SELECT sum(net)::DOUBLE FROM orders'))[0]?.[0]

  test('are not joined, and named; the same saying twice is joined once', async () => {
    const project = await textProject(tables, { choices: { discount: 'all' } })
    expect(await joinOf(project, 'orders-coupons')).toMatchObject({
      key: 'category and month',
      mustBeUnique: true,
      repeated: { keys: 2, rows: 4, conflicting: 1 },
      before: { rows: 3, revenue: 170 },
      after: { rows: 3, revenue: 170 },
      // Two lines of toys and one of books, each twice.
      unchecked: { rows: 6, revenue: 340 },
      state: 'withoutRepeated',
      choice: 'couponKeys',
    })
    const page = await project.engine.readJoinKeys(
      { join: 'orders-coupons', list: 'repeated', offset: 0, limit: 10 },
      quiet,
    )
    expect(page).toMatchObject({
      total: 2,
      rows: [
        ['01 · Books', 2, 1, 1],
        ['01 · TOYS', 2, 2, 2],
      ],
    })
    // Toys without a discount, Books 30 %: 150 + 14.
    expect(await net(project)).toBe(164)
  })

  test.each([
    // 150 × 0.9 + 14, 150 × 0.7 + 14.
    { option: 'first', total: 149 },
    { option: 'sum', total: 119 },
  ])('$option is the remedy of the analyst', async ({ option, total }) => {
    const project = await textProject(tables, { choices: { discount: 'all' } })
    const state = await project.engine.choose({ choice: 'couponKeys', option }, quiet)
    expect(state.choices.find(({ key }) => key === 'couponKeys')).toMatchObject({
      chosen: option,
      decidedBy: 'analyst',
    })
    expect(await net(project)).toBe(total)
    expect(await joinOf(project, 'orders-coupons')).toMatchObject({ state: 'joined', after: { rows: 3 } })
    await project.engine.undo(undefined, quiet)
    expect(await net(project)).toBe(164)
  })

  test('a customer who stands twice has the first row, or none', async () => {
    const project = await textProject({
      sales: orders(['a,2024-01-05,Toys,100', 'b,2024-01-06,Toys,50']),
      people: customers(['a,F', 'a,M', 'b,F']),
    })
    const genders = (): Promise<unknown> =>
      project.rows('SELECT orders.customer, gender FROM orders LEFT JOIN customers USING (customer) ORDER BY 1')
    expect(await joinOf(project, 'orders-customers')).toMatchObject({
      repeated: { keys: 1, conflicting: 1, examples: ['a'] },
      unchecked: { rows: 3, revenue: 250 },
      after: { rows: 2, revenue: 150 },
    })
    expect(await genders()).toEqual([
      ['a', 'F'],
      ['b', 'F'],
    ])
    await project.engine.choose({ choice: 'customerKeys', option: 'leaveOut' }, quiet)
    expect(await genders()).toEqual([
      ['a', null],
      ['b', 'F'],
    ])
  })
})

test.each([
  { reason: 'Leading zeros', theirs: ['00123', '00124'], ours: ['123', '124'] },
  { reason: 'A .0 behind the number', theirs: ['17850.0', 'K7'], ours: ['17850', 'K7'] },
  { reason: 'Blanks and capitals', theirs: ['ab-1', 'ab-2'], ours: ['AB-1', 'AB-2'] },
])('$reason are told as the reason why keys do not match', async ({ reason, theirs, ours }) => {
  const project = await textProject({
    sales: orders(ours.map((client) => `${client},2024-01-05,Toys,10`)),
    people: customers(theirs.map((client) => `${client},F`)),
  })
  const missing = ours.filter((client) => !theirs.includes(client))
  expect((await joinOf(project, 'orders-customers')).repair).toEqual({
    reason: `${reason}: ${missing[0]} and ${theirs[0]}`,
    keys: missing.length,
    columns: [
      { table: 'sales', role: 'customer', name: 'client key', formula: 'key([client])' },
      { table: 'people', role: 'customer', name: 'client key', formula: 'key([client])' },
    ],
  })
})

test('no repair is proposed that would make one of two customers', async () => {
  const project = await textProject({
    sales: orders(['ab,2024-01-05,Toys,10', 'AB,2024-01-05,Toys,10']),
    people: customers(['Ab,F', 'x,M']),
  })
  expect((await joinOf(project, 'orders-customers')).repair).toBeNull()
})

test('spend by day and source, visitors and buyers', async () => {
  const project = await textProject({
    sales: orders(['a,2024-01-05,Toys,10', 'b,2024-01-07,Toys,20']),
    ads: {
      lines: ['dt,channel,cost', '2024-01-05,1,3', '2024-01-05,2,4', '2024-01-06,2,5'],
      kind: 'spend',
      roles: { date: 'dt', source: 'channel', cost: 'cost' },
    },
    seen: {
      lines: ['client,start,channel', 'a,2024-01-05 10:00:00,1', 'z,2024-01-05 11:00:00,9'],
      kind: 'visits',
      roles: { customer: 'client', startedAt: 'start', source: 'channel' },
    },
  })
  expect(await joinOf(project, 'orders-spend')).toMatchObject({
    key: 'date',
    mustBeUnique: false,
    keys: { total: 2, matched: 1 },
    unmatchedLeft: { examples: ['2024-01-07'] },
    unmatchedRight: { examples: ['2024-01-06'] },
    after: { rows: 2, revenue: 30 },
    treatment: 'Summed by key before it is compared',
  })
  expect(await joinOf(project, 'visits-spend')).toMatchObject({
    key: 'source',
    unmatchedLeft: { examples: ['9'] },
    unmatchedRight: { examples: ['2'] },
    before: { rows: 2, revenue: null },
  })
  expect(await joinOf(project, 'visits-orders')).toMatchObject({ keys: { total: 2, matched: 1 } })
  await expect(
    project.engine.readJoinKeys({ join: 'nothing', list: 'left', offset: 0, limit: 10 }, quiet),
  ).rejects.toThrow('There is no join "nothing" in this project.')
})
