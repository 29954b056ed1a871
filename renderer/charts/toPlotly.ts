import type { ChartSpec } from '../../shared/report'
import { barFigure, stackedBarFigure } from './plotly/barFigure'
import { gridFigure, heatmapFigure, treeFigure } from './plotly/cellFigures'
import { lineFigure } from './plotly/lineFigure'
import { scatterFigure } from './plotly/scatterFigure'
import type { Figure, Look } from './plotly/template'
import { tornadoFigure } from './plotly/tornadoFigure'
import { waterfallFigure } from './plotly/waterfallFigure'
import type { ScatterChart } from './scatterChart'

/** A chart as plotly draws it. Only this and `charts/plotly` know the library. */
export function toPlotly(chart: ChartSpec | ScatterChart, look: Look): Figure {
  switch (chart.kind) {
    case 'line':
      return lineFigure(chart, look)
    case 'bar':
      return barFigure(chart, look)
    case 'stackedBar':
      return stackedBarFigure(chart, look)
    case 'heatmap':
      return heatmapFigure(chart, look)
    case 'waterfall':
      return waterfallFigure(chart, look)
    case 'tornado':
      return tornadoFigure(chart, look)
    case 'tree':
      return treeFigure(chart, look)
    case 'grid':
      return gridFigure(chart, look)
    case 'scatter':
      return scatterFigure(chart, look)
    default:
      return chart satisfies never
  }
}
