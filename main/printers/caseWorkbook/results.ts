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
 * way round. Spreadsheets search from a guess, so several are tried.
 */
export function irrFormula({ benefit, loss, gain }: MonthRows): string {
  const guesses = ['0.1', '-0.05', '0.5', '-0.2', '0.01', '2']
  const search = guesses.reduceRight((otherwise, guess) => `IFERROR(IRR(${benefit},${guess}),${otherwise})`, '"n/a"')
  const isMixed = `AND(COUNT(${loss})>0,COUNT(${gain})>0)`
  const once = `OR(MAX(${loss})<MIN(${gain}),MAX(${gain})<MIN(${loss}))`
  return `IF(AND(${isMixed},${once}),${search},"n/a")`
}

/** The month where the benefit in `cell` is on one side of zero. */
export function monthIf(cell: string, side: '<' | '>', month: string): string {
  return `IF(${cell}${side}0,${month},"")`
}

/** First month from which the cumulative benefit stays at or above zero; `below` holds the months in which it is not. */
export function paybackFormula(benefits: string, below: string): string {
  return `IF(AND(MIN(${benefits})=0,MAX(${benefits})=0),"n/a",IF(MAX(${below})>=Horizon,"n/a",MAX(${below})+1))`
}
