import { expect, test } from 'vitest'
import { quiet } from '../smallShop'
import { type TextProject, textProject } from '../textProject'

const lines = [
  'order_id,order_date,city,kind,amount',
  'a1,2024-01-05,Lima,web,10',
  'a2,2024-01-20,Lima,shop,5',
  'a3,2024-02-02,Quito,web,7',
  'a4,2024-02-03,,web,1',
  'a5,2024-02-03,Quito,,2',
]
const project = (): Promise<TextProject> => textProject({ sales: { lines } })

const turned = async (own: TextProject, wish: Record<string, unknown>): Promise<unknown> => {
  const { sql } = await own.engine.pivotQuestion({ table: 'sales', rows: 'city', ...wish }, quiet)
  return (await own.engine.runSql({ sql }, quiet)).rows
}

test('rows are counted by one column down and another across, with those that have no value', async () => {
  // Others: the line without a kind. Total: every line of the city.
  expect(await turned(await project(), { columns: 'kind' })).toEqual([
    ['Lima', 1, 1, 0, 2],
    ['Quito', 0, 1, 1, 2],
    [null, 0, 1, 0, 1],
  ])
})

test('amounts are added up and averaged, days by month, and filters hold', async () => {
  const own = await project()
  const sums = await turned(own, { rows: 'order_date', figure: 'sum', of: 'amount' })
  expect(sums).toEqual([
    ['2024-01', 15],
    ['2024-02', 10],
  ])
  const wish = { rows: 'order_date', figure: 'average', of: 'amount', grain: 'year' }
  expect(await turned(own, { ...wish, filters: [{ is: 'oneOf', column: 'kind', values: ['web'] }] })).toEqual([
    ['2024', 6],
  ])
  expect(await turned(own, { rows: 'kind', figure: 'distinct', of: 'city' })).toEqual([
    ['shop', 1],
    ['web', 2],
    [null, 1],
  ])
})

test('more than thirty values across: the others stand in one column, and nothing is lost', async () => {
  const many = [
    'order_id,order_date,city,amount',
    ...Array.from({ length: 120 }, (_, i) => `a${i},2024-01-05,c${i % 40},1`),
  ]
  const own = await textProject({ sales: { lines: many } })
  const { sql } = await own.engine.pivotQuestion({ table: 'sales', rows: 'order_date', columns: 'city' }, quiet)
  const answer = await own.engine.runSql({ sql }, quiet)
  expect(answer.columns).toHaveLength(33)
  const [cells] = answer.rows
  expect(cells?.at(-1)).toBe(120)
  expect(cells?.slice(1, -1).reduce<number>((sum, value) => sum + Number(value), 0)).toBe(120)
})

test('texts cannot be added up, and a column has to be there', async () => {
  const own = await project()
  await expect(turned(own, { figure: 'sum', of: 'kind' })).rejects.toMatchObject({ code: 'bad-parameter' })
  await expect(turned(own, { columns: 'kinds' })).rejects.toMatchObject({ code: 'missing-column' })
})
