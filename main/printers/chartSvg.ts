import type { Formatter } from '../../shared/format'
import {
  type BarChart,
  type ChartSpec,
  type GridChart,
  type HeatmapChart,
  type LineChart,
  type NumberFormat,
  type StackedBarChart,
  type TornadoChart,
  type TreeNode,
  unreachable,
  type WaterfallChart,
} from '../../shared/report'
import { chartColors, seriesColor, shade } from './chartColors'
import { escapeHtml } from './htmlText'
import { niceTicks } from './niceTicks'

const width = 860
const height = 300
const plot = { left: 70, right: 130, top: 22, bottom: 34 }

/** A chart as markup that needs no script: SVG where lengths matter, a shaded table where cells do. */
export function chartSvg(chart: ChartSpec, title: string, format: Formatter): string {
  switch (chart.kind) {
    case 'line':
      return svg(height, title, drawLines(chart, format))
    case 'bar':
      return chart.direction === 'horizontal'
        ? svg(30 + chart.bars.length * 26, title, drawHorizontalBars(chart, format))
        : svg(height, title, drawVerticalBars(chart, format))
    case 'stackedBar':
      return svg(height, title, drawStackedBars(chart, format))
    case 'waterfall':
      return svg(height, title, drawWaterfall(chart, format))
    case 'tornado':
      return svg(40 + chart.drivers.length * 40, title, drawTornado(chart, format))
    case 'heatmap':
      return drawHeatmap(chart, format)
    case 'grid':
      return drawGrid(chart, format)
    case 'tree':
      return `<ul class="tree">${drawTree(chart.root, format)}</ul>`
    default:
      return unreachable(chart)
  }
}

function svg(tall: number, title: string, inside: string): string {
  return `<svg viewBox="0 0 ${width} ${round(tall)}" role="img" aria-label="${escapeHtml(title)}">${inside}</svg>`
}

type Scale = (value: number) => number

function verticalScale(values: readonly number[]): { readonly y: Scale; readonly ticks: readonly number[] } {
  const finite = values.filter(Number.isFinite)
  const ticks = niceTicks(Math.min(0, ...finite), Math.max(0, ...finite))
  const least = ticks[0] ?? 0
  const most = ticks.at(-1) ?? 1
  const tall = height - plot.top - plot.bottom
  return { ticks, y: (value) => plot.top + tall * (1 - (value - least) / (most - least || 1)) }
}

function gridLines(ticks: readonly number[], y: Scale, kind: NumberFormat, format: Formatter): string {
  return ticks
    .map(
      (tick) =>
        `<line x1="${plot.left}" x2="${width - plot.right}" y1="${round(y(tick))}" y2="${round(y(tick))}" stroke="${tick === 0 ? chartColors.axis : chartColors.grid}"/>` +
        label(plot.left - 8, y(tick) + 4, format.value(tick, shortFormat(kind)), 'end'),
    )
    .join('')
}

function drawLines(chart: LineChart, format: Formatter): string {
  const xs = [...new Set(chart.series.flatMap((series) => series.points.map((point) => point.x)))]
  const numeric = xs.length > 0 && xs.every((x) => typeof x === 'number')
  if (numeric) xs.sort((left, right) => Number(left) - Number(right))
  const first = Number(xs[0] ?? 0)
  const last = Number(xs.at(-1) ?? 1)
  const wide = width - plot.left - plot.right
  const x = (value: string | number): number =>
    numeric
      ? plot.left + (last === first ? 0 : ((Number(value) - first) / (last - first)) * wide)
      : plot.left + (xs.length < 2 ? 0 : (xs.indexOf(value) / (xs.length - 1)) * wide)
  const { y, ticks } = verticalScale(
    chart.series.flatMap((series) => series.points.flatMap((point) => [point.y ?? 0, point.low ?? 0, point.high ?? 0])),
  )
  const every = Math.max(1, Math.ceil(xs.length / 12))
  const axis = xs
    .filter((_, index) => index % every === 0)
    .map((value) => label(x(value), height - 12, format.value(value, chart.xFormat), 'middle'))
    .join('')
  const ends = endLabels(chart, y)
  const lines = chart.series.map((series, index) => {
    const color = series.role === 'reference' ? chartColors.axis : seriesColor(index)
    const known = series.points.flatMap((point) => (point.y === null ? [] : [{ ...point, y: point.y }]))
    const banded = known.filter((point) => point.low !== undefined && point.high !== undefined)
    const band =
      banded.length < 2
        ? ''
        : `<polygon fill="${color}" fill-opacity="0.1" points="${[
            ...banded.map((point) => pair(x(point.x), y(point.high ?? point.y))),
            ...banded.toReversed().map((point) => pair(x(point.x), y(point.low ?? point.y))),
          ].join(' ')}"/>`
    const dash = { subject: '', comparison: ' stroke-dasharray="5 3"', reference: ' stroke-dasharray="3 3"' }[
      series.role
    ]
    const finished = known.filter((point) => point.unfinished !== true)
    const path = `<polyline fill="none" stroke="${color}" stroke-width="2"${dash} points="${finished.map((point) => pair(x(point.x), y(point.y))).join(' ')}"/>`
    const open = known
      .filter((point) => point.unfinished === true)
      .map(
        (point) =>
          `<circle cx="${round(x(point.x))}" cy="${round(y(point.y))}" r="4" fill="#fff" stroke="${color}" stroke-dasharray="2 2"/>`,
      )
      .join('')
    const end = ends[index]
    const name = end === undefined ? '' : label(width - plot.right + 8, end, series.name, 'start', color)
    return band + path + open + name
  })
  const note = chart.annotation
  const mark =
    note === undefined || note.x === null || typeof note.x === 'boolean' || !xs.includes(note.x)
      ? ''
      : `<circle cx="${round(x(note.x))}" cy="${round(y(note.y))}" r="4" fill="${chartColors.text}"/>` +
        label(x(note.x), y(note.y) - 10, note.text, 'middle', chartColors.text)
  return gridLines(ticks, y, chart.yFormat, format) + axis + lines.join('') + mark
}

