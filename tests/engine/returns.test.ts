import { describe, expect, test } from 'vitest'
import { quiet } from './smallShop'
import { type TextProject, textProject } from './textProject'

const header = 'InvoiceNo,InvoiceDate,CustomerID,StockCode,Quantity,UnitPrice'
const retail = (rows: readonly string[], choices = {}): Promise<TextProject> =>
  textProject(
    {
      sales: {
        lines: [header, ...rows],
        kind: 'orders',
        roles: {
          order: 'InvoiceNo',
          orderedAt: 'InvoiceDate',
          customer: 'CustomerID',
          product: 'StockCode',
          quantity: 'Quantity',
          unitPrice: 'UnitPrice',
        },
      },
    },
    { choices },
  )

// Sold 10 + 40 + 6, of which 20 and 5 came back; 5 of them with the quantity written without its minus.
const rows = [
  '536365,2010-12-01,17850,A,5,2',
  '536366,2010-12-02,17850,B,4,10',
  '536367,2010-12-03,13047,C,3,2',
  'C536368,2010-12-04,17850,B,-2,10',
  'C536369,2010-12-05,13047,C,1,5',
]

describe('returned and cancelled lines', () => {
  test('are kept unless somebody says otherwise, with the totals of both readings', async () => {
    const project = await retail(rows)
    expect(project.state.choices.find(({ key }) => key === 'returns')).toMatchObject({
      why: '2 lines say that goods came back; 2 of them on invoices with a C.',
      options: [
        { key: 'keep', total: 41 },
        { key: 'leaveOut', total: 56 },
      ],
      chosen: 'keep',
      decidedBy: 'default',
    })
    expect(await project.rows('SELECT sum(revenue)::DOUBLE, count(*)::INTEGER FROM orders')).toEqual([[41, 5]])
  })

  test('left out, they stand in the ledger, which balances', async () => {
    const project = await retail(rows)
    const state = await project.engine.choose({ choice: 'returns', option: 'leaveOut' }, quiet)
    expect(await project.rows('SELECT sum(revenue)::DOUBLE, count(*)::INTEGER FROM orders')).toEqual([[56, 3]])
    expect(state.ledger).toMatchObject({ rowsIn: 5, rowsUsed: 3, grossIn: 41, grossOut: 56, balances: true })
    expect(state.ledger.entries).toContainEqual({
      id: 'returned',
      label: 'of returned goods and cancelled invoices',
      rows: 2,
      effect: 'removed',
      gross: 15,
      openable: true,
    })
    const page = await project.engine.readLedgerRows({ entry: 'returned', offset: 0, limit: 10 }, quiet)
    expect(page.rows.map((row) => row[3])).toEqual(['C536368', 'C536369'])
    await project.engine.undo(undefined, quiet)
    expect(await project.rows('SELECT sum(revenue)::DOUBLE FROM orders')).toEqual([[41]])
  })

  test('are no question where nothing came back', async () => {
    const project = await retail(rows.slice(0, 3))
    expect(project.state.choices.map(({ key }) => key)).not.toContain('returns')
  })
})

test('a shop that writes a C before all its orders has cancelled none', async () => {
  const project = await retail(rows.slice(0, 3).map((row) => `C${row}`))
  expect(project.state.choices.map(({ key }) => key)).not.toContain('returns')
})

test('without quantities an amount below zero is a return', async () => {
  const project = await textProject({
    sales: {
      lines: ['day,amount', '2024-01-05,10', '2024-01-06,-4'],
      kind: 'orders',
      roles: { orderedAt: 'day', revenue: 'amount' },
    },
  })
  expect(project.state.choices.find(({ key }) => key === 'returns')?.options.map(({ total }) => total)).toEqual([6, 10])
})
