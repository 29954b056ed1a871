import type { Choice } from '../../shared/description'

/** `each`: rates below 1 are fractions, the others percent. */
export type RateScale = 'percent' | 'fraction' | 'each'

/** Least rate above zero and largest rate of a column. */
export interface RateRange {
  readonly least: number
  readonly most: number
  /** Some rates are percent and others fractions of the same sizes; see `mixesScales`. */
  readonly isMixed?: boolean | undefined
}

/**
 * Whether rates below 1 are those above it once more, written as fractions: 0.1 to 0.3 beside 10 to 30. A hundred times
 * their least and most must lie near the others (half the least to twice the most); 0.5 % beside 18 % does not.
 */
export function mixesScales(fractions: RateRange | null, percents: RateRange | null): boolean {
  if (fractions === null || percents === null) return false
  return fractions.least * 100 >= percents.least / 2 && fractions.most * 100 <= percents.most * 2
}

/**
 * Whether rates are written as 10 (percent) or 0.10 (fraction). Above 1 they can only be percent, below a half hardly
 * anything but fractions; between them it is asked, and a file in which nothing is below a half is taken for percent:
 * a shop gives 1 % off everything rather than everything away. Taxes of 1.05 to 1.21 are factors (1 and the rate): no
 * country takes so little that all its rates are below 2 %.
 */
export function scaleOf(
  { least, most, isMixed }: RateRange,
  isTax: boolean,
): { readonly scale: RateScale; readonly isOpen: boolean } {
  if (isMixed === true) return { scale: 'each', isOpen: true }
  if (isTax && most > 1 && most < 2) return { scale: 'fraction', isOpen: false }
  if (most > 1) return { scale: 'percent', isOpen: false }
  if (most < 0.5) return { scale: 'fraction', isOpen: false }
  return { scale: most === 1 && least >= 0.5 ? 'percent' : 'fraction', isOpen: true }
}

/** The question about rates that can be read two ways, or nothing when they cannot. */
export function scaleChoice(
  key: 'discountScale' | 'taxScale',
  range: RateRange,
  made: ReadonlyMap<string, string>,
): Choice | null {
  const { scale, isOpen } = scaleOf(range, key === 'taxScale')
  if (!isOpen) return null
  const wished = made.get(key)
  if (range.isMixed === true) return mixedChoice(key, wished)
  const isMade = wished === 'percent' || wished === 'fraction'
  const rate = Number(range.most.toPrecision(4))
  const what = key === 'discountScale' ? 'discount' : 'tax rate'
  return {
    key,
    question: `Is a ${what} of ${rate} written in percent?`,
    why: `No ${what} is above 1, so both readings are possible.`,
    options: [
      { key: 'percent', label: 'In percent', rule: `${rate} is ${rate} %`, total: null },
      {
        key: 'fraction',
        label: 'As a fraction',
        rule: `${rate} is ${Number((rate * 100).toPrecision(4))} %`,
        total: null,
      },
    ],
    chosen: isMade ? wished : scale,
    decidedBy: isMade ? 'analyst' : 'default',
  }
}

function mixedChoice(key: 'discountScale' | 'taxScale', wished: string | undefined): Choice {
  const what = key === 'discountScale' ? 'discounts' : 'tax rates'
  const isMade = wished === 'each' || wished === 'percent'
  return {
    key,
    question: `Some ${what} are written in percent and others as fractions: how are they read?`,
    why: 'Rates below 1 are a hundredth of those above it.',
    options: [
      { key: 'each', label: 'Each as it looks', rule: '0.18 and 18 are both 18 %', total: null },
      { key: 'percent', label: 'All in percent', rule: '18 is 18 %, 0.18 is 0.18 %', total: null },
    ],
    chosen: isMade ? wished : 'each',
    decidedBy: isMade ? 'analyst' : 'default',
  }
}
