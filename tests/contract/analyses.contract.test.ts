import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { analyses } from '../../shared/analyses/index'
import { themes } from '../../shared/analysis'
import { rolesOf } from '../../shared/roles'
import { answer, testEngine } from '../analyses/testEngine'
import { checkPlain, checkReport } from './checkReport'
import { tinyShop } from './tinyShop'

const root = join(import.meta.dirname, '../../shared/analyses')

/** `explore/overview`: a folder is an analysis when it holds the markdown of its name. */
const folders = readdirSync(root, { withFileTypes: true })
  .filter((group) => group.isDirectory())
  .flatMap((group) => readdirSync(join(root, group.name)).map((id) => `${group.name}/${id}`))
  .sort()

test('every folder is listed in index.ts, under its group and id', () => {
  expect(analyses.map((analysis) => `${analysis.group}/${analysis.id}`).sort()).toEqual(folders)
})

test('ids are unique', () => {
  expect(new Set(analyses.map((analysis) => analysis.id)).size).toBe(analyses.length)
})

const engine = await testEngine(tinyShop)

describe.each(analyses.map((analysis) => ({ id: analysis.id, analysis })))('$id', ({ id, analysis }) => {
  const folder = folders.find((candidate) => basename(candidate) === id) ?? ''

  test('has a title, a question, a theme and needs that exist', () => {
    expect(analysis.title).not.toBe('')
    expect(analysis.question).toMatch(/\?$/)
    expect(Object.keys(themes)).toContain(analysis.theme)
    expect(analysis.group).toBe(dirname(folder))
    expect(analysis.version).toBeGreaterThanOrEqual(1)
    for (const need of analysis.needs) {
      const known = rolesOf[need.view].map((role) => role.name)
      for (const role of need.roles) expect(known).toContain(role)
    }
  })

  test('its markdown answers every heading', () => {
    expect(analysis.card).toBe(readFileSync(join(root, folder, `${id}.md`), 'utf8'))
    const sections = analysis.card.split(/^## /m).slice(1)
    expect(sections.map((section) => section.split('\n')[0])).toEqual([
      'Question',
      'Means',
      'Formula',
      'Options',
      'Source',
      'Caveats',
    ])
    for (const section of sections) expect(section.split('\n').slice(1).join('').trim()).not.toBe('')
  })

  test('its parameters have defaults and describe themselves', () => {
    expect(() => analysis.params.parse({})).not.toThrow()
    const schema = z.toJSONSchema(analysis.params, { io: 'input', unrepresentable: 'any' })
    expect(schema.required ?? []).toEqual([])
    for (const field of Object.values(schema.properties ?? {})) expect(field).toHaveProperty('description')
  })

  test('answers on a small shop, twice the same', async () => {
    const first = await answer(analysis, engine)
    expect(await answer(analysis, engine)).toEqual(first)
    checkPlain(first.result, 'result')
    checkReport(first.report)
  })

  test('its result says period and rows left out', async () => {
    const result: unknown = (await answer(analysis, engine)).result
    const { period, leftOut } = carried.parse(result)
    if (analysis.needs.some((need) => need.view === 'orders'))
      expect(period).toEqual({ first: '2023-11-01', last: '2024-03-20' })
    for (const { rows } of leftOut) expect(rows).toBeLessThanOrEqual(tinyShop.orders.length)
  })
})

test.each(analyses.filter((analysis) => analysis.needs.length > 0).map((analysis) => ({ id: analysis.id, analysis })))(
  '$id says in the words of an error that there are no data',
  async ({ analysis }) => {
    await expect(answer(analysis, await testEngine({ orders: [] }))).rejects.toMatchObject({
      code: 'not-enough-data',
      hint: expect.stringMatching(/./),
    })
  },
)

const carried = z.object({
  period: z.object({ first: z.iso.date(), last: z.iso.date() }).nullable(),
  leftOut: z.array(z.object({ reason: z.string().min(1), rows: z.int().positive() })),
})
