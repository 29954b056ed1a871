import type { Formatter } from '../../../format'
import type { Block, HeatmapCell, Report, Table } from '../../../report'
import type { Cohort, CohortRetentionParams, CohortRetentionResult, RetentionCell } from './cohortRetention'

/** Retention in words, figures, a heat map and a table. */
export function retentionReport(
  result: CohortRetentionResult,
  params: CohortRetentionParams,
  format: Formatter,
): Report {
  const first = result.totals[0]
  const unit = params.period
  if (first === undefined) {
    return {
      finding: `Too early to see anyone come back: ${format.count(result.customers)} customers, no finished ${unit} after the first`,
      reading: `Retention needs two finished ${unit}s.`,
      blocks: [],
    }
  }
  const share = params.total === 'weighted' ? first.weighted : first.simple
  const again = params.counted === 'on' ? `the next ${unit}` : `the next ${unit} or later`
  return {
    finding: `${oneIn(share)} buys again ${again}: ${format.count(first.active)} of ${format.count(first.of)} (${format.percent(share)})`,
    reading: `${plainReading(share, unit, params.counted)} ${bestReading(result, unit, format)}`.trim(),
    blocks: [
      metrics(result, params, format),
      heatmap(result, params, format),
      repeatBlock(result, unit, format),
      ...caveats(result, unit, format),
    ],
  }
}

const countWords = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** "One new customer in ten" for shares between 1/20 and 1/2, else the share as "9 of 10". */
function oneIn(share: number): string {
  if (share <= 0) return 'No new customer'
  const whole = Math.round(1 / share)
  if (whole >= 2 && whole <= 20 && Math.abs(1 / whole - share) / share < 0.15)
    return `One new customer in ${countWords[whole] ?? whole}`
  const tenths = Math.round(share * 10)
  if (tenths >= 1 && tenths <= 9)
    return `${(countWords[tenths] ?? '').replace(/^./, (letter) => letter.toUpperCase())} new customers in ten`
  return share > 0.95 ? 'Nearly every new customer' : 'Hardly any new customer'
}

function plainReading(share: number, unit: string, counted: 'on' | 'onOrAfter'): string {
  const back = Math.round(share * 10)
  if (counted === 'onOrAfter')
    return `Win ten first-time buyers and about ${countWords[back] || 'none'} will ever be seen again after their first ${unit}.`
  const absent = 10 - back
  return `Win ten first-time buyers and ${countWords[absent] || 'none'} ${absent === 1 ? 'is' : 'are'} absent a ${unit} later.`
}

/** The best cohort only where its interval lies above the next one's. */
function bestReading(result: CohortRetentionResult, unit: string, format: Formatter): string {
  const ranked = [...result.nextPeriod].sort((one, other) => other.share - one.share)
  const [best, second] = ranked
  if (best === undefined || second === undefined) return ''
  const named = (cohort: string): string => (unit === 'month' ? format.month(cohort) : format.date(cohort))
  const head = `${named(best.cohort)} looks best with ${format.percent(best.share)} (${format.count(best.active)} of ${format.count(best.customers)})`
  return best.low > second.high
    ? `${head}, and its interval of ${format.interval(best.low, best.high)} lies above all others.`
    : `${head}, but its interval of ${format.interval(best.low, best.high)} overlaps ${named(second.cohort)} at ${format.percent(second.share)} (${format.interval(second.low, second.high)}), so no cohort can be called the winner.`
}

function metrics(result: CohortRetentionResult, params: CohortRetentionParams, format: Formatter): Block {
  const { totals } = result
  const wanted = [1, 2, 3, 6, 11].filter((age) => totals.some((total) => total.age === age)).slice(0, 5)
  return {
    kind: 'metrics',
    items: wanted.flatMap((age) => {
      const total = totals.find((candidate) => candidate.age === age)
      if (total === undefined) return []
      return [
        {
          label: `Back after ${age} ${params.period}${age === 1 ? '' : 's'}`,
          value: params.total === 'weighted' ? total.weighted : total.simple,
          format: 'percent' as const,
          caption: `${format.interval(total.low, total.high)} · ${format.count(total.active)} of ${format.count(total.of)}`,
          means: `Customers with an order ${age} ${params.period}${age === 1 ? '' : 's'} after the ${params.period} of their first order / customers of the ${total.cohorts} cohorts that reached that age`,
        },
      ]
    }),
  }
}

