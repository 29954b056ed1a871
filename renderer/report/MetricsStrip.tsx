import type { Metric } from '../../shared/report'
import { useFormatter } from '../ui/useFormatter'
import { useSelection } from './selection'

interface MetricsStripProps {
  readonly id: string
  readonly items: readonly Metric[]
}

/** Up to seven key figures between hairlines; a click explains one. */
export function MetricsStrip({ id, items }: MetricsStripProps) {
  const format = useFormatter()
  const { selected, select } = useSelection()
  return (
    <section className="card kpis" aria-label="Key figures" data-count={items.length}>
      {items.map((item) => {
        const key = `${id}.${item.label}`
        const value = format.value(item.value, item.format)
        return (
          <button
            key={item.label}
            type="button"
            className={`kpi${selected?.key === key ? ' on' : ''}`}
            aria-pressed={selected?.key === key}
            title={item.caption}
            onClick={() => select({ key, value, what: item.label, means: item.means, figures: item.caption ?? null })}
          >
            <span className="l">{item.label}</span>
            <span className="n">{value}</span>
            <span className="c">{(item.caption ?? '').replaceAll(' · ', '\u00a0· ')}</span>
          </button>
        )
      })}
    </section>
  )
}
