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
        tickangle: 0,
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

/** Long names go over up to three lines. */
function wrapped(text: string): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last === '' || `${last} ${word}`.length <= lineLength) lines[lines.length - 1] = `${last} ${word}`.trim()
    else lines.push(word)
  }
  return (lines.length <= 3 ? lines : [...lines.slice(0, 2), `${lines[2]}…`]).join('<br>')
}

const lineLength = 12
