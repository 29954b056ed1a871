import { negligibleShare } from '../../../shared/leverModel'

const negligible = negligibleShare.toFixed(9)

/** Margin less cost of a month, nothing where they cancel but for rounding. */
export function benefitFormula(margin: string, cost: string): string {
  return `IF(ABS(${margin}-${cost})<=${negligible}*MAX(MonthlyRevenue,${cost}),0,${margin}-${cost})`
}

/** The month, while the running benefit is below zero by more than rounding; else 0. */
export function belowFormula(cumulative: string, costs: string, month: string): string {
  return `IF(${cumulative}<-${negligible}*MAX(MonthlyRevenue,${costs}),${month},0)`
}

/** Cells of one row over all months. */
interface MonthRows {
  readonly benefit: string
  /** The month where the benefit is below zero, else empty text. */
  readonly loss: string
  /** The month where it is above zero, else empty text. */
  readonly gain: string
}

/**
 * IRR of monthly benefits; "n/a" unless their sign changes exactly once: all losses stand before all gains, or the other
 * way round, and the rate lies between −99 % and +10,000 %. Spreadsheets search from a guess, so several are tried.
 */
export function irrFormula({ benefit, loss, gain }: MonthRows): string {
  const guesses = ['0.1', '-0.05', '0.5', '-0.2', '0.01', '2', '-0.5', '10', '-0.8', '-0.95']
  const search = guesses.reduceRight((otherwise, guess) => `IFERROR(IRR(${benefit},${guess}),${otherwise})`, '"n/a"')
  const isMixed = `AND(COUNT(${loss})>0,COUNT(${gain})>0)`
  const once = `OR(MAX(${loss})<MIN(${gain}),MAX(${gain})<MIN(${loss}))`
  const isWithin = `NPV(-0.99,${benefit})*NPV(100,${benefit})<0`
  return `IF(AND(${isMixed},${once}),IF(${isWithin},${search},"n/a"),"n/a")`
}

/** The month where the benefit in `cell` is on one side of zero. */
export function monthIf(cell: string, side: '<' | '>', month: string): string {
  return `IF(${cell}${side}0,${month},"")`
}

/**
 * First month from which the cumulative benefit stays at or above zero; `below` holds the months in which it is not.
 * A plan that neither costs nor earns anything has none.
 */
export function paybackFormula(benefits: string, costs: string, below: string): string {
  return `IF(AND(MIN(${benefits})=0,MAX(${benefits})=0,MAX(${costs})=0),"n/a",IF(MAX(${below})>=Horizon,"n/a",MAX(${below})+1))`
}
