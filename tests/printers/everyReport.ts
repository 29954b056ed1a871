import type { AnalysisAnswer } from '../../shared/analysis'
import type { Block, ChartSpec, Table } from '../../shared/report'

/** One chart of every kind; `satisfies` makes a new kind fail here until it is added. */
export const everyChart = {
  line: {
    kind: 'line',
    xFormat: 'month',
    yFormat: 'money',
    series: [
      {
        name: 'Revenue',
        role: 'subject',
        points: [
          { x: '2024-01', y: 100, low: 90, high: 110 },
          { x: '2024-02', y: 130, low: 110, high: 150 },
          { x: '2024-03', y: 40, unfinished: true },
        ],
      },
      {
        name: 'Year before',
        role: 'comparison',
        points: [
          { x: '2024-01', y: 80 },
          { x: '2024-02', y: null },
        ],
      },
      {
        name: 'Mean',
        role: 'reference',
        points: [
          { x: '2024-01', y: 90 },
          { x: '2024-03', y: 90 },
        ],
      },
    ],
    annotation: { x: '2024-02', y: 130, text: 'Best month' },
  },
  bar: {
    kind: 'bar',
    direction: 'horizontal',
    labelFormat: 'text',
    format: 'percent',
    bars: [
      { label: 'Mugs & <cups>', value: 0.4, low: 0.3, high: 0.5, n: 90, emphasised: true },
      { label: 'Bags', value: -0.1, unfinished: true },
    ],
  },
  stackedBar: {
    kind: 'stackedBar',
    labelFormat: 'month',
    format: 'money',
    labels: ['2024-01', '2024-02'],
    series: [
      { name: 'New', values: [10, 20] },
      { name: 'Existing', values: [5, null] },
    ],
    unfinished: [1],
  },
  heatmap: {
    kind: 'heatmap',
    rowTitle: 'Cohort',
    sizeTitle: 'Customers',
    rows: [
      { label: '2024-01', labelFormat: 'month', size: 10 },
      { label: '2024-02', labelFormat: 'month', size: 20, mark: '*' },
    ],
    columns: ['M+1', 'M+2'],
    cells: [
      [
        { value: 0.3, n: 3, of: 10 },
        { value: 0.2, n: 2, of: 10 },
      ],
      [{ value: 0.1, n: 2, of: 20 }, null],
    ],
    totals: {
      label: 'All',
      size: 30,
      cells: [
        { value: 5 / 30, n: 5, of: 30 },
        { value: 0.2, n: 2, of: 10 },
      ],
    },
    format: 'percent',
    emptyMeans: 'not reached',
  },
  waterfall: {
    kind: 'waterfall',
    format: 'money',
    steps: [
      { label: 'Margin', value: 100, step: 'change', tone: 'gain' },
      { label: 'Cost', value: -160, step: 'change', tone: 'loss' },
      { label: 'Benefit', value: -60, step: 'total', tone: 'result' },
    ],
  },
  tornado: {
    kind: 'tornado',
    format: 'percent2',
    center: 0.42,
    drivers: [{ label: 'Items', range: '5.5 … 6.5', low: 0.02, high: 0.83 }],
  },
  tree: {
    kind: 'tree',
    root: {
      label: 'Revenue',
      value: 15_750,
      format: 'money',
      before: 15_000,
      children: [
        { label: 'Visits', value: 12_000, format: 'count', before: 10_000, contribution: 2802.64 },
        { label: 'Conversion', value: 0.025, format: 'percent', operator: '×', contribution: -2802.64 },
      ],
    },
  },
  grid: {
    kind: 'grid',
    rowTitle: 'R',
    columns: ['FM 5', 'FM 4'],
    rows: [
      {
        label: '5',
        cells: [
          { label: 'Champions', n: 12, value: 900 },
          { label: 'Loyal', n: 20, value: 300 },
        ],
      },
    ],
    format: 'money',
  },
} as const satisfies { [Kind in ChartSpec['kind']]: Extract<ChartSpec, { kind: Kind }> }

/** Text that spreadsheets, browsers and terminals would like to run. */
export const dangerous = [
  '=1+1',
  '+44 20',
  '-5 %',
  '@import',
  '<script>alert(1)</script>',
  'a,"b"\nc',
  '\u001b[31mred',
] as const

export const everyTable: Table = {
  columns: [
    { label: 'Text', format: 'text' },
    { label: 'Id', format: 'id' },
    { label: 'Count', format: 'count' },
    { label: 'Money', format: 'cents' },
    { label: 'Share', format: 'percent' },
    { label: 'Day', format: 'date' },
    { label: 'Month', format: 'month' },
  ],
  rows: dangerous.map((text, index) => [
    text,
    '0012345678901234567',
    index,
    -1234.5678,
    0.146,
    '2024-02-29',
    '2024-02',
  ]),
  total: ['All', null, 28, null, null, null, null],
  unfinishedRows: [0],
}

export const everyBlock = {
  sentence: { kind: 'sentence', tone: 'caveat', text: 'Assumed, not measured.' },
  metrics: {
    kind: 'metrics',
    items: [
      { label: 'ROI', value: 0.4763, format: 'percent2', caption: 'benefit / cost', means: 'Benefit / cost.' },
      { label: 'Payback', value: 'Month 6', format: 'text', means: 'First month.' },
      { label: 'IRR', value: Number.NaN, format: 'percent', means: 'Rate.' },
    ],
  },
  chart: { kind: 'chart', title: 'Charts', subtitle: 'All kinds', chart: everyChart.line, table: everyTable },
  table: {
    kind: 'table',
    title: "A table: [with] a name / too long for a sheet's tab",
    subtitle: 'Rows',
    table: everyTable,
  },
  cards: {
    kind: 'cards',
    cards: [
      {
        name: 'Champions',
        rule: 'R 5, FM 5',
        customers: 12,
        customerShare: 0.1,
        revenue: 900,
        revenueShare: 0.5,
        medians: [{ label: 'orders', value: 7, format: 'count' }],
        goal: 'Keep',
        offer: 'Early access',
        channel: 'E-mail',
        kpi: 'Retention',
      },
    ],
  },
} as const satisfies { [Kind in Block['kind']]: Extract<Block, { kind: Kind }> }

export const everyAnswer: AnalysisAnswer = {
  analysis: 'everything',
  title: 'Everything',
  params: {},
  period: { first: '2024-01-01', last: '2024-03-15' },
  result: { period: null, leftOut: [] },
  report: {
    finding: 'One of everything: 42% of 100.',
    reading: 'For the printers.',
    blocks: [
      everyBlock.sentence,
      everyBlock.metrics,
      ...Object.values(everyChart).map(
        (chart): Block => ({ kind: 'chart', title: `A ${chart.kind}`, subtitle: 'Unit', chart, table: everyTable }),
      ),
      everyBlock.table,
      everyBlock.cards,
    ],
  },
  definition: '# Everything\n\n## Question\nWhat?',
  sql: ['SELECT 1'],
  choices: {},
  computed: { at: '2026-11-23T10:00:00.000Z', app: '0.1.0', engine: 'DuckDB', cached: false },
}
