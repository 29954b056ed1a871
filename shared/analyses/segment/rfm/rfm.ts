import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type RevenueView } from '../../../analysis'
import { customerValueParams, parseCuts, readCustomerValues, scoreCutParams } from '../../../customerValues'
import { defaultGrid, groupOf, parseGrid } from '../../../groupGrid'
import { type ScoredCustomer, scoreCustomers } from '../../../rfmScores'
import card from './rfm.md?raw'
import { rfmReport } from './rfmReport'

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
  readonly customers: readonly (ScoredCustomer & { readonly group: string })[]
  /** Best score first; a score nobody has is missing. */
  readonly thresholds: {
    readonly r: readonly ScoreThreshold[]
    readonly f: readonly ScoreThreshold[]
    readonly m: readonly ScoreThreshold[]
  }
  /** Measures with fewer distinct scores than bands. */
  readonly fewerBands: readonly { readonly measure: 'recency' | 'frequency' | 'money'; readonly bands: number }[]
  /** Best recency to worst by best frequency-and-money to worst. */
  readonly grid: readonly {
    readonly r: number
    readonly fm: number
    readonly group: string
    readonly customers: number
    readonly monetary: number
  }[]
}

const params = z.object({
  ...customerValueParams,
  bands: z.number().int().min(2).max(10).default(5).describe('Bands'),
  ...scoreCutParams,
})

export const rfm = defineAnalysis<z.infer<typeof params>, RfmResult>({
  id: 'rfm',
  version: 2,
  title: 'RFM',
  question: 'Who bought recently, often and much?',
  group: 'segment',
  theme: 'segments',
  needs: [{ view: 'orders', roles: ['orderedAt', 'customer'] }],
  params,
  card,

  async run(wished, engine) {
    const { bands } = wished
    const cuts = parseCuts(wished, bands)
    const values = await readCustomerValues(engine, wished)
    engine.progress(0.7, 'scoring')
    const names = parseGrid(defaultGrid)
    const customers = scoreCustomers(values.customers, bands, cuts).map((customer) => ({
      ...customer,
      group: groupOf(names, customer.r, customer.fm, bands),
    }))
    const thresholds = {
      r: thresholdsOf(customers, 'r', 'recencyDays'),
      f: thresholdsOf(customers, 'f', 'orders'),
      m: thresholdsOf(customers, 'm', 'monetary'),
    }
    const distinct = [
      { measure: 'recency' as const, bands: thresholds.r.length },
      { measure: 'frequency' as const, bands: thresholds.f.length },
      { measure: 'money' as const, bands: thresholds.m.length },
    ]
    return {
      period: engine.facts.period,
      leftOut: values.leftOut,
      snapshot: values.snapshot,
      bands,
      monetaryView: values.monetaryView,
      customers,
      thresholds,
      fewerBands: distinct.filter((measure) => measure.bands < bands),
      grid: gridOf(customers, bands).map((cell) => ({ ...cell, group: groupOf(names, cell.r, cell.fm, bands) })),
    }
  },

  report: rfmReport,
})

function thresholdsOf(
  customers: readonly ScoredCustomer[],
  score: 'r' | 'f' | 'm',
  value: 'recencyDays' | 'orders' | 'monetary',
): ScoreThreshold[] {
  const found = new Map<number, ScoreThreshold>()
  for (const customer of customers) {
    const own = customer[value]
    const known = found.get(customer[score]) ?? { score: customer[score], from: own, to: own, customers: 0 }
    found.set(customer[score], {
      score: known.score,
      from: Math.min(known.from, own),
      to: Math.max(known.to, own),
      customers: known.customers + 1,
    })
  }
  return [...found.values()].sort((one, other) => other.score - one.score)
}

function gridOf(customers: readonly ScoredCustomer[], bands: number) {
  const cells = new Map<number, { readonly customers: number; readonly monetary: number }>()
  for (const { r, fm, monetary } of customers) {
    const cell = cells.get(r * 100 + fm) ?? { customers: 0, monetary: 0 }
    cells.set(r * 100 + fm, { customers: cell.customers + 1, monetary: cell.monetary + monetary })
  }
  const scores = Array.from({ length: bands }, (_, index) => bands - index)
  return scores.flatMap((r) =>
    scores.map((fm) => ({ r, fm, ...(cells.get(r * 100 + fm) ?? { customers: 0, monetary: 0 }) })),
  )
}
