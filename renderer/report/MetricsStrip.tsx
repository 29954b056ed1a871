import type { Metric } from '../../shared/report'
import { useFormatter } from '../ui/useFormatter'
import { metricNumber } from './numberAt'
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
      <div className="kpigrid">
        {items.map((item) => {
          const number = metricNumber(id, item, format)
          const isOn = selected?.key === number.key
          return (
            <button
              key={item.label}
              type="button"
              className={`kpi${isOn ? ' on' : ''}`}
              aria-pressed={isOn}
              title={item.caption}
              onClick={() => select(number)}
            >
              <span className="l">{item.label}</span>
              <span className={number.value.length > 11 ? 'n long' : 'n'}>{number.value}</span>
              <span className="c">{(item.caption ?? '').replaceAll(' · ', '\u00a0· ')}</span>
            </button>
          )
        })}
      </div>
    </section>
  )
}
