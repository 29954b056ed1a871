import type { Formatter } from '../../shared/format'
import type { NumberFormat } from '../../shared/report'
import { useFormatter } from '../ui/useFormatter'
import type { HeatScale } from './heatScale'

interface HeatLegendProps {
  readonly scale: HeatScale
  readonly format: NumberFormat
  readonly emptyMeans: string | null
  readonly title: string
}

/** The same cells with their ranges. */
export function HeatLegend({ scale, format, emptyMeans, title }: HeatLegendProps) {
  const print = useFormatter()
  const ranges = rangesOf(scale, format, print)
  return (
    <div className="row f11 t3 wrap heatlegend">
      {title}
      <span className="row" style={{ gap: 2 }}>
        {ranges.map(({ text, bin }) => (
          <span key={text} className={`heatkey bin${bin}`} style={{ background: `var(--q${bin + 1})` }}>
            {text}
          </span>
        ))}
      </span>
      {emptyMeans !== null && (
        <span className="row" style={{ gap: 5 }}>
          <span className="heathatch hatchkey" />
          {emptyMeans}
        </span>
      )}
    </div>
  )
}

function rangesOf(scale: HeatScale, format: NumberFormat, print: Formatter): { text: string; bin: number }[] {
  const say = (edge: number): string =>
    format === 'percent' || format === 'percent2' ? plainPercent(edge, print) : print.value(edge, format)
  const first = scale.edges[0]
  if (first === undefined) return []
  return [
    { text: `< ${say(first)}`, bin: 0 },
    ...scale.edges.map((edge, index) => {
      const next = scale.edges[index + 1]
      return { text: next === undefined ? `≥ ${say(edge)}` : `${say(edge)}–${say(next)}`, bin: scale.binOf(edge) }
    }),
  ]
}

function plainPercent(edge: number, print: Formatter): string {
  const percent = edge * 100
  return print.decimal(percent, Math.abs(percent - Math.round(percent)) < 1e-6 ? 0 : 1)
}
