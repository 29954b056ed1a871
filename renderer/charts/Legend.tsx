import type { ChartSpec } from '../../shared/report'

/** Names of stacked parts, in the order of the stack; everything else is labelled where it is. */
export function Legend({ chart }: { readonly chart: ChartSpec }) {
  if (chart.kind === 'stackedBar') {
    return (
      <ul className="legend">
        {chart.series.map(({ name }, index) => (
          <li key={name}>
            <span className="swatch" style={{ background: `var(--c${(index % 8) + 1})` }} />
            {name}
          </li>
        ))}
        {(chart.unfinished?.length ?? 0) > 0 && <Unfinished />}
      </ul>
    )
  }
  const hasUnfinished = chart.kind === 'bar' && chart.bars.some(({ unfinished }) => unfinished === true)
  return hasUnfinished ? (
    <ul className="legend">
      <Unfinished />
    </ul>
  ) : null
}

function Unfinished() {
  return (
    <li>
      <span className="swatch hatched" />
      unfinished period
    </li>
  )
}
