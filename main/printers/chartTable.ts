import { type CellValue, type ChartSpec, type Column, type Table, unreachable } from '../../shared/report'

/**
 * The numbers of a chart as a table, for printers that cannot draw it. Blocks bring their own table; this one is for
 * the chart itself and says the same in the chart's own terms.
 */
export function chartTable(chart: ChartSpec): Table {
  switch (chart.kind) {
    case 'line': {
      const xs = [...new Set(chart.series.flatMap((series) => series.points.map((point) => point.x)))]
      const at = chart.series.map((series) => new Map(series.points.map((point) => [point.x, point.y])))
      return {
        columns: [
          { label: '', format: chart.xFormat },
          ...chart.series.map((series): Column => ({ label: series.name, format: chart.yFormat })),
        ],
        rows: xs.map((x) => [x, ...at.map((values) => values.get(x) ?? null)]),
      }
    }
    case 'bar':
      return {
        columns: [
          { label: '', format: chart.labelFormat },
          { label: 'Value', format: chart.format },
          { label: 'Low', format: chart.format },
          { label: 'High', format: chart.format },
          { label: 'n', format: 'count' },
        ],
        rows: chart.bars.map((bar) => [bar.label, bar.value, bar.low ?? null, bar.high ?? null, bar.n ?? null]),
      }
    case 'stackedBar':
      return {
        columns: [
          { label: '', format: chart.labelFormat },
          ...chart.series.map((series): Column => ({ label: series.name, format: chart.format })),
        ],
        rows: chart.labels.map((label, index) => [
          label,
          ...chart.series.map((series) => series.values[index] ?? null),
        ]),
      }
    case 'heatmap':
      return {
        columns: [
          { label: chart.rowTitle, format: chart.rows[0]?.labelFormat ?? 'text' },
          { label: chart.sizeTitle, format: 'count' },
          ...chart.columns.map((label): Column => ({ label, format: chart.format })),
        ],
        rows: chart.rows.map((row, index) => [
          row.label,
          row.size,
          ...chart.columns.map((_, column) => chart.cells[index]?.[column]?.value ?? null),
        ]),
        ...(chart.totals === undefined
          ? {}
          : {
              total: [chart.totals.label, chart.totals.size, ...chart.totals.cells.map((cell) => cell?.value ?? null)],
            }),
      }
    case 'waterfall':
      return {
        columns: [
          { label: '', format: 'text' },
          { label: 'Value', format: chart.format },
        ],
        rows: chart.steps.map((step) => [step.label, step.value]),
      }
    case 'tornado':
      return {
        columns: [
          { label: 'Driver', format: 'text' },
          { label: 'Range', format: 'text' },
          { label: 'Low', format: chart.format },
          { label: 'High', format: chart.format },
        ],
        rows: chart.drivers.map((driver) => [driver.label, driver.range, driver.low, driver.high]),
      }
    case 'tree':
      return {
        columns: [
          { label: 'Factor', format: 'text' },
          { label: 'Value', format: chart.root.format },
          { label: 'Before', format: chart.root.format },
          { label: 'Part of the change', format: chart.root.format },
        ],
        rows: flatten(chart.root, 0),
      }
    case 'grid':
      return {
        columns: [
          { label: chart.rowTitle, format: 'text' },
          ...chart.columns.flatMap((label): Column[] => [
            { label, format: 'text' },
            { label: `${label}: n`, format: 'count' },
            { label: `${label}: value`, format: chart.format },
          ]),
        ],
        rows: chart.rows.map((row) => [row.label, ...row.cells.flatMap((cell) => [cell.label, cell.n, cell.value])]),
      }
    default:
      return unreachable(chart)
  }
}

type TreeChart = Extract<ChartSpec, { readonly kind: 'tree' }>

function flatten(node: TreeChart['root'], depth: number): CellValue[][] {
  const label = `${'  '.repeat(depth)}${node.operator === undefined ? '' : `${node.operator} `}${node.label}`
  return [
    [label, node.value, node.before ?? null, node.contribution ?? null],
    ...(node.children ?? []).flatMap((child) => flatten(child, depth + 1)),
  ]
}