/** Names at the ends of the lines, pushed apart where they would overlap. */
function endLabels(chart: LineChart, y: Scale): (number | undefined)[] {
  const wanted = chart.series.flatMap((series, index) => {
    const last = series.points.findLast((point) => point.y !== null)
    return last === undefined || last.y === null ? [] : [{ index, at: y(last.y) + 4 }]
  })
  wanted.sort((left, right) => left.at - right.at)
  const placed: (number | undefined)[] = chart.series.map(() => undefined)
  let above = Number.NEGATIVE_INFINITY
  for (const { index, at } of wanted) {
    above = Math.max(at, above + 14)
    placed[index] = above
  }
  return placed
}

function drawVerticalBars(chart: BarChart, format: Formatter): string {
  const { y, ticks } = verticalScale(chart.bars.flatMap((bar) => [bar.value, bar.low ?? 0, bar.high ?? 0]))
  const step = (width - plot.left - plot.right) / Math.max(1, chart.bars.length)
  const every = Math.max(1, Math.ceil(60 / step))
  const bars = chart.bars.map((bar, index) => {
    const x = plot.left + step * (index + 0.5)
    const fill =
      bar.unfinished === true ? 'url(#hatch)' : bar.emphasised === false ? chartColors.axis : chartColors.gain
    return (
      rectangle(x - step * 0.36, y(bar.value), step * 0.72, y(0), fill) +
      whisker(bar.low, bar.high, (value) => [x, y(value)]) +
      (index % every === 0 ? label(x, height - 12, format.value(bar.label, chart.labelFormat), 'middle') : '')
    )
  })
  return hatch + gridLines(ticks, y, chart.format, format) + bars.join('')
}

function drawHorizontalBars(chart: BarChart, format: Formatter): string {
  const left = 220
  const most = Math.max(1e-12, ...chart.bars.map((bar) => Math.max(bar.value, bar.high ?? 0)))
  const least = Math.min(0, ...chart.bars.map((bar) => Math.min(bar.value, bar.low ?? 0)))
  const x = (value: number): number => left + ((value - least) / (most - least)) * (width - left - 120)
  const rows = chart.bars.map((bar, index) => {
    const y = 20 + index * 26
    const fill =
      bar.unfinished === true ? 'url(#hatch)' : bar.emphasised === false ? chartColors.axis : chartColors.gain
    const from = Math.min(x(0), x(bar.value))
    return (
      label(left - 8, y + 5, format.value(bar.label, chart.labelFormat), 'end', chartColors.text) +
      `<rect x="${round(from)}" y="${y - 8}" width="${round(Math.abs(x(bar.value) - x(0)))}" height="16" fill="${fill}"/>` +
      whisker(bar.low, bar.high, (value) => [x(value), y]) +
      label(
        Math.max(x(bar.value), x(bar.high ?? bar.value)) + 6,
        y + 4,
        `${format.value(bar.value, chart.format)}${bar.n === undefined ? '' : ` (n ${format.count(bar.n)})`}`,
        'start',
      )
    )
  })
  return hatch + rows.join('')
}

function whisker(
  low: number | undefined,
  high: number | undefined,
  at: (value: number) => readonly [number, number],
): string {
  if (low === undefined || high === undefined) return ''
  const [x1, y1] = at(low)
  const [x2, y2] = at(high)
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${chartColors.text}" stroke-width="1.5"/>`
}

