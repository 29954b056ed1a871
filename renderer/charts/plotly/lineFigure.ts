import type { Annotations, Data } from 'plotly.js'
import type { LineChart, LineSeries } from '../../../shared/report'
import { dashes, type Figure, type Look, label, nameAxis, periodLabels, template, valueAxis } from './template'

const plotHeight = 210

/** Lines named at their end; intervals as a band; unfinished points hollow. */
export function lineFigure(chart: LineChart, look: Look): Figure {
  const xs = [...new Set(chart.series.flatMap((series) => series.points.map((point) => point.x)))]
  const names = new Map(periodLabels(xs, chart.xFormat, look).map((text, index) => [xs[index] ?? '', text]))
  const base = template(look)
  return {
    data: chart.series.flatMap((series, index) => [
      ...bandOf(series, names, colourOf(series, index, look)),
      lineOf(chart, series, names, colourOf(series, index, look), look),
    ]),
    layout: {
      ...base,
      margin: { ...base.margin, r: endMargin(chart) },
      xaxis: {
        ...nameAxis(look),
        categoryarray: [...names.values()],
        categoryorder: 'array',
        nticks: 14,
        range: [-0.2, xs.length - 0.8],
      },
      yaxis: { ...valueAxis(look, chart.yFormat), rangemode: 'tozero' },
      annotations: [...endLabels(chart, names, look), ...mark(chart, names, look)],
    },
  }
}

type Names = ReadonlyMap<string | number, string>

function lineOf(chart: LineChart, series: LineSeries, names: Names, colour: string, look: Look): Data {
  const marked = chart.annotation?.x
  const dash = { subject: 'solid' as const, ...dashes }[series.role]
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name: series.name,
    x: series.points.map((point) => names.get(point.x) ?? ''),
    y: series.points.map((point) => point.y),
    line: { color: colour, width: series.role === 'reference' ? 1.4 : 2, dash },
    marker: {
      size: series.points.map((point) => (point.unfinished === true || point.x === marked ? 8 : 5)),
      color: series.points.map((point) => (point.unfinished === true ? look.tokens.surface : colour)),
      line: {
        width: 1.5,
        color: series.points.map((point) => (point.unfinished === true ? colour : look.tokens.surface)),
      },
      opacity: series.points.length > 40 || series.role === 'reference' ? 0 : 1,
    },
    hoverinfo: 'text',
    hovertext: series.points.map((point) => {
      const value = look.format.value(point.y, chart.yFormat)
      const range =
        point.low === undefined || point.high === undefined
          ? ''
          : ` (${look.format.value(point.low, chart.yFormat)} to ${look.format.value(point.high, chart.yFormat)})`
      const period = look.format.value(point.x, chart.xFormat)
      return `${series.name}, ${period}: <b>${value}</b>${range}${point.unfinished === true ? ', unfinished' : ''}`
    }),
  }
}

function bandOf(series: LineSeries, names: Names, colour: string): Data[] {
  const points = series.points.filter((point) => point.low !== undefined && point.high !== undefined)
  if (points.length < 2) return []
  const edge = (of: 'low' | 'high'): Data => ({
    type: 'scatter',
    mode: 'lines',
    x: points.map((point) => names.get(point.x) ?? ''),
    y: points.map((point) => point[of] ?? null),
    line: { width: 0 },
    hoverinfo: 'skip',
    ...(of === 'high' ? { fill: 'tonexty', fillcolor: `${colour}1a` } : {}),
  })
  return [edge('low'), edge('high')]
}

function colourOf(series: LineSeries, index: number, { tokens }: Look): string {
  if (series.role === 'reference') return tokens.text3
  return tokens.categorical[index % tokens.categorical.length] ?? tokens.accent
}

/** Names at the ends of lines, moved apart where they would touch. */
function endLabels(chart: LineChart, names: Names, look: Look): Partial<Annotations>[] {
  if (chart.series.length < 2) return []
  const all = chart.series.flatMap((series) => series.points.flatMap(({ y, low, high }) => [y, low, high]))
  const values = [...all.filter((value) => value !== null && value !== undefined), 0]
  const room = ((Math.max(...values) - Math.min(...values)) * 28) / plotHeight
  const ends = chart.series
    .flatMap((series, index) => {
      const last = series.points.findLast((point) => point.y !== null)
      return last === undefined || last.y === null ? [] : [{ series, index, x: last.x, y: last.y }]
    })
    .sort((one, other) => one.y - other.y)
  let below = Number.NEGATIVE_INFINITY
  return ends.map(({ series, index, x, y }) => {
    below = Math.max(y, below + room)
    return label(look, `<b>${series.name}</b><br>${look.format.value(y, chart.yFormat)}`, {
      align: 'left',
      x: names.get(x) ?? '',
      y: below,
      xanchor: 'left',
      xshift: 8,
      font: { size: 11, color: colourOf(series, index, look) },
    })
  })
}

function endMargin({ series }: LineChart): number {
  return series.length < 2 ? 16 : Math.max(...series.map(({ name }) => name.length), 6) * 6.6 + 20
}

function mark({ annotation }: LineChart, names: Names, look: Look): Partial<Annotations>[] {
  if (annotation === undefined) return []
  return [
    label(look, `<b>${annotation.text}</b>`, {
      x: names.get(String(annotation.x)) ?? names.get(Number(annotation.x)) ?? '',
      y: annotation.y,
      yanchor: 'bottom',
      yshift: 8,
    }),
  ]
}
