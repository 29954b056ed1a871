import { expect, test } from 'vitest'
import { quiet } from './smallShop'
import { textProject } from './textProject'

test('other roles: the contents are judged by them, and again when the step is undone', async () => {
  const day = (index: number): string => new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10)
  const lines = [
    'who,when,worth',
    ...Array.from({ length: 60 }, (_, i) => `k${i % 9},${day(i)},${i % 20 === 3 ? 0 : i + 1}.50`),
  ]
  const zeros = lines.map((line) => line.replace(/,0\.50$/, ',0.00'))
  const project = await textProject({ notes: { lines: zeros, kind: 'other', roles: {} } })
  const has = (findings: readonly { readonly id: string }[]): boolean => findings.some(({ id }) => id === 'zeroAmounts')
  expect(has(project.state.findings)).toBe(false)
  const roles = { customer: 'who', orderedAt: 'when', revenue: 'worth' }
  const mapped = await project.engine.mapRoles({ source: 'notes', kind: 'orders', roles }, quiet)
  expect(mapped.findings).toContainEqual(expect.objectContaining({ id: 'zeroAmounts', column: 'worth', count: 3 }))
  const opened = await project.reopen()
  expect(has(opened.findings)).toBe(true)
})

test('ids that lost their digits are no key, whoever wishes it', async () => {
  const lines = Array.from({ length: 40 }, (_, index) => `1.0000${index % 5}E+19,2024-01-${10 + (index % 20)},10.5`)
  const table = { lines: ['uid,order_date,revenue', ...lines] }
  await expect(textProject({ sales: { ...table, roles: { customer: 'uid' } } })).rejects.toMatchObject({
    code: 'bad-parameter',
    message: 'uid cannot be the customer: its ids have lost their digits.',
    where: { column: 'uid', value: '1.00000E+19' },
  })
  const project = await textProject({ sales: table })
  const roles = { customer: 'uid', orderedAt: 'order_date', revenue: 'revenue' }
  await expect(project.engine.mapRoles({ source: 'sales', kind: 'orders', roles }, quiet)).rejects.toMatchObject({
    code: 'bad-parameter',
  })
  // Left alone in a handful of rows, they are a finding and no reason to do without customers.
  const few = [
    'uid,order_date,revenue',
    ...Array.from(
      { length: 400 },
      (_, i) => `${i === 7 ? '1.03E+19' : `10000000000000000${100 + (i % 90)}`},2024-01-${10 + (i % 20)},10.5`,
    ),
  ]
  const other = await textProject({ sales: { lines: few } })
  expect(other.state.sources[0]?.roles).toHaveProperty('customer')
  expect(other.state.findings).toContainEqual(expect.objectContaining({ id: 'scientificIds', count: 1 }))
})
