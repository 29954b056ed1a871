import { type KeyboardEvent, useRef } from 'react'
import type { Formatter } from '../../shared/format'
import type { HeatmapCell, HeatmapChart } from '../../shared/report'
import { useFormatter } from '../ui/useFormatter'
import type { ChartNumber } from './chartSelection'
import { HeatLegend } from './HeatLegend'
import { type HeatScale, heatScale } from './heatScale'
import { moveFocus } from './moveFocus'

interface HeatmapProps {
  readonly chart: HeatmapChart
  readonly name: string
  readonly selected: string | null
  readonly onSelect: (number: ChartNumber) => void
}

/** Rows by age: the value with its n beside it, hatched where nothing has been reached yet. */
export function Heatmap({ chart, name, selected, onSelect }: HeatmapProps) {
  const format = useFormatter()
  const box = useRef<HTMLTableElement>(null)
  const scale = heatScale(chart.cells.flatMap((row) => row.flatMap((cell) => (cell === null ? [] : [cell.value]))))
  const move = (event: KeyboardEvent): void => moveFocus(event, box.current)
  return (
    <div className="heatbox tnum">
      <table ref={box} className="heatmap" aria-label={name} onKeyDown={move}>
        <thead>
          <tr>
            <th scope="col">{chart.rowTitle}</th>
            <th scope="col" className="r">
              {chart.sizeTitle}
            </th>
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
                {format.value(row.label, row.labelFormat)} {row.mark}
              </th>
              <td className="heatsize">{format.count(row.size)}</td>
              {chart.columns.map((column, index) => (
                <HeatCell
                  key={column}
                  chart={chart}
                  cell={chart.cells[at]?.[index] ?? null}
                  scale={scale}
                  place={{ row: at, column: index }}
                  what={`${format.value(row.label, row.labelFormat)}, ${column}`}
                  selected={selected}
                  onSelect={onSelect}
                />
              ))}
            </tr>
          ))}
        </tbody>
        {chart.totals !== undefined && <Totals totals={chart.totals} chart={chart} />}
      </table>
      <HeatLegend
        scale={scale}
        format={chart.format}
        emptyMeans={chart.emptyMeans}
        title={chart.format === 'percent' ? 'Share, %' : 'Value'}
      />
    </div>
  )
}

interface HeatCellProps {
  readonly chart: HeatmapChart
  readonly cell: HeatmapCell | null
  readonly scale: HeatScale
  readonly place: { readonly row: number; readonly column: number }
  readonly what: string
  readonly selected: string | null
  readonly onSelect: (number: ChartNumber) => void
}

function HeatCell({ chart, cell, scale, place, what, selected, onSelect }: HeatCellProps) {
  const format = useFormatter()
  if (cell === null) return <td className="heathatch" title={chart.emptyMeans} />
  const key = `${place.row}.${place.column}`
  const bin = scale.binOf(cell.value)
  const isFirst = place.row === 0 && place.column === 0
  const isStop = selected === null || !selected.includes('.') ? isFirst : selected === key
  const value = format.value(cell.value, chart.format)
  const figures = figuresOf(cell, chart, format)
  return (
    <td>
      <button
        type="button"
        className={`heatcell bin${bin}${selected === key ? ' on' : ''}`}
        style={{ background: `var(--q${bin + 1})` }}
        data-row={place.row}
        data-column={place.column}
        tabIndex={isStop ? 0 : -1}
        aria-pressed={selected === key}
        aria-label={`${what}: ${value}, ${figures}`}
        title={`${what}: ${value}, ${figures}`}
        onClick={() => onSelect({ key, value, what, means: null, figures })}
      >
        <span className="heatvalue">{shortValue(cell.value, chart, format)}</span>
        <span className="heatn">{format.count(cell.n)}</span>
      </button>
    </td>
  )
}

function Totals({
  totals,
  chart,
}: {
  readonly totals: NonNullable<HeatmapChart['totals']>
  readonly chart: HeatmapChart
}) {
  const format = useFormatter()
  return (
    <tfoot>
      <tr>
        <th scope="row" className="nw">
          {totals.label}
        </th>
        <td className="r">{format.count(totals.size)}</td>
        {totals.cells.map((cell, index) => (
          <td key={chart.columns[index] ?? index} className="heattotal">
            {cell !== null && (
              <>
                <span className="b">{shortValue(cell.value, chart, format)}</span>{' '}
                <span className="heatn">{format.count(cell.n)}</span>
              </>
            )}
          </td>
        ))}
      </tr>
    </tfoot>
  )
}

/** Percent signs stand in the subtitle, not in every cell. */
function shortValue(value: number, chart: HeatmapChart, format: Formatter): string {
  return chart.format === 'percent' ? format.decimal(value * 100, 1) : format.value(value, chart.format)
}

function figuresOf(cell: HeatmapCell, chart: HeatmapChart, format: Formatter): string {
  const counted = `${format.count(cell.n)} of ${format.count(cell.of)}`
  if (cell.low === undefined || cell.high === undefined) return counted
  const interval =
    chart.format === 'percent'
      ? format.interval(cell.low, cell.high)
      : `${format.value(cell.low, chart.format)}–${format.value(cell.high, chart.format)}`
  return `${counted}, 95% interval ${interval}`
}