function heatmap(result: CohortRetentionResult, params: CohortRetentionParams, format: Formatter): Block {
  const labelFormat = params.period === 'month' ? 'month' : 'date'
  const letter = params.period === 'month' ? 'M' : 'W'
  const ages = result.totals.map((total) => total.age)
  const shares = result.totals.map((total) => (params.total === 'weighted' ? total.weighted : total.simple))
  const cell = (value: RetentionCell | null): HeatmapCell | null =>
    value === null ? null : { value: value.share, n: value.active, of: value.of, low: value.low, high: value.high }
  return {
    kind: 'chart',
    title: `In any later ${params.period}, ${format.interval(Math.min(...shares), Math.max(...shares))} of earlier buyers order again`,
    subtitle: `% of the cohort ordering ${params.counted === 'on' ? `in ${params.period} ${letter}+n` : `in ${params.period} ${letter}+n or later`}, small figure = customers. ${params.period === 'month' ? 'Month' : 'Week'} 0 is 100% by construction.`,
    chart: {
      kind: 'heatmap',
      rowTitle: 'First order',
      sizeTitle: 'Customers',
      rows: result.cohorts.map((cohort, index) => ({
        label: cohort.cohort,
        labelFormat,
        size: cohort.customers,
        ...(index === 0 ? { mark: '†' } : {}),
      })),
      columns: ages.map((age) => `${letter}+${age}`),
      cells: result.cohorts.map((cohort) => ages.map((age) => cell(cohort.cells[age - 1] ?? null))),
      totals: {
        label: 'All reached',
        size: result.customers,
        cells: result.totals.map((total) => ({
          value: params.total === 'weighted' ? total.weighted : total.simple,
          n: total.active,
          of: total.of,
          low: total.low,
          high: total.high,
        })),
      },
      format: 'percent',
      emptyMeans: result.period === null ? 'not reached' : `not reached by ${format.date(result.period.last)}`,
    },
    table: retentionTable(result.cohorts, result, params, letter),
  }
}

function retentionTable(
  cohorts: readonly Cohort[],
  result: CohortRetentionResult,
  params: CohortRetentionParams,
  letter: string,
): Table {
  return {
    columns: [
      { label: 'First order', format: params.period === 'month' ? 'month' : 'date' },
      { label: 'Customers', format: 'count' },
      ...result.totals.map((total) => ({ label: `${letter}+${total.age}`, format: 'percent' as const })),
    ],
    rows: cohorts.map((cohort) => [
      cohort.cohort,
      cohort.customers,
      ...result.totals.map((total) => cohort.cells[total.age - 1]?.share ?? null),
    ]),
    total: [
      'All reached',
      result.customers,
      ...result.totals.map((total) => (params.total === 'weighted' ? total.weighted : total.simple)),
    ],
  }
}

function repeatBlock(result: CohortRetentionResult, unit: 'month' | 'week', format: Formatter): Block {
  const known = result.repeat.filter((row) => row.share !== null)
  const mean =
    known.length === 0
      ? 0
      : known.reduce((sum, row) => sum + row.activeInBoth, 0) /
        Math.max(
          1,
          known.reduce((sum, row) => sum + row.activeBefore, 0),
        )
  const labelFormat = unit === 'month' ? 'month' : 'date'
  return {
    kind: 'chart',
    title: `${unit === 'month' ? 'Month-on-month' : 'Week-on-week'} repeat is another measure: ${format.percent(mean)} of one ${unit}'s buyers also buy in the next`,
    subtitle: `Customers active in both neighbouring ${unit}s / customers active in the earlier one; old and new customers alike`,
    chart: {
      kind: 'line',
      xFormat: labelFormat,
      yFormat: 'percent',
      series: [
        { name: 'Repeat', role: 'subject', points: result.repeat.map((row) => ({ x: row.period, y: row.share })) },
      ],
    },
    table: {
      columns: [
        { label: unit === 'month' ? 'Month' : 'Week of', format: labelFormat },
        { label: 'Active before', format: 'count' },
        { label: 'Active in both', format: 'count' },
        { label: 'Repeat', format: 'percent' },
      ],
      rows: result.repeat.map((row) => [row.period, row.activeBefore, row.activeInBoth, row.share]),
    },
  }
}

function caveats(result: CohortRetentionResult, unit: string, format: Formatter): Block[] {
  const first = result.cohorts[0]
  const blocks: Block[] = []
  if (first !== undefined) {
    const older =
      result.olderThanData === null
        ? 'may include old ones'
        : `include old ones: ${format.count(result.olderThanData)} have a tenure longer than the data`
    blocks.push({
      kind: 'sentence',
      tone: 'caveat',
      text: `† The data start in the first ${unit}, so its ${format.count(first.customers)} “new” customers ${older}.`,
    })
  }
  const without = result.leftOut[0]
  if (without !== undefined && without.rows > 0)
    blocks.push({
      kind: 'sentence',
      tone: 'caveat',
      text: `${format.count(without.rows)} lines without a customer are left out.`,
    })
  return blocks
}
