import './charts.css'
import { lazy, Suspense } from 'react'
import type { ChartSpec } from '../../shared/report'
import { Skeleton } from '../ui/Skeleton'
import { chartHeight } from './chartHeight'
import type { ChartNumber } from './chartSelection'
import { Grid } from './Grid'
import { Heatmap } from './Heatmap'
import { Legend } from './Legend'
import { Tree } from './Tree'

const PlotlyPicture = lazy(async () => ({ default: (await import('./PlotlyPicture')).PlotlyPicture }))

interface ChartProps {
  readonly chart: ChartSpec
  /** Read out in place of the picture. */
  readonly name: string
  readonly selectedKey: string | null
  readonly keyPrefix: string
  readonly onSelect: (number: ChartNumber) => void
}

export function Chart({ chart, name, selectedKey, keyPrefix, onSelect }: ChartProps) {
  const selected = selectedKey?.startsWith(keyPrefix) === true ? selectedKey.slice(keyPrefix.length) : null
  switch (chart.kind) {
    case 'heatmap':
      return <Heatmap chart={chart} name={name} selected={selected} onSelect={onSelect} />
    case 'grid':
      return <Grid chart={chart} name={name} selected={selected} onSelect={onSelect} />
    case 'tree':
      return <Tree chart={chart} name={name} selected={selected} onSelect={onSelect} />
    case 'line':
    case 'bar':
    case 'stackedBar':
    case 'waterfall':
    case 'tornado':
      return (
        <div className="plotbox">
          <Legend chart={chart} />
          <Suspense fallback={<Skeleton height={chartHeight(chart)} />}>
            <PlotlyPicture chart={chart} name={name} height={chartHeight(chart)} />
          </Suspense>
        </div>
      )
    default:
      return chart satisfies never
  }
}

/** What the switch beside "Table" says. */
export function pictureName(chart: ChartSpec): string {
  return chart.kind === 'heatmap'
    ? 'Heatmap'
    : chart.kind === 'tree'
      ? 'Tree'
      : chart.kind === 'grid'
        ? 'Grid'
        : 'Chart'
}
