import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { analyses } from '../../shared/analyses/index'
import { themes } from '../../shared/analysis'
import { type Block, type CellValue, type ChartSpec, type Report, type Table, unreachable } from '../../shared/report'
import { rolesOf } from '../../shared/roles'
import { answer, format, testEngine } from '../analyses/testEngine'
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

  test.runIf(analysis.needs.length > 0)('without any data it says so, in the words of an error', async () => {
    await expect(answer(analysis, await testEngine({ orders: [] }))).rejects.toMatchObject({
      code: 'not-enough-data',
      hint: expect.stringMatching(/./),
    })
  })
})

const carried = z.object({
  period: z.object({ first: z.iso.date(), last: z.iso.date() }).nullable(),
  leftOut: z.array(z.object({ reason: z.string().min(1), rows: z.int().positive() })),
})

/** Nothing JSON cannot carry: no NaN, no infinity, no bigint, no undefined, no dates. */
function checkPlain(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value === 'number') expect(value, path).toSatisfy(Number.isFinite)
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) checkPlain(item, `${path}[${index}]`)
  else if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    for (const [key, item] of Object.entries(value))
      if (item !== undefined) checkPlain(item, `${path}.${key}`)
      else expect.unreachable(`${path} is a ${typeof value}`)
}

function checkReport(report: Report): void {
  checkPlain(report, 'report')
  // A number, unless there is nothing to find: then it says so.
  expect(report.finding).toMatch(/\d|^No /)
  expect(report.reading.trim()).not.toBe('')
  for (const text of [report.finding, report.reading]) expect(text).not.toMatch(/NaN|Infinity|undefined|null/)
  expect(report.blocks.length).toBeGreaterThan(0)
  for (const block of report.blocks) checkBlock(block)
}

function checkBlock(block: Block): void {
  switch (block.kind) {
    case 'sentence':
      expect(block.text).toMatch(/[.!?]$/)
      return
    case 'metrics':
      expect(block.items.length).toBeGreaterThan(0)
      expect(block.items.length).toBeLessThanOrEqual(7)
      for (const metric of block.items) {
        expect(metric.means).not.toBe('')
        expect(metric.caption).not.toBe('')
        checkCell(metric.value, metric.format)
      }
      return
    case 'chart':
      expect(block.title).not.toBe('')
      expect(block.subtitle).not.toBe('')
      checkChart(block.chart)
      checkTable(block.table)
      return
    case 'table':
      expect(block.title).not.toBe('')
      checkTable(block.table)
      return
    case 'cards':
      expect(block.cards.length).toBeGreaterThan(0)
      for (const card of block.cards) checkShares([card.customerShare, card.revenueShare])
      return
    default:
      unreachable(block)
  }
}

function checkTable({ columns, rows, total, unfinishedRows }: Table): void {
  expect(columns.length).toBeGreaterThan(0)
  const labels = columns.map((column) => column.label)
  expect(new Set(labels).size, `labels ${labels.join(', ')}`).toBe(labels.length)
  for (const row of rows) {
    expect(row).toHaveLength(columns.length)
    for (const [index, cell] of row.entries()) checkCell(cell, columns[index]?.format ?? 'text')
  }
  if (total !== undefined) expect(total).toHaveLength(columns.length)
  for (const index of unfinishedRows ?? []) expect(rows[index]).toBeDefined()
}

function checkCell(cell: CellValue, numberFormat: Parameters<typeof format.value>[1]): void {
  const words = ['text', 'id', 'date', 'month']
  // Undefined reads "n/a"; a cell that does not apply stays blank.
  if (typeof cell === 'string' && cell !== 'n/a' && cell !== '')
    expect(words, `"${cell}" as ${numberFormat}`).toContain(numberFormat)
  expect(format.value(cell, numberFormat)).not.toMatch(/NaN|undefined/)
}

function checkShares(shares: readonly number[]): void {
  for (const share of shares) {
    expect(share).toBeGreaterThanOrEqual(0)
    expect(share).toBeLessThanOrEqual(1)
  }
}

function checkChart(chart: ChartSpec): void {
  switch (chart.kind) {
    case 'line':
      expect(chart.series.some((series) => series.role === 'subject')).toBe(true)
      return
    case 'bar':
      expect(chart.bars.length).toBeGreaterThan(0)
      return
    case 'stackedBar':
      for (const series of chart.series) expect(series.values).toHaveLength(chart.labels.length)
      return
    case 'heatmap':
      expect(chart.cells).toHaveLength(chart.rows.length)
      for (const row of [...chart.cells, ...(chart.totals === undefined ? [] : [chart.totals.cells])]) {
        expect(row).toHaveLength(chart.columns.length)
        for (const cell of row) if (cell !== null) expect(cell.n).toBeLessThanOrEqual(cell.of)
      }
      return
    case 'grid':
      for (const row of chart.rows) expect(row.cells).toHaveLength(chart.columns.length)
      return
    case 'waterfall':
      expect(chart.steps.length).toBeGreaterThan(1)
      return
    case 'tornado':
      expect(chart.drivers.length).toBeGreaterThan(0)
      return
    case 'tree': {
      const { contribution, children = [] } = chart.root
      const parts = children.reduce((sum, child) => sum + (child.contribution ?? 0), 0)
      if (contribution !== undefined) expect(parts).toBeCloseTo(contribution, 6)
      return
    }
    default:
      unreachable(chart)
  }
}
