import { expect } from 'vitest'
import { type Block, type CellValue, type ChartSpec, type Report, type Table, unreachable } from '../../shared/report'
import { format } from '../analyses/testEngine'

/** What every printer relies on. */
export function checkReport(report: Report): void {
  checkPlain(report, 'report')
  // A number, unless there is nothing to find: then it says so.
  expect(report.finding).toMatch(/\d|^No /)
  expect(report.reading.trim()).not.toBe('')
  for (const text of [report.finding, report.reading]) expect(text).not.toMatch(/NaN|Infinity|undefined|null/)
  expect(report.blocks.length).toBeGreaterThan(0)
  for (const block of report.blocks) checkBlock(block)
}

/** Nothing JSON cannot carry: no NaN, no infinity, no bigint, no undefined, no dates. */
export function checkPlain(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value === 'number') {
    expect(value, path).toSatisfy(Number.isFinite)
    return
  }
  if (typeof value !== 'object') expect.fail(`${path} is a ${typeof value}`)
  if (!Array.isArray(value)) expect(Object.getPrototypeOf(value), path).toBe(Object.prototype)
  for (const [key, item] of Object.entries(value)) checkPlain(item, `${path}.${key}`)
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
        expect(metric.label).not.toBe('')
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
      for (const card of block.cards) checkShare(card.customerShare)
      // Returns may outweigh the sales of a group; its share of revenue is negative then.
      if (block.cards.every((card) => card.revenue >= 0)) for (const card of block.cards) checkShare(card.revenueShare)
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

function checkShare(share: number): void {
  expect(share).toBeGreaterThanOrEqual(0)
  expect(share).toBeLessThanOrEqual(1 + 1e-9)
}

function checkChart(chart: ChartSpec): void {
  switch (chart.kind) {
    case 'line':
      expect(chart.series.some((series) => series.role === 'subject')).toBe(true)
      for (const { points } of chart.series)
        expect(new Set(points.map((point) => point.x)).size, 'one point at each x').toBe(points.length)
      return
    case 'bar':
      expect(chart.bars.length).toBeGreaterThan(0)
      return
    case 'stackedBar':
      for (const series of chart.series) expect(series.values).toHaveLength(chart.labels.length)
      for (const index of chart.unfinished ?? []) expect(chart.labels[index]).toBeDefined()
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
