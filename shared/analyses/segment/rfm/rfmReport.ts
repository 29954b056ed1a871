import { counted } from '../../../counted'
import type { Formatter } from '../../../format'
import { leftOutCaveats } from '../../../leftOut'
import { revenueNames } from '../../../orderTotals'
import type { Block, Report, TableBlock } from '../../../report'
import type { RfmResult, ScoreThreshold } from './rfm'

/** The grid, where each score begins and ends, and every customer. */
export function rfmReport(result: RfmResult, _params: unknown, format: Formatter): Report {
  const { bands, customers } = result
  const best = result.grid.find((cell) => cell.r === bands && cell.fm === bands)
  const money = customers.reduce((sum, customer) => sum + customer.monetary, 0)
  const people = best?.customers ?? 0
  return {
    finding: `${format.count(people)} of ${format.count(customers.length)} customers score best on recency and on frequency with money; they hold ${percentOf(best?.monetary ?? 0, money, format)} of revenue`,
    reading: `Scored on ${format.date(result.snapshot)}: ${bands} is best, equal customers score equal. Money is ${revenueNames[result.monetaryView]} revenue.`,
    blocks: [
      gridBlock(result, money, format),
      thresholdBlock(result),
      customerBlock(result, format),
      ...fewerBandCaveats(result),
      ...leftOutCaveats(result.leftOut, format),
    ],
  }
}

function percentOf(part: number, whole: number, format: Formatter): string {
  return format.percent(whole > 0 ? part / whole : 0)
}

function scoresOf({ bands }: RfmResult): number[] {
  return Array.from({ length: bands }, (_, index) => bands - index)
}

function gridBlock(result: RfmResult, money: number, format: Formatter): Block {
  const scores = scoresOf(result)
  const share = (monetary: number): number => (money > 0 ? monetary / money : 0)
  const top = [...result.grid].sort((one, other) => other.monetary - one.monetary)[0]
  return {
    kind: 'chart',
    title:
      top === undefined
        ? 'Customers by score'
        : `${counted(top.customers, 'customer', format)} with R ${top.r} and FM ${top.fm} hold most: ${format.percent(share(top.monetary))} of revenue`,
    subtitle: 'Customers in each cell and their share of revenue; recency by frequency and money',
    chart: {
      kind: 'grid',
      rowTitle: 'Recency',
      columns: scores.map((score) => `FM ${score}${score === result.bands ? ', best' : ''}`),
      rows: scores.map((r) => ({
        label: `R ${r}${r === result.bands ? ', newest' : ''}`,
        cells: result.grid
          .filter((cell) => cell.r === r)
          .map((cell) => ({ label: cell.group, n: cell.customers, value: share(cell.monetary) })),
      })),
      format: 'percent',
    },
    table: {
      columns: [
        { label: 'R', format: 'count' },
        { label: 'FM', format: 'count' },
        { label: 'Group', format: 'text' },
        { label: 'Customers', format: 'count' },
        { label: 'Money', format: 'cents' },
        { label: 'Share of revenue', format: 'percent' },
      ],
      rows: result.grid.map((cell) => [
        cell.r,
        cell.fm,
        cell.group,
        cell.customers,
        cell.monetary,
        share(cell.monetary),
      ]),
      total: ['All', null, null, result.customers.length, money, money > 0 ? 1 : 0],
    },
  }
}

function thresholdBlock(result: RfmResult): TableBlock {
  const of = (list: readonly ScoreThreshold[], score: number) => {
    const threshold = list.find((each) => each.score === score)
    return [threshold?.from ?? null, threshold?.to ?? null, threshold?.customers ?? 0]
  }
  return {
    kind: 'table',
    title: `Where each of the ${result.bands} scores begins and ends`,
    subtitle: 'Smallest and largest value with the score, and how many customers have it',
    table: {
      columns: [
        { label: 'Score', format: 'count' },
        { label: 'Days, from', format: 'count' },
        { label: 'Days, to', format: 'count' },
        { label: 'R, customers', format: 'count' },
        { label: 'Orders, from', format: 'count' },
        { label: 'Orders, to', format: 'count' },
        { label: 'F, customers', format: 'count' },
        { label: 'Money, from', format: 'cents' },
        { label: 'Money, to', format: 'cents' },
        { label: 'M, customers', format: 'count' },
      ],
      rows: scoresOf(result).map((score) => [
        score,
        ...of(result.thresholds.r, score),
        ...of(result.thresholds.f, score),
        ...of(result.thresholds.m, score),
      ]),
    },
  }
}

function customerBlock({ customers }: RfmResult, format: Formatter): TableBlock {
  return {
    kind: 'table',
    title: `${counted(customers.length, 'customer', format)} with their scores`,
    subtitle: 'Days since the last order, distinct orders, money and the three scores',
    table: {
      columns: [
        { label: 'Customer', format: 'id' },
        { label: 'Days since the last order', format: 'count' },
        { label: 'Orders', format: 'count' },
        { label: 'Money', format: 'cents' },
        { label: 'R', format: 'count' },
        { label: 'F', format: 'count' },
        { label: 'M', format: 'count' },
        { label: 'FM', format: 'count' },
        { label: 'Group', format: 'text' },
      ],
      rows: customers.map((customer) => [
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
    },
  }
}

function fewerBandCaveats({ fewerBands, bands }: RfmResult): Block[] {
  return fewerBands.map((few) => ({
    kind: 'sentence',
    tone: 'caveat',
    text: `${few.measure.replace(/^./, (letter) => letter.toUpperCase())} reaches only ${few.bands} distinct ${few.bands === 1 ? 'score' : 'scores'} of ${bands}: many customers are equal, and equal customers stay together.`,
  }))
}
