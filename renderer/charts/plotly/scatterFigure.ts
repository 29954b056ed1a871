import type { ScatterChart } from '../scatterChart'
import { type Figure, type Look, template, valueAxis } from './template'

/** Points of two numbers, faint where there are many so that density shows. */
export function scatterFigure(chart: ScatterChart, look: Look): Figure {
  const base = template(look)
  const colour = look.tokens.categorical[0] ?? look.tokens.accent
  const title = (text: string) => ({ text, font: { size: 11, color: look.tokens.text2 }, standoff: 8 })
  return {
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        x: chart.points.map(({ x }) => x),
        y: chart.points.map(({ y }) => y),
        marker: { size: 6, color: colour, opacity: chart.points.length > 300 ? 0.35 : 0.8 },
        hoverinfo: 'text',
        hovertext: chart.points.map(
          ({ x, y }) =>
            `${chart.xTitle} ${look.format.value(x, chart.xFormat)}, ${chart.yTitle} ${look.format.value(y, chart.yFormat)}`,
        ),
      },
    ],
    layout: {
      ...base,
      margin: { ...base.margin, b: 40 },
      xaxis: { ...valueAxis(look, chart.xFormat), title: title(chart.xTitle) },
      yaxis: { ...valueAxis(look, chart.yFormat), title: title(chart.yTitle) },
    },
  }
}
