import { expect, test } from 'vitest'
import { textProject } from './textProject'

const header = 'customer_id,order_date,amount'
const line = (at: number): string => `C${at % 30},2024-01-${String(1 + (at % 28)).padStart(2, '0')},${at + 1}.50`
const orders = (from: number, to: number) => ({
  lines: [header, ...Array.from({ length: to - from }, (_, at) => line(from + at))],
  kind: 'orders' as const,
  roles: { customer: 'customer_id', orderedAt: 'order_date', revenue: 'amount' },
})

test('two tables of orders that share rows', async () => {
  const { state } = await textProject({ january: orders(0, 200), february: orders(160, 400) })
  expect(state.findings.find(({ id }) => id === 'rowsInBoth')).toMatchObject({
    severity: 'serious',
    table: 'february',
    title: 'Rows that stand in january as well: the two overlap',
    count: 40,
  })
})

test('two tables of orders without a common row', async () => {
  const { state } = await textProject({ january: orders(0, 200), february: orders(200, 400) })
  expect(state.findings.map(({ id }) => id)).not.toContain('rowsInBoth')
})

test('a part whose column was renamed and that is taken for another kind', async () => {
  const costs = (name: string) => [
    `source_id,dt,${name}`,
    ...Array.from(
      { length: 60 },
      (_, at) => `${1 + (at % 4)},2024-01-${String(1 + (at % 28)).padStart(2, '0')},${at}.25`,
    ),
  ]
  const { state } = await textProject({
    costs: { lines: costs('costs'), kind: 'spend', roles: { date: 'dt', source: 'source_id', cost: 'costs' } },
    more: {
      lines: costs('Amount_x'),
      kind: 'orders',
      roles: { customer: 'source_id', orderedAt: 'dt', revenue: 'Amount_x' },
    },
  })
  expect(state.findings.find(({ id }) => id === 'renamedPart')).toMatchObject({
    severity: 'serious',
    table: 'more',
    examples: ['Amount_x'],
  })
})

test('rates of two scales are each read as they look, and asked about', async () => {
  const { state, rows } = await textProject({
    sales: {
      lines: ['customer_id,order_date,category,amount', 'C1,2024-01-30,Hats,10.00', 'C2,2024-01-31,Bags,20.00'],
      kind: 'orders',
      roles: { customer: 'customer_id', orderedAt: 'order_date', category: 'category', revenue: 'amount' },
    },
    tax: {
      lines: ['category,gst', 'Hats,18', 'Bags,0.18', 'Shoes,5', 'Coats,0.05'],
      kind: 'tax',
      roles: { category: 'category', taxRate: 'gst' },
    },
  })
  expect(state.choices.find(({ key }) => key === 'taxScale')).toMatchObject({ chosen: 'each' })
  expect(await rows('SELECT category, tax_rate::DOUBLE FROM tax ORDER BY category')).toEqual([
    ['Bags', 0.18],
    ['Coats', 0.05],
    ['Hats', 0.18],
    ['Shoes', 0.05],
  ])
})
