import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEngine, type RunningEngine } from '../../main/engine/engine'
import type { ProjectState } from '../../shared/engineApi'
import { engineInputs } from '../../shared/engineInputs'
import { quiet, type SmallShop, smallShop } from './smallShop'

let shop: SmallShop
let engine: RunningEngine
beforeEach(() => {
  shop = smallShop()
  engine = createEngine({ tempFolder: shop.tempFolder, threads: 1 })
})
afterEach(() => {
  engine.close()
  shop.remove()
})

const file = (name: string, rows: readonly string[]): string => {
  const path = join(shop.folder, 'files', `${name}.csv`)
  writeFileSync(path, `${rows.join('\n')}\n`)
  return path
}

const open = (input: Record<string, unknown>): Promise<ProjectState> =>
  engine.handlers.createProject(
    engineInputs.createProject.parse({ folder: shop.project, name: 'matches', ...input }),
    quiet,
  )

/** Sources 1 and 2 have costs, sources 2 and 7 have visits; C2 orders a day before the first visit. */
const shopSources = () => ({
  sources: [
    {
      name: 'sales',
      path: file('sales', [
        'customer_id,order_date,amount',
        'C1,2024-01-30,10.50',
        'C2,2024-01-31,20.75',
        'C1,2024-02-29,4.25',
      ]),
    },
    {
      name: 'visits',
      path: file('visits', [
        'uid,started,source',
        'C1,2024-01-29 10:00:00,2',
        'C2,2024-02-01 11:00:00,7',
        'C3,2024-02-03 11:30:00,7',
      ]),
    },
    {
      name: 'costs',
      path: file('costs', ['day,source,cost', '2024-01-29,1,5.50', '2024-01-29,2,6.25', '2024-02-01,2,-6.25']),
    },
  ],
  kinds: { sales: 'orders', visits: 'visits', costs: 'spend' },
  maps: {
    sales: { customer: 'customer_id', orderedAt: 'order_date', revenue: 'amount' },
    visits: { customer: 'uid', startedAt: 'started', source: 'source' },
    costs: { date: 'day', source: 'source', cost: ['cost'] },
  },
})

test('sources are compared both ways, orders with the first visit', async () => {
  const { findings } = await open(shopSources())
  const examples = (id: string) => findings.find((finding) => finding.id === id)?.examples
  expect(examples('sourcesWithoutCosts')).toEqual(['7'])
  expect(examples('sourcesWithoutVisits')).toEqual(['1'])
  expect(examples('ordersBeforeVisits')).toEqual(['C2'])
})

test('serious findings come first, and their rows can be opened', async () => {
  const { findings } = await open(shopSources())
  expect(findings[0]).toMatchObject({ id: 'negativeAmounts', table: 'costs', column: 'cost', count: 1 })
  const request = { table: 'costs', id: 'negativeAmounts', column: 'cost', offset: 0, limit: 10 }
  const page = await engine.handlers.readFindingRows(request, quiet)
  expect([page.total, page.rows.map((row) => row[0])]).toEqual([1, [3]])
  const unknown = engine.handlers.readFindingRows({ ...request, id: 'nothing' }, quiet)
  await expect(unknown).rejects.toMatchObject({ code: 'bad-parameter' })
})

test('what the contents show is still there when the project is opened again', async () => {
  const { findings } = await open(shopSources())
  await engine.handlers.closeProject(null, quiet)
  const again = await engine.handlers.openProject({ folder: shop.project }, quiet)
  expect(again.findings).toEqual(findings)
})

test('a step of a funnel whose persons were not in the step before', async () => {
  const persons = Array.from({ length: 20 }, (_, index) => 700 + index * 13)
  const { findings } = await open({
    sources: [
      { name: 'home', path: file('home', ['user_id,page', ...persons.map((id) => `${id},home`)]) },
      { name: 'pay', path: file('pay', ['user_id,page', ...persons.slice(0, 5).map((id) => `${id},pay`), '9,pay']) },
    ],
    kinds: { home: 'steps', pay: 'steps' },
    maps: { home: { customer: 'user_id', step: 'page' }, pay: { customer: 'user_id', step: 'page' } },
  })
  expect(findings.find(({ id }) => id === 'skippedStep')).toMatchObject({ table: 'pay', count: 1, examples: ['9'] })
})
