import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createEngine } from '../../main/engine/engine'
import { quiet } from './smallShop'

const answerSchema = z.object({
  result: z.object({ periods: z.array(z.object({ start: z.string(), unfinished: z.boolean() })) }),
})

/** Which months of a file with an order on each of the days count as unfinished. */
async function unfinishedMonths(days: readonly string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-covered-'))
  const engine = createEngine({ tempFolder: join(folder, 'temp') })
  try {
    const sales = join(folder, 'sales.csv')
    const lines = days.map((day, index) => `C${index % 7},A${index},${day},1,10.00`)
    writeFileSync(sales, `customer_id,order_id,order_date,quantity,unit_price\n${lines.join('\n')}\n`)
    await engine.handlers.createProject({ folder: join(folder, 'p'), name: 'Shop', sources: [{ path: sales }] }, quiet)
    const answer = answerSchema.parse(await engine.handlers.runAnalysis({ id: 'customersAcquired' }, quiet))
    return answer.result.periods.flatMap(({ start, unfinished }) => (unfinished ? [start] : []))
  } finally {
    await engine.handlers.closeProject(null, quiet)
    rmSync(folder, { recursive: true, force: true })
  }
}

const daysFrom = (first: string, count: number, step: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(`${first}T00:00:00Z`) + index * step * 86_400_000).toISOString().slice(0, 10),
  )

test('orders every day that stop on the 29th leave December unfinished', async () => {
  expect(await unfinishedMonths(daysFrom('2023-10-01', 90, 1))).toEqual(['2023-12-01'])
})

test('one long closure does not make a long gap usual', async () => {
  const days = daysFrom('2023-10-01', 90, 1).filter((day) => day < '2023-11-03' || day > '2023-11-09')
  expect(await unfinishedMonths(days)).toEqual(['2023-12-01'])
})

test('orders every third day that stop on the 29th leave nothing unfinished, unless there are few of them', async () => {
  expect(await unfinishedMonths(daysFrom('2023-09-03', 40, 3))).toEqual([])
  expect(await unfinishedMonths(daysFrom('2023-12-02', 10, 3))).toEqual(['2023-12-01'])
})
