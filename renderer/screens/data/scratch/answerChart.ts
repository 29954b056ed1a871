import type { ChartSpec, NumberFormat } from '../../../../shared/report'
import type { Page } from '../../../../shared/tableAnswers'
import type { TableColumn } from '../../../../shared/tableView'
import type { ScatterChart } from '../../../charts/scatterChart'

export type AnswerChartKind = 'bar' | 'line' | 'scatter'

/** Rows a picture of this kind can still show. */
export const mostPoints: Readonly<Record<AnswerChartKind, number>> = { bar: 40, line: 1000, scatter: 5000 }

const isNumber = ({ type }: TableColumn): boolean => type === 'integer' || type === 'decimal'
const isTime = ({ type }: TableColumn): boolean => type === 'date' || type === 'timestamp'

export interface ChartColumns {
  readonly kind: AnswerChartKind
  readonly x: string
  readonly y: string
}

/** The picture somebody most likely wants; undefined where there is no number to draw. */
export function likelyChart(columns: readonly TableColumn[]): ChartColumns | undefined {
  const time = columns.find(isTime)
  const name = columns.find((column) => !isNumber(column) && !isTime(column))
  const numbers = columns.filter(isNumber)
  const [first, second] = numbers
  if (first === undefined) return undefined
  if (time !== undefined) return { kind: 'line', x: time.name, y: first.name }
  if (name !== undefined) return { kind: 'bar', x: name.name, y: numbers.at(-1)?.name ?? first.name }
  return second === undefined
    ? { kind: 'bar', x: first.name, y: first.name }
    : { kind: 'scatter', x: first.name, y: second.name }
}

/** Columns that can stand upright: numbers; for points also those along the bottom. */
export function numberColumns(columns: readonly TableColumn[]): string[] {
  return columns.filter(isNumber).map(({ name }) => name)
}

/** Undefined where no row has both values. */
export function chartOf(
  { kind, x, y }: ChartColumns,
  columns: readonly TableColumn[],
  page: Pick<Page, 'columns' | 'rows'>,
): ChartSpec | ScatterChart | undefined {
  const placeOf = (name: string): number => page.columns.findIndex((column, at) => at > 0 && column.name === name)
  const [atX, atY] = [placeOf(x), placeOf(y)]
  const format = formatOf(columns.find(({ name }) => name === y))
  const points = page.rows.slice(0, mostPoints[kind]).flatMap((row) => {
    const value = row[atY]
    return typeof value === 'number' ? [{ x: row[atX] ?? null, y: value }] : []
  })
  if (points.length === 0) return undefined
  if (kind === 'scatter') {
    const pairs = points.flatMap((point) => (typeof point.x === 'number' ? [{ x: point.x, y: point.y }] : []))
    if (pairs.length === 0) return undefined
    const xFormat = formatOf(columns.find(({ name }) => name === x))
    return { kind: 'scatter', xTitle: x, yTitle: y, xFormat, yFormat: format, points: pairs }
  }
  if (kind === 'line') {
    return {
      kind: 'line',
      xFormat: 'text',
      yFormat: format,
      series: [{ name: y, role: 'subject', points: points.map((point) => ({ x: labelOf(point.x), y: point.y })) }],
    }
  }
  return {
    kind: 'bar',
    direction: points.length > 10 && points.length <= 24 ? 'horizontal' : 'vertical',
    labelFormat: 'text',
    format,
    bars: points.map((point) => ({ label: labelOf(point.x), value: point.y })),
  }
}

const labelOf = (value: Page['rows'][number][number]): string => (value === null ? 'missing' : String(value))

const formatOf = (column: TableColumn | undefined): NumberFormat => (column?.type === 'integer' ? 'count' : 'decimal2')