function drawStackedBars(chart: StackedBarChart, format: Formatter): string {
  const sums = chart.labels.flatMap((_, index) => {
    const values = chart.series.map((series) => series.values[index] ?? 0)
    return [sum(values.filter((value) => value > 0)), sum(values.filter((value) => value < 0))]
  })
  const { y, ticks } = verticalScale(sums)
  const step = (width - plot.left - plot.right) / Math.max(1, chart.labels.length)
  const every = Math.max(1, Math.ceil(60 / step))
  const bars = chart.labels.map((name, index) => {
    let above = 0
    let below = 0
    const x = plot.left + step * (index + 0.5)
    const parts = chart.series.map((series, at) => {
      const value = series.values[index] ?? 0
      const from = value < 0 ? below : above
      if (value < 0) below += value
      else above += value
      return rectangle(x - step * 0.36, y(from + value), step * 0.72, y(from), seriesColor(at))
    })
    const open =
      chart.unfinished?.includes(index) === true
        ? rectangle(x - step * 0.36, y(above), step * 0.72, y(below), 'url(#veil)')
        : ''
    return (
      parts.join('') +
      open +
      (index % every === 0 ? label(x, height - 12, format.value(name, chart.labelFormat), 'middle') : '')
    )
  })
  const legend = chart.series.map(
    (series, at) =>
      `<rect x="${width - plot.right + 10}" y="${16 + at * 18}" width="10" height="10" fill="${seriesColor(at)}"/>` +
      label(width - plot.right + 26, 25 + at * 18, series.name, 'start'),
  )
  return hatch + gridLines(ticks, y, chart.format, format) + bars.join('') + legend.join('')
}

function drawWaterfall(chart: WaterfallChart, format: Formatter): string {
  let running = 0
  const spans = chart.steps.map((step) => {
    const from = step.step === 'total' ? 0 : running
    const to = step.step === 'total' ? step.value : running + step.value
    running = to
    return { ...step, from, to }
  })
  const { y, ticks } = verticalScale(spans.flatMap(({ from, to }) => [from, to]))
  const step = (width - plot.left - 20) / Math.max(1, spans.length)
  const bars = spans.map((span, index) => {
    const x = plot.left + step * (index + 0.5)
    const top = Math.min(y(span.from), y(span.to))
    const link =
      index === 0
        ? ''
        : `<line x1="${round(x - step * 0.64)}" x2="${round(x - step * 0.36)}" y1="${round(y(span.step === 'total' ? span.to : span.from))}" y2="${round(y(span.step === 'total' ? span.to : span.from))}" stroke="${chartColors.axis}" stroke-dasharray="2 2"/>`
    return (
      link +
      rectangle(x - step * 0.36, y(span.to), step * 0.72, y(span.from), chartColors[span.tone]) +
      label(x, top - 5, format.value(span.value, chart.format), 'middle', chartColors.text) +
      label(x, height - 12, shorten(span.label, Math.max(8, Math.floor(step / 6.5))), 'middle')
    )
  })
  return gridLines(ticks, y, chart.format, format) + bars.join('')
}

function drawTornado(chart: TornadoChart, format: Formatter): string {
  const left = 250
  const values = chart.drivers.flatMap(({ low, high }) => [low, high])
  const ticks = niceTicks(Math.min(chart.center, ...values), Math.max(chart.center, ...values))
  const least = ticks[0] ?? 0
  const most = ticks.at(-1) ?? 1
  const x = (value: number): number => left + 60 + ((value - least) / (most - least || 1)) * (width - left - 140)
  const bottom = 30 + chart.drivers.length * 40
  const axis = ticks.map(
    (tick) =>
      `<line x1="${round(x(tick))}" x2="${round(x(tick))}" y1="20" y2="${bottom}" stroke="${chartColors.grid}"/>` +
      label(x(tick), 14, format.value(tick, shortFormat(chart.format)), 'middle'),
  )
  const rows = chart.drivers.map((driver, index) => {
    const y = 30 + index * 40
    const bar = (value: number, color: string): string =>
      `<rect x="${round(Math.min(x(value), x(chart.center)))}" y="${y}" width="${round(Math.abs(x(value) - x(chart.center)))}" height="22" fill="${color}"/>`
    const side = (value: number): string =>
      label(
        x(value) + (value < chart.center ? -6 : 6),
        y + 15,
        format.value(value, chart.format),
        value < chart.center ? 'end' : 'start',
      )
    return (
      label(left - 8, y + 9, driver.label, 'end', chartColors.text) +
      label(left - 8, y + 24, driver.range, 'end') +
      bar(driver.low, chartColors.loss) +
      bar(driver.high, chartColors.gain) +
      side(driver.low) +
      side(driver.high)
    )
  })
  const center = `<line x1="${round(x(chart.center))}" x2="${round(x(chart.center))}" y1="20" y2="${bottom}" stroke="${chartColors.text}" stroke-width="1.5"/>`
  return axis.join('') + rows.join('') + center
}

