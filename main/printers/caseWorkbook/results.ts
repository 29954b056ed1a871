/** IRR of monthly benefits; "n/a" without a change of sign. Spreadsheets search from a guess, so several are tried. */
export function irrFormula(benefits: string): string {
  const guesses = ['0.1', '-0.05', '0.5', '-0.2', '0.01', '2']
  const search = guesses.reduceRight((otherwise, guess) => `IFERROR(IRR(${benefits},${guess}),${otherwise})`, '"n/a"')
  return `IF(OR(MIN(${benefits})>=0,MAX(${benefits})<=0),"n/a",${search})`
}

/** First month from which the cumulative benefit stays at or above zero; `below` holds the months in which it is not. */
export function paybackFormula(benefits: string, below: string): string {
  return `IF(AND(MIN(${benefits})=0,MAX(${benefits})=0),"n/a",IF(MAX(${below})>=Horizon,"n/a",MAX(${below})+1))`
}
