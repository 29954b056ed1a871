/**
 * A report is plain data. Screen, Excel, CSV, HTML and terminal each print its blocks, so an analysis
 * never knows where it will be read. A new block or chart kind is a compile error in every printer.
 */

/** How a number is printed; the one place that rounds is `format.ts`. */
export type NumberFormat =
  | 'text'
  | 'id'
  | 'count'
  | 'money' // whole units
  | 'cents' // money in full
  | 'change' // a difference in money, whole units with the sign
  | 'percent' // one decimal, of a fraction
  | 'percent2' // two decimals: ROI and rates under 1 %
  | 'points' // difference of two rates, in percentage points
  | 'decimal1'
  | 'decimal2'
  | 'decimal4'
  | 'date' // ISO day in, "22 Nov 2026" out
  | 'month' // ISO day or month in, "Nov 2026" out

export type CellValue = string | number | boolean | null

export interface Report {
  /** The finding: a sentence with the number in it. */
  readonly finding: string
  /** What it means in plain words; one or two sentences. */
  readonly reading: string
  readonly blocks: readonly Block[]
}

export type Block = SentenceBlock | MetricsBlock | ChartBlock | TableBlock | CardsBlock

export interface SentenceBlock {
  readonly kind: 'sentence'
  readonly tone: 'plain' | 'caveat' | 'good'
  readonly text: string
}

export interface MetricsBlock {
  readonly kind: 'metrics'
  /** At most seven. */
  readonly items: readonly Metric[]
}

export interface Metric {
  readonly label: string
  readonly value: CellValue
  readonly format: NumberFormat
  /** Interval and n, in words. */
  readonly caption?: string
  /** What this figure means; shown on the definition card when the figure is selected. */
  readonly means: string
}

export interface ChartBlock {
  readonly kind: 'chart'
  /** The finding of this picture. */
  readonly title: string
  /** What is measured, in which unit, on whom. */
  readonly subtitle: string
  readonly chart: ChartSpec
  /** The same numbers as a table: shown on request, printed where charts cannot be. */
  readonly table: Table
}

export interface TableBlock {
  readonly kind: 'table'
  readonly title: string
  readonly subtitle: string
  readonly table: Table
}

export interface Table {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly CellValue[])[]
  readonly total?: readonly CellValue[]
  /** Row numbers (0-based) of unfinished periods: hatched on screen, marked elsewhere. */
  readonly unfinishedRows?: readonly number[]
}

export interface Column {
  readonly label: string
  readonly format: NumberFormat
  readonly means?: string
}

/** Segment or tier cards: who they are, what they are worth, what to do with them. */
export interface CardsBlock {
  readonly kind: 'cards'
  readonly cards: readonly SegmentCard[]
}

export interface SegmentCard {
  readonly name: string
  readonly rule: string
  readonly customers: number
  readonly customerShare: number
  readonly revenue: number
  readonly revenueShare: number
  /** Typical member: label and figure. */
  readonly medians: readonly { readonly label: string; readonly value: number; readonly format: NumberFormat }[]
  readonly goal: string
  readonly offer: string
  readonly channel: string
  readonly kpi: string
}

export type ChartSpec =
  | LineChart
  | BarChart
  | StackedBarChart
  | HeatmapChart
  | WaterfallChart
  | TornadoChart
  | TreeChart
  | GridChart

export interface LineChart {
  readonly kind: 'line'
  readonly xFormat: NumberFormat
  readonly yFormat: NumberFormat
  readonly series: readonly LineSeries[]
  readonly annotation?: { readonly x: CellValue; readonly y: number; readonly text: string }
}

export interface LineSeries {
  readonly name: string
  readonly role: 'subject' | 'comparison' | 'reference'
  readonly points: readonly LinePoint[]
}

export interface LinePoint {
  readonly x: string | number
  readonly y: number | null
  readonly low?: number
  readonly high?: number
  readonly unfinished?: boolean
}

export interface BarChart {
  readonly kind: 'bar'
  readonly direction: 'vertical' | 'horizontal'
  readonly labelFormat: NumberFormat
  readonly format: NumberFormat
  readonly bars: readonly {
    readonly label: string
    readonly value: number
    readonly low?: number
    readonly high?: number
    readonly n?: number
    readonly unfinished?: boolean
    readonly emphasised?: boolean
  }[]
}

export interface StackedBarChart {
  readonly kind: 'stackedBar'
  readonly labelFormat: NumberFormat
  readonly format: NumberFormat
  readonly labels: readonly string[]
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[]
  /** Positions (0-based) of unfinished periods. */
  readonly unfinished?: readonly number[]
}

export interface HeatmapChart {
  readonly kind: 'heatmap'
  readonly rowTitle: string
  readonly sizeTitle: string
  readonly rows: readonly {
    readonly label: string
    readonly labelFormat: NumberFormat
    readonly size: number
    readonly mark?: string
  }[]
  readonly columns: readonly string[]
  /** One list a row; null where the period has not been reached. */
  readonly cells: readonly (readonly (HeatmapCell | null)[])[]
  readonly totals?: { readonly label: string; readonly size: number; readonly cells: readonly (HeatmapCell | null)[] }
  readonly format: NumberFormat
  /** What a null cell means: "not reached by 31 Dec". */
  readonly emptyMeans: string
}

export interface HeatmapCell {
  readonly value: number
  readonly n: number
  readonly of: number
  readonly low?: number
  readonly high?: number
}

export interface WaterfallChart {
  readonly kind: 'waterfall'
  readonly format: NumberFormat
  readonly steps: readonly {
    readonly label: string
    readonly value: number
    /** `change` adds to the running sum, `total` shows it. */
    readonly step: 'change' | 'total'
    readonly tone: 'gain' | 'loss' | 'result'
  }[]
}

export interface TornadoChart {
  readonly kind: 'tornado'
  readonly format: NumberFormat
  readonly center: number
  readonly drivers: readonly {
    readonly label: string
    readonly range: string
    readonly low: number
    readonly high: number
  }[]
}

/** A product or sum of factors, with the part each plays in a change. */
export interface TreeChart {
  readonly kind: 'tree'
  readonly root: TreeNode
}

export interface TreeNode {
  readonly label: string
  readonly value: number | null
  readonly format: NumberFormat
  /** Value of the period before. */
  readonly before?: number | null
  /** The part of the root's change that this branch explains, in the root's unit. */
  readonly contribution?: number
  readonly operator?: '×' | '+' | '−'
  readonly children?: readonly TreeNode[]
}

/** A named grid such as recency × frequency-and-money. */
export interface GridChart {
  readonly kind: 'grid'
  readonly rowTitle: string
  readonly columns: readonly string[]
  readonly rows: readonly {
    readonly label: string
    readonly cells: readonly { readonly label: string; readonly n: number; readonly value: number }[]
  }[]
  readonly format: NumberFormat
}

/** The last line of every switch over a closed union. */
export function unreachable(value: never): never {
  throw new TypeError(`Unhandled kind: ${JSON.stringify(value)}`)
}
