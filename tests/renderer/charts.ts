import type { ChartSpec } from '../../shared/report'

/** One small chart of every kind; a new kind is a type error here. */
export const charts: { readonly [Kind in ChartSpec['kind']]: Extract<ChartSpec, { kind: Kind }> } = {
  line: {
    kind: 'line',
    xFormat: 'month',
    yFormat: 'money',
    series: [
      {
        name: 'Revenue',
        role: 'subject',
        points: [
          { x: '2025-01-01', y: 10, low: 8, high: 12 },
          { x: '2025-02-01', y: 20, low: 15, high: 26 },
          { x: '2025-03-01', y: null },
        ],
      },
      { name: 'Spend', role: 'comparison', points: [{ x: '2025-01-01', y: 2, unfinished: true }] },
    ],
    annotation: { x: '2025-02-01', y: 20, text: 'Best' },
  },
  bar: {
    kind: 'bar',
    direction: 'vertical',
    labelFormat: 'month',
    format: 'count',
    bars: [
      { label: '2025-12-01', value: 4, emphasised: true },
      { label: '2026-01-01', value: 2, unfinished: true },
    ],
  },
  stackedBar: {
    kind: 'stackedBar',
    labelFormat: 'month',
    format: 'money',
    labels: ['2025-01-01', '2025-02-01'],
    series: [
      { name: 'New', values: [1, 2] },
      { name: 'Existing', values: [3, null] },
    ],
    unfinished: [1],
  },
  heatmap: {
    kind: 'heatmap',
    rowTitle: 'First order',
    sizeTitle: 'Customers',
    rows: [{ label: '2025-01-01', labelFormat: 'month', size: 10 }],
    columns: ['M+1', 'M+2'],
    cells: [[{ value: 0.2, n: 2, of: 10 }, null]],
    format: 'percent',
    emptyMeans: 'not reached',
  },
  waterfall: {
    kind: 'waterfall',
    format: 'money',
    steps: [
      { label: 'Conversion', value: 70, step: 'change', tone: 'gain' },
      { label: 'Items', value: 30, step: 'change', tone: 'gain' },
      { label: 'Margin', value: 100, step: 'total', tone: 'result' },
      { label: 'Cost', value: -60, step: 'change', tone: 'loss' },
      { label: 'Benefit', value: 40, step: 'total', tone: 'result' },
    ],
  },
  tornado: {
    kind: 'tornado',
    format: 'percent',
    center: 0.5,
    drivers: [
      { label: 'Items', range: '5 … 6', low: 0.1, high: 0.9 },
      { label: 'Cost', range: '× 1.2 … × 0.8', low: 0.3, high: 0.8 },
    ],
  },
  tree: {
    kind: 'tree',
    root: {
      label: 'Revenue',
      value: 6,
      format: 'money',
      children: [
        { label: 'Orders', value: 2, format: 'count' },
        { label: 'Order value', value: 3, format: 'money', operator: '×' },
      ],
    },
  },
  grid: {
    kind: 'grid',
    rowTitle: 'Recency',
    columns: ['FM 5', 'FM 4'],
    rows: [
      {
        label: 'R 5',
        cells: [
          { label: 'Champions', n: 3, value: 0.6 },
          { label: 'Loyal', n: 2, value: 0.4 },
        ],
      },
    ],
    format: 'percent',
  },
}
