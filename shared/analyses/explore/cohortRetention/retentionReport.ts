import { counted } from '../../../counted'
import type { Formatter } from '../../../format'
import { leftOutCaveats } from '../../../leftOut'
import { periodFormat, periodHeading } from '../../../periods'
import type { Block, HeatmapCell, Metric, Report, Table } from '../../../report'
import type { CohortRetentionParams, CohortRetentionResult, RetentionCell, RetentionTotal } from './cohortRetention'
import { bestCohortSentence, findingSentence, isTruncated, plainSentence } from './retentionSentences'

/** Retention in words, figures, a heat map and a table. */
export function retentionReport(
  result: CohortRetentionResult,
  params: CohortRetentionParams,
  format: Formatter,
): Report {
  const unit = params.period
  const [first] = result.totals
  if (first === undefined) {
    return {
      finding: `Too early to see anyone come back: ${counted(result.customers, 'customer', format)} and no finished ${unit} after the first`,
      reading: `Retention needs two finished ${unit}s.`,
      blocks: caveats(result, params, format),
    }
  }
  const share = shareOf(first, params)
  return {
    finding: findingSentence(first, share, params, format),
    reading: `${plainSentence(share, params)} ${bestCohortSentence(result, unit, format)}`.trim(),
    blocks: [
      { kind: 'metrics', items: metrics(result, params, format) },
      heatmap(result, params, format),
      repeatBlock(result, unit, format),
      ...caveats(result, params, format),
    ],
  }
}

const shareOf = (total: RetentionTotal, params: CohortRetentionParams): number =>
  params.total === 'weighted' ? total.weighted : total.simple

/** A total over fewer customers than this is not called the highest. */
const enough = 300

function metrics(result: CohortRetentionResult, params: CohortRetentionParams, format: Formatter): Metric[] {
  const { totals } = result
  const highest = totals
    .filter((total) => total.of >= enough)
    .reduce<RetentionTotal | undefined>(
      (top, total) => (top === undefined || shareOf(total, params) > shareOf(top, params) ? total : top),
      undefined,
    )
  const shown = totals.filter(
    (total) => total.age <= 2 || total === highest || total.age === 6 || total === totals.at(-1),
  )
  return shown.map((total) => {
    const notes = [
      format.interval(total.low, total.high),
      `${format.count(total.active)} of ${format.count(total.of)}`,
      ...(total === highest && totals.length > 2 ? [`highest with n ≥ ${enough}`] : []),
      ...(total.cohorts === 1 ? ['one cohort only'] : []),
    ]
    const age = `${total.age} ${params.period}${total.age === 1 ? '' : 's'}`
    return {
      label: `Back after ${age}`,
      value: shareOf(total, params),
      format: 'percent',
      caption: notes.join(' · '),
      means: `Customers with an order ${age} after the ${params.period} of their first one${params.counted === 'on' ? '' : ', or later'} / customers of the cohorts that reached that age (${format.count(total.cohorts)} of ${format.count(result.cohorts.length)})`,
    }
  })
}

function heatmap(result: CohortRetentionResult, params: CohortRetentionParams, format: Formatter): Block {
  const letter = params.period === 'month' ? 'M' : 'W'
  const ages = result.totals.map((total) => total.age)
  const shares = result.totals.map((total) => shareOf(total, params))
  const later = params.counted === 'on' ? '' : ' or later'
  return {
    kind: 'chart',
    title: `In any later ${params.period}, ${format.interval(Math.min(...shares), Math.max(...shares))} of earlier buyers order again`,
    subtitle: `% of the cohort ordering in ${params.period} ${letter}+n${later}, small figure = customers. ${params.period === 'month' ? 'Month' : 'Week'} 0 is 100% by construction.`,
    chart: {
      kind: 'heatmap',
      rowTitle: 'First order',
      sizeTitle: 'Customers',
      rows: result.cohorts.map((cohort, index) => ({
        label: cohort.cohort,
        labelFormat: periodFormat(params.period),
        size: cohort.customers,
        ...(index === 0 && isTruncated(result) ? { mark: '†' } : {}),
      })),
      columns: ages.map((age) => `${letter}+${age}`),
      cells: result.cohorts.map((cohort) => ages.map((age) => heatmapCell(cohort.cells[age - 1] ?? null))),
      totals: {
        label: 'All reached',
        size: result.customers,
        cells: result.totals.map((total) => ({
          value: shareOf(total, params),
          n: total.active,
          of: total.of,
          low: total.low,
          high: total.high,
        })),
      },
      format: 'percent',
      emptyMeans: result.period === null ? 'not reached' : `not reached by ${format.date(result.period.last)}`,
    },
    table: retentionTable(result, params, letter),
  }
}

