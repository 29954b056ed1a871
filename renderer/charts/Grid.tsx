import { useRef } from 'react'
import type { GridChart } from '../../shared/report'
import { useFormatter } from '../ui/useFormatter'
import type { ChartNumber } from './chartSelection'
import { HeatLegend } from './HeatLegend'
import { heatScale } from './heatScale'
import { moveFocus } from './moveFocus'

interface GridProps {
  readonly chart: GridChart
  readonly name: string
  readonly selected: string | null
  readonly onSelect: (number: ChartNumber) => void
}

/** Named cells such as recency × frequency and money: the name, how many, how much. */
export function Grid({ chart, name, selected, onSelect }: GridProps) {
  const format = useFormatter()
  const box = useRef<HTMLTableElement>(null)
  const scale = heatScale(chart.rows.flatMap((row) => row.cells.map((cell) => cell.value)))
  return (
    <div className="heatbox tnum">
      <table
        ref={box}
        className="heatmap namedgrid"
        aria-label={name}
        onKeyDown={(event) => moveFocus(event, box.current)}
      >
        <thead>
          <tr>
            <th scope="col">{chart.rowTitle}</th>
            {chart.columns.map((column) => (
              <th key={column} scope="col" className="heatcolumn">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chart.rows.map((row, at) => (
            <tr key={row.label}>
              <th scope="row" className="nw">
                {row.label}
              </th>
              {row.cells.map((cell, index) => {
                const key = `${at}.${index}`
                const bin = scale.binOf(cell.value)
                const value = format.value(cell.value, chart.format)
                const what = `${cell.label}, ${row.label} × ${chart.columns[index] ?? ''}`
                const figures = `${format.count(cell.n)} customers`
                return (
                  <td key={chart.columns[index] ?? index}>
                    <button
                      type="button"
                      className={`heatcell gridcell bin${bin}${selected === key ? ' on' : ''}`}
                      style={{ background: `var(--q${bin + 1})` }}
                      data-row={at}
                      data-column={index}
                      tabIndex={(selected === null && key === '0.0') || selected === key ? 0 : -1}
                      aria-pressed={selected === key}
                      aria-label={`${what}: ${value}, ${figures}`}
                      onClick={() => onSelect({ key, value, what, means: null, figures })}
                    >
                      <span className="gridlabel ell">{cell.label}</span>
                      <span className="gridnumbers">
                        <span>{format.count(cell.n)}</span>
                        <span>{value}</span>
                      </span>
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <HeatLegend
        scale={scale}
        format={chart.format}
        emptyMeans={null}
        title={chart.format === 'percent' ? 'Share, %' : 'Value'}
      />
    </div>
  )
}