function drawHeatmap(chart: HeatmapChart, format: Formatter): string {
  const values = chart.cells.flatMap((row) => row.flatMap((cell) => (cell === null ? [] : [cell.value])))
  const least = Math.min(...values)
  const most = Math.max(...values)
  const cellOf = (cell: HeatmapChart['cells'][number][number] | undefined): string => {
    if (cell === null || cell === undefined) return `<td class="empty" title="${escapeHtml(chart.emptyMeans)}"></td>`
    const { fill, text } = shade(cell.value, least, most)
    return `<td class="number" style="background:${fill};color:${text}" title="${format.count(cell.n)} of ${format.count(cell.of)}">${format.value(cell.value, chart.format)}</td>`
  }
  const rows = chart.rows.map(
    (row, index) =>
      `<tr><th scope="row">${escapeHtml(format.value(row.label, row.labelFormat))}${row.mark === undefined ? '' : ` ${escapeHtml(row.mark)}`}</th><td class="number">${format.count(row.size)}</td>${chart.columns.map((_, at) => cellOf(chart.cells[index]?.[at])).join('')}</tr>`,
  )
  const { totals } = chart
  const foot =
    totals === undefined
      ? ''
      : `<tfoot><tr><th scope="row">${escapeHtml(totals.label)}</th><td class="number">${format.count(totals.size)}</td>${chart.columns.map((_, at) => cellOf(totals.cells[at])).join('')}</tr></tfoot>`
  return `<table class="heatmap"><thead><tr><th>${escapeHtml(chart.rowTitle)}</th><th>${escapeHtml(chart.sizeTitle)}</th>${chart.columns.map((name) => `<th class="number">${escapeHtml(name)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody>${foot}</table>`
}

function drawGrid(chart: GridChart, format: Formatter): string {
  const values = chart.rows.flatMap((row) => row.cells.map((cell) => cell.value))
  const least = Math.min(...values)
  const most = Math.max(...values)
  const rows = chart.rows.map(
    (row) =>
      `<tr><th scope="row">${escapeHtml(row.label)}</th>${row.cells
        .map((cell) => {
          const { fill, text } = shade(cell.value, least, most)
          return `<td style="background:${fill};color:${text}">${escapeHtml(cell.label)}<br>${format.count(cell.n)} · ${format.value(cell.value, chart.format)}</td>`
        })
        .join('')}</tr>`,
  )
  return `<table class="heatmap"><thead><tr><th>${escapeHtml(chart.rowTitle)}</th>${chart.columns.map((name) => `<th>${escapeHtml(name)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function drawTree(node: TreeNode, format: Formatter): string {
  const before = node.before === undefined ? '' : ` <small>before ${format.value(node.before, node.format)}</small>`
  const part =
    node.contribution === undefined ? '' : ` <small>explains ${format.money(node.contribution)} of the change</small>`
  const children = node.children ?? []
  return `<li>${node.operator === undefined ? '' : `${node.operator} `}${escapeHtml(node.label)} <strong>${escapeHtml(format.value(node.value, node.format))}</strong>${before}${part}${
    children.length === 0 ? '' : `<ul>${children.map((child) => drawTree(child, format)).join('')}</ul>`
  }</li>`
}

const hatch = `<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><line x1="0" y1="0" x2="0" y2="6" stroke="${chartColors.gain}" stroke-width="4"/></pattern><pattern id="veil" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="#fff" stroke-width="3"/></pattern></defs>`

function label(
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle' | 'end',
  color: string = chartColors.quiet,
): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="${color}">${escapeHtml(text)}</text>`
}

function rectangle(x: number, y1: number, wide: number, y2: number, fill: string): string {
  return `<rect x="${round(x)}" y="${round(Math.min(y1, y2))}" width="${round(wide)}" height="${round(Math.abs(y2 - y1))}" fill="${fill}"/>`
}

/** Axes need no cents and no decimals. */
function shortFormat(kind: NumberFormat): NumberFormat {
  if (kind === 'cents') return 'money'
  return kind === 'percent2' ? 'percent' : kind
}

const pair = (x: number, y: number): string => `${round(x)},${round(y)}`
const round = (value: number): number => Math.round(value * 10) / 10
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const shorten = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`)
