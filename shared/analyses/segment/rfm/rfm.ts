import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type RevenueView } from '../../../analysis'
import { customerValueParams, readCustomerValues } from '../../../customerValues'
import type { Formatter } from '../../../format'
import type { Block, GridChart } from '../../../report'
import { type ScoredCustomer, scoreCustomers } from '../../../rfmScores'
import card from './rfm.md?raw'

export interface ScoreThreshold {
  readonly score: number
  /** Smallest and largest value that got the score. */
  readonly from: number
  readonly to: number
  readonly customers: number
}

export interface RfmResult extends AnalysisResult {
  readonly snapshot: string
  readonly bands: number
  readonly monetaryView: RevenueView
  readonly customers: readonly ScoredCustomer[]
  readonly thresholds: {
    readonly r: readonly ScoreThreshold[]
    readonly f: readonly ScoreThreshold[]
    readonly m: readonly ScoreThreshold[]
  }
  /** Measures with fewer distinct scores than bands. */
  readonly fewerBands: readonly { readonly measure: 'recency' | 'frequency' | 'money'; readonly bands: number }[]
}

const params = z.object({
  ...customerValueParams,
  bands: z.number().int().min(3).max(10).default(5).describe('Bands'),
})

export const rfm = defineAnalysis<z.infer<typeof params>, RfmResult>({
  id: 'rfm',
  version: 1,
  title: 'RFM',
  question: 'Who bought recently, often and much?',
  group: 'segment',
  theme: 'segments',
  needs: [{ view: 'orders', roles: ['orderedAt', 'customer'] }],
  params,
  card,

  async run(wished, engine) {
    const values = await readCustomerValues(engine, wished)
    engine.progress(0.7, 'scoring')
    const customers = scoreCustomers(values.customers, wished.bands)
    const thresholds = {
      r: thresholdsOf(customers, 'r', 'recencyDays', wished.bands),
      f: thresholdsOf(customers, 'f', 'orders', wished.bands),
      m: thresholdsOf(customers, 'm', 'monetary', wished.bands),
    }
    const counts = [
      { measure: 'recency' as const, bands: thresholds.r.length },
      { measure: 'frequency' as const, bands: thresholds.f.length },
      { measure: 'money' as const, bands: thresholds.m.length },
    ]
    return {
      period: engine.facts.period,
      leftOut: [{ reason: 'lines without a customer', rows: values.linesWithoutCustomer }],
      snapshot: values.snapshot,
      bands: wished.bands,
      monetaryView: values.monetaryView,
      customers,
      thresholds,
      fewerBands: counts.filter((count) => count.bands < wished.bands),
    }
  },

  report(result, _params, format) {
    const best = result.customers.filter((customer) => customer.r === result.bands && customer.fm === result.bands)
    const revenue = result.customers.reduce((sum, customer) => sum + customer.monetary, 0)
    const held = best.reduce((sum, customer) => sum + customer.monetary, 0)
    return {
      finding: `${format.share(best.length, result.customers.length)} of the customers score best on recency, frequency and money and hold ${format.percent(revenue === 0 ? 0 : held / revenue)} of revenue`,
      reading: `Scored on ${format.date(result.snapshot)}: ${result.bands} is best, equal customers score equal. Money is the ${result.monetaryView} amount.`,
      blocks: [
        {
          kind: 'chart',
          title: 'Customers by recency and by frequency and money',
          subtitle: 'Customers in each cell and their share of revenue; colour follows the share',
          chart: gridOf(result, revenue),
          table: customerTable(result),
        },
        thresholdBlock(result),
        ...caveats(result, format),
      ],
    }
  },
})

function thresholdsOf(
  customers: readonly ScoredCustomer[],
  score: 'r' | 'f' | 'm',
  value: 'recencyDays' | 'orders' | 'monetary',
  bands: number,
): ScoreThreshold[] {
  return Array.from({ length: bands }, (_, index) => bands - index).flatMap((wanted) => {
    const members = customers.filter((customer) => customer[score] === wanted).map((customer) => customer[value])
    if (members.length === 0) return []
    return [
      {
        score: wanted,
        from: members.reduce((least, each) => Math.min(least, each)),
        to: members.reduce((most, each) => Math.max(most, each)),
        customers: members.length,
      },
    ]
  })
}

function gridOf(result: RfmResult, revenue: number): GridChart {
  const scores = Array.from({ length: result.bands }, (_, index) => result.bands - index)
  return {
    kind: 'grid',
    rowTitle: 'Recency',
    columns: scores.map((score) => `FM ${score}${score === result.bands ? ', best' : ''}`),
    rows: scores.map((r) => ({
      label: `R ${r}${r === result.bands ? ', newest' : ''}`,
      cells: scores.map((fm) => {
        const members = result.customers.filter((customer) => customer.r === r && customer.fm === fm)
        const held = members.reduce((sum, customer) => sum + customer.monetary, 0)
        return { label: members[0]?.group ?? '', n: members.length, value: revenue === 0 ? 0 : held / revenue }
      }),
    })),
    format: 'percent',
  }
}

function customerTable(result: RfmResult) {
  return {
    columns: [
      { label: 'Customer', format: 'id' as const },
      { label: 'Days since last order', format: 'count' as const },
      { label: 'Orders', format: 'count' as const },
      { label: 'Money', format: 'cents' as const },
      { label: 'R', format: 'count' as const },
      { label: 'F', format: 'count' as const },
      { label: 'M', format: 'count' as const },
      { label: 'FM', format: 'count' as const },
      { label: 'Group', format: 'text' as const },
    ],
    rows: result.customers.map((customer) => [
      customer.customer,
      customer.recencyDays,
      customer.orders,
      customer.monetary,
      customer.r,
      customer.f,
      customer.m,
      customer.fm,
      customer.group,
    ]),
  }
}

function thresholdBlock(result: RfmResult): Block {
  const scores = Array.from({ length: result.bands }, (_, index) => result.bands - index)
  const of = (list: readonly ScoreThreshold[], score: number) => list.find((threshold) => threshold.score === score)
  return {
    kind: 'table',
    title: 'Where each score begins and ends',
    subtitle: 'Smallest and largest value with the score',
    table: {
      columns: [
        { label: 'Score', format: 'count' },
        { label: 'Days from', format: 'count' },
        { label: 'to', format: 'count' },
        { label: 'Customers', format: 'count' },
        { label: 'Orders from', format: 'count' },
        { label: 'to', format: 'count' },
        { label: 'Customers', format: 'count' },
        { label: 'Money from', format: 'cents' },
        { label: 'to', format: 'cents' },
        { label: 'Customers', format: 'count' },
      ],
      rows: scores.map((score) => [
        score,
        ...[of(result.thresholds.r, score), of(result.thresholds.f, score), of(result.thresholds.m, score)].flatMap(
          (threshold) => [threshold?.from ?? null, threshold?.to ?? null, threshold?.customers ?? 0],
        ),
      ]),
    },
  }
}

function caveats(result: RfmResult, format: Formatter): Block[] {
  const blocks = result.fewerBands.map(
    (few): Block => ({
      kind: 'sentence',
      tone: 'caveat',
      text: `${few.measure[0]?.toUpperCase() ?? ''}${few.measure.slice(1)} has only ${few.bands} distinct scores of ${result.bands}: many customers are equal, and equal customers stay together.`,
    }),
  )
  const rows = result.leftOut[0]?.rows ?? 0
  return rows === 0
    ? blocks
    : [
        ...blocks,
        { kind: 'sentence', tone: 'caveat', text: `${format.count(rows)} lines without a customer are left out.` },
      ]
}
