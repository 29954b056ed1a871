import type { Shape } from 'plotly.js'
import type { WaterfallChart } from '../../../shared/report'
import { dashes, type Figure, type Look, label, nameAxis, template, trace, valueAxis } from './template'

/** From levers to benefit: each change hangs where the one before ended. */
export function waterfallFigure(chart: WaterfallChart, look: Look): Figure {
  const bars = placeSteps(chart)
  const [gain = '', loss = '', result = ''] = look.tokens.categorical
  const colours = { gain, loss, result }
  const names = bars.map((_bar, index) => index)
  const base = template(look)
  return {
    data: [
      trace({
        type: 'bar',
        x: names,
        y: bars.map((bar) => bar.to - bar.from),
        base: bars.map((bar) => bar.from),
        width: 0.8,
        marker: { color: chart.steps.map((step) => colours[step.tone]) },
        hoverinfo: 'text',
        hovertext: chart.steps.map((step) => `${step.label}: <b>${look.format.value(step.value, chart.format)}</b>`),
      }),
    ],
    layout: {
      ...base,
      margin: { ...base.margin, l: 8, r: 8, t: 22 },
      xaxis: {
        ...nameAxis(look),
        type: 'linear',
        tickvals: names,
        ticktext: chart.steps.map((step) => wrapped(step.label)),
        range: [-0.5, names.length - 0.5],
      },
      yaxis: { ...valueAxis(look, chart.format), showticklabels: false, showgrid: false, automargin: false },
      shapes: connectors(bars, look),
      annotations: chart.steps.map((step, index) => {
        const bar = bars[index] ?? { from: 0, to: 0 }
        return label(look, `<b>${look.format.value(step.value, chart.format)}</b>`, {
          x: index,
          y: Math.max(bar.from, bar.to),
          yanchor: 'bottom',
          yshift: 2,
          bgcolor: 'rgba(0,0,0,0)',
        })
      }),
    },
  }
}

interface Bar {
  readonly from: number
  readonly to: number
}

function placeSteps({ steps }: WaterfallChart): Bar[] {
  let running = 0
  return steps.map((step) => {
    const from = step.step === 'total' ? 0 : running
    const to = step.step === 'total' ? step.value : running + step.value
    running = to
    return { from, to }
  })
}

function connectors(bars: readonly Bar[], { tokens }: Look): Partial<Shape>[] {
  return bars.slice(0, -1).map((bar, index) => ({
    type: 'line',
    x0: index + 0.4,
    x1: index + 0.6,
    y0: bar.to,
    y1: bar.to,
    line: { color: tokens.axis, width: 1, dash: dashes.connector },
  }))
}

/** Long names go over two lines. */
function wrapped(text: string): string {
  const words = text.split(' ')
  if (text.length <= 12 || words.length < 2) return text
  const half = Math.ceil(words.length / 2)
  return `${words.slice(0, half).join(' ')}<br>${words.slice(half).join(' ')}`
}
