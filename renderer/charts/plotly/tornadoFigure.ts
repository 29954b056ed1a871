import type { Data, Layout } from 'plotly.js'
import type { TornadoChart } from '../../../shared/report'
import { type Figure, type Look, label, nameAxis, template, trace, valueAxis } from './template'

/** One driver at a time at its low and high, around the base case. */
export function tornadoFigure(chart: TornadoChart, look: Look): Figure {
  const [better = '', worse = ''] = look.tokens.categorical
  const rows = chart.drivers.map((_driver, index) => index)
  const base = template(look)
  const ends = chart.drivers.flatMap((driver) => [driver.low, driver.high])
  const from = Math.min(chart.center, ...ends)
  const to = Math.max(chart.center, ...ends)
  const air = (to - from) * 0.22 || 1
  return {
    data: (['low', 'high'] as const).map((end) => sideOf(chart, end, rows, { better, worse }, look)),
    layout: {
      ...base,
      barmode: 'overlay',
      margin: { ...base.margin, l: labelWidth(chart), t: 22, b: 8 },
      xaxis: { ...valueAxis(look, chart.format), side: 'top', zeroline: false, range: [from - air, to + air] },
      yaxis: {
        ...nameAxis(look),
        type: 'linear',
        range: [rows.length - 0.5, -0.5],
        showticklabels: false,
      } as Partial<Layout['yaxis']>,
      shapes: [
        {
          type: 'line',
          x0: chart.center,
          x1: chart.center,
          y0: -0.5,
          y1: rows.length - 0.5,
          line: { color: look.tokens.text, width: 1.5 },
        },
      ],
      annotations: [
        ...chart.drivers.map((driver, index) =>
          label(look, `${shortened(driver.label)}<br><span style="color:${look.tokens.text3}">${driver.range}</span>`, {
            xref: 'paper',
            x: 0,
            xanchor: 'left',
            xshift: 4 - labelWidth(chart),
            y: index,
            align: 'left',
            bgcolor: 'rgba(0,0,0,0)',
          }),
        ),
        ...chart.drivers.flatMap((driver, index) => [
          valueLabel(chart, driver.low, index, look),
          valueLabel(chart, driver.high, index, look),
        ]),
      ],
    },
  }
}

function sideOf(
  chart: TornadoChart,
  end: 'low' | 'high',
  rows: number[],
  { better, worse }: { readonly better: string; readonly worse: string },
  look: Look,
): Data {
  return trace({
    type: 'bar',
    orientation: 'h',
    y: rows,
    x: chart.drivers.map((driver) => driver[end] - chart.center),
    base: chart.drivers.map(() => chart.center),
    width: 0.5,
    marker: { color: chart.drivers.map((driver) => (driver[end] >= chart.center ? better : worse)) },
    hoverinfo: 'text',
    hovertext: chart.drivers.map(
      (driver) => `${driver.label}, ${end}: <b>${look.format.value(driver[end], chart.format)}</b> (${driver.range})`,
    ),
  })
}

function valueLabel(chart: TornadoChart, value: number, row: number, look: Look) {
  const isRight = value >= chart.center
  return label(look, look.format.value(value, chart.format), {
    x: value,
    y: row,
    xanchor: isRight ? 'left' : 'right',
    xshift: isRight ? 4 : -4,
    bgcolor: 'rgba(0,0,0,0)',
  })
}

function labelWidth({ drivers }: TornadoChart): number {
  const longest = Math.max(...drivers.flatMap(({ label: name, range }) => [shortened(name).length, range.length]), 8)
  return Math.min(200, longest * 6 + 16)
}

const longestLabel = 28

function shortened(text: string): string {
  return text.length <= longestLabel ? text : `${text.slice(0, longestLabel - 1).trimEnd()}…`
}