function heatmapCell(cell: RetentionCell | null): HeatmapCell | null {
  return cell === null ? null : { value: cell.share, n: cell.active, of: cell.of, low: cell.low, high: cell.high }
}

function retentionTable(result: CohortRetentionResult, params: CohortRetentionParams, letter: string): Table {
  return {
    columns: [
      { label: 'First order', format: periodFormat(params.period) },
      { label: 'Customers', format: 'count' },
      ...result.totals.map((total) => ({ label: `${letter}+${total.age}`, format: 'percent' as const })),
    ],
    rows: result.cohorts.map((cohort) => [
      cohort.cohort,
      cohort.customers,
      ...result.totals.map((total) => cohort.cells[total.age - 1]?.share ?? null),
    ]),
    total: ['All reached', result.customers, ...result.totals.map((total) => shareOf(total, params))],
  }
}

function repeatBlock({ repeat }: CohortRetentionResult, unit: 'month' | 'week', format: Formatter): Block {
  const both = repeat.reduce((sum, row) => sum + row.activeInBoth, 0)
  const before = repeat.reduce((sum, row) => sum + row.activeBefore, 0)
  const name = unit === 'month' ? 'Month-on-month' : 'Week-on-week'
  return {
    kind: 'chart',
    title: `${name} repeat is another measure: ${format.share(both, before)} of one ${unit}'s buyers also buy in the next`,
    subtitle: `Customers active in both neighbouring ${unit}s / customers active in the earlier one, old and new alike`,
    chart: {
      kind: 'line',
      xFormat: periodFormat(unit),
      yFormat: 'percent',
      series: [{ name: 'Repeat', role: 'subject', points: repeat.map((row) => ({ x: row.period, y: row.share })) }],
    },
    table: {
      columns: [
        { label: periodHeading(unit), format: periodFormat(unit) },
        { label: `Active the ${unit} before`, format: 'count' },
        { label: 'Active in both', format: 'count' },
        { label: 'Repeat', format: 'percent' },
      ],
      rows: repeat.map((row) => [row.period, row.activeBefore, row.activeInBoth, row.share]),
    },
  }
}

function caveats(result: CohortRetentionResult, params: CohortRetentionParams, format: Formatter): Block[] {
  const [first] = result.cohorts
  const sentences: string[] = []
  if (first !== undefined && isTruncated(result)) {
    const older =
      result.olderThanData === null
        ? 'may include old ones'
        : `include old ones: ${format.count(result.olderThanData)} have a tenure longer than the data`
    sentences.push(
      `† The data start in ${format.value(first.cohort, periodFormat(params.period))}, so its ${format.count(first.customers)} “new” customers ${older}.`,
    )
  }
  if (params.newRule === 'absentBefore')
    sentences.push(
      `New means without an order in the ${params.period} before, so a customer can be new more than once and stand in several cohorts.`,
    )
  return [
    ...sentences.map((text): Block => ({ kind: 'sentence', tone: 'caveat', text })),
    ...leftOutCaveats(result.leftOut, format),
  ]
}
