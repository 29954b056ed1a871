import type { ChartSpec } from '../../shared/report'

/** Rows need room of their own; time and amounts share one height so that neighbours line up. */
export function chartHeight(chart: ChartSpec): number {
  switch (chart.kind) {
    case 'bar':
      return chart.direction === 'horizontal' ? Math.max(120, chart.bars.length * 30 + 24) : 250
    case 'tornado':
      return Math.max(160, chart.drivers.length * 38 + 30)
    case 'waterfall':
      return 204
    case 'line':
    case 'stackedBar':
      return 240
    case 'heatmap':
      return chart.rows.length * 30 + 60
    case 'grid':
      return chart.rows.length * 44 + 60
    case 'tree':
      return 320
    default:
      return chart satisfies never
  }
}
