import type { BarChart, StackedBarChart } from '../../../shared/report'
import { type Figure, type Look, nameAxis, periodLabels, template, trace, valueAxis } from './template'

const mostValues = 14

/** Bars from 0, intervals where they exist, unfinished periods hatched, the value on the bar while there is room. */
export function barFigure(chart: BarChart, look: Look): Figure {
  const names = periodLabels(
    chart.bars.map((bar) => bar.label),
    chart.labelFormat,
    look,
  )
  const values = chart.bars.map((bar) => bar.value)
  const hasEmphasis = chart.bars.some((bar) => bar.emphasised === true)
  const subject = look.tokens.categorical[0] ?? look.tokens.accent
  const quiet = look.tokens.sequential[3] ?? subject
  const isFlat = chart.direction === 'horizontal'
  const bars = trace({
    type: 'bar',
    orientation: isFlat ? 'h' : 'v',
    x: isFlat ? values : names,
    y: isFlat ? names : values,
    width: isFlat ? 0.56 : 0.72,
    marker: {
      color: chart.bars.map((bar) => (hasEmphasis && bar.emphasised !== true ? quiet : subject)),
      pattern: {
        shape: chart.bars.map((bar) => (bar.unfinished === true ? '/' : '')),
        fgcolor: look.tokens.surface,
        size: 6,
        solidity: 0.35,
      },
    },
    ...errorBars(chart, look),
    ...(chart.bars.length > mostValues || hasIntervals(chart)
      ? {}
      : {
          text: chart.bars.map((bar) => look.format.value(bar.value, chart.format)),
          textposition: 'outside',
          textfont: { size: 11, color: look.tokens.text },
          cliponaxis: false,
        }),
    textangle: 0,
    hoverinfo: 'text',
    hovertext: chart.bars.map((bar) => barText(bar, chart, look)),
  })
  const base = template(look)
  const valueSide = { ...valueAxis(look, chart.format), rangemode: 'tozero' as const }
  const nameSide = { ...nameAxis(look), nticks: 14 }
  return {
    data: [bars],
    layout: {
      ...base,
      margin: { ...base.margin, t: 20, r: isFlat ? 64 : 16 },
      xaxis: isFlat ? { ...valueSide, showticklabels: false, showgrid: false } : nameSide,
      yaxis: isFlat ? { ...nameSide, autorange: 'reversed', ticksuffix: '  ' } : valueSide,
    },
  }
}

/** Parts of a whole on top of each other; the legend stands above the picture as words. */
export function stackedBarFigure(chart: StackedBarChart, look: Look): Figure {
  const names = periodLabels(chart.labels, chart.labelFormat, look)
  const unfinished = new Set(chart.unfinished)
  return {
    data: chart.series.map((series, index) =>
      trace({
        type: 'bar',
        name: series.name,
        x: names,
        y: [...series.values],
        width: 0.72,
        marker: {
          color: look.tokens.categorical[index % look.tokens.categorical.length] ?? look.tokens.accent,
          line: { width: 1, color: look.tokens.surface },
          pattern: {
            shape: names.map((_name, at) => (unfinished.has(at) ? '/' : '')),
            fgcolor: look.tokens.surface,
            size: 6,
            solidity: 0.35,
          },
        },
        hoverinfo: 'text',
        hovertext: series.values.map(
          (value, at) =>
            `${series.name}, ${look.format.value(chart.labels[at], chart.labelFormat)}: <b>${look.format.value(value, chart.format)}</b>`,
        ),
      }),
    ),
    layout: {
      ...template(look),
      barmode: 'stack',
      xaxis: { ...nameAxis(look), nticks: 14 },
      yaxis: { ...valueAxis(look, chart.format), rangemode: 'tozero' },
    },
  }
}

function hasIntervals({ bars }: BarChart): boolean {
  return bars.some((bar) => bar.low !== undefined && bar.high !== undefined)
}

function errorBars(chart: BarChart, { tokens }: Look): object {
  if (!hasIntervals(chart)) return {}
  const bars = {
    type: 'data' as const,
    symmetric: false,
    array: chart.bars.map((bar) => (bar.high === undefined ? 0 : bar.high - bar.value)),
    arrayminus: chart.bars.map((bar) => (bar.low === undefined ? 0 : bar.value - bar.low)),
    color: tokens.text2,
    thickness: 1.4,
    width: 3,
  }
  return chart.direction === 'horizontal' ? { error_x: bars } : { error_y: bars }
}

function barText(bar: BarChart['bars'][number], chart: BarChart, { format }: Look): string {
  const interval =
    bar.low === undefined || bar.high === undefined
      ? ''
      : ` (${format.value(bar.low, chart.format)} to ${format.value(bar.high, chart.format)})`
  const size = bar.n === undefined ? '' : `, n ${format.count(bar.n)}`
  const state = bar.unfinished === true ? ', unfinished' : ''
  return `${format.value(bar.label, chart.labelFormat)}: <b>${format.value(bar.value, chart.format)}</b>${interval}${size}${state}`
}
