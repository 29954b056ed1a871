import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { analyses } from '../../shared/analyses/index'
import type { Analysis, AnalysisAnswer } from '../../shared/analysis'
import { AppError } from '../../shared/errors'
import { type LinesProject, openLines } from '../analyses/linesProject'
import { checkPlain, checkReport } from './checkReport'
import { revenueLines, tinyLines, tinyTables } from './tinyFiles'

/** The same shop three times, once with the lines of its file in another order, and a till that knows no customers. */
let shop: LinesProject
let again: LinesProject
let reversed: LinesProject
let till: LinesProject
beforeAll(async () => {
  shop = await openLines(tinyLines, tinyTables)
  again = await openLines(tinyLines, tinyTables)
  reversed = await openLines(tinyLines.toReversed(), tinyTables)
  till = await openLines(revenueLines)
})
afterAll(() => {
  for (const project of [shop, again, reversed, till]) project?.close()
})

test('the files of the shop join without a remainder', () => {
  expect(shop.state.ledger).toMatchObject({ rowsIn: tinyLines.length, rowsUsed: tinyLines.length, balances: true })
  expect(shop.state.choices.map((choice) => choice.key)).toEqual(['discount', 'delivery', 'revenueView'])
})

describe.each(analyses.map((analysis) => ({ id: analysis.id, analysis })))('$id', ({ id, analysis }) => {
  test('answers over real files with what JSON can carry', async () => {
    const answer = await shop.run(id)
    checkPlain(answer, 'answer')
    checkReport(answer.report)
    expect(JSON.parse(JSON.stringify(answer))).toStrictEqual(answer)
    expect(answer).toMatchObject({ analysis: id, definition: analysis.card, params: analysis.params.parse({}) })
  })

  test('the same files in another project give the same answer', async () => {
    expect(comparable(await again.run(id))).toBe(comparable(await shop.run(id)))
  })

  test('an answer kept is the answer given', async () => {
    const first = await again.run(id)
    const kept = await again.run(id)
    expect(kept.computed.cached).toBe(true)
    expect(comparable(kept)).toBe(comparable(first))
  })

  test('the order of the lines in the file does not matter', async () => {
    expect(comparable(await reversed.run(id))).toBe(comparable(await shop.run(id)))
  })

  test('every recorded statement runs again by itself', async () => {
    const { sql } = await shop.run(id)
    if (analysis.needs.length > 0) expect(sql.length).toBeGreaterThan(0)
    for (const statement of sql) expect(await shop.rows(statement), statement).toBeInstanceOf(Array)
  })

  test('over orders alone it answers, or says what is missing', async () => {
    const outcome = await till.run(id).catch((error: unknown) => error)
    if (outcome instanceof AppError) {
      expect(needsOnlyDates(analysis), outcome.message).toBe(false)
      expect(outcome.code).toBe('not-enough-data')
      expect(outcome.hint).toMatch(/\S/)
      return
    }
    const answer = outcome as AnalysisAnswer
    expect(asksForCustomers(analysis)).toBe(false)
    checkPlain(answer, 'answer')
    checkReport(answer.report)
  })
})

/** All but when and how it was computed. */
function comparable({ computed: _, ...answer }: AnalysisAnswer): string {
  return JSON.stringify(answer)
}

const rolesNeeded = ({ needs }: Analysis): readonly string[] => needs.flatMap((need) => need.roles)

const needsOnlyDates = (analysis: Analysis): boolean =>
  analysis.needs.length > 0 &&
  analysis.needs.every((need) => need.view === 'orders' && need.roles.join() === 'orderedAt')

const asksForCustomers = (analysis: Analysis): boolean => rolesNeeded(analysis).includes('customer')
