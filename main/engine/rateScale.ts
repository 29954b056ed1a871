import type { Choice } from '../../shared/description'

export type RateScale = 'percent' | 'fraction'

/** Least rate above zero and largest rate of a column. */
export interface RateRange {
  readonly least: number
  readonly most: number
}

/**
 * Whether rates are written as 10 (percent) or 0.10 (fraction). Above 1 they can only be percent, below a half hardly
 * anything but fractions; between them it is asked, and a file in which nothing is below a half is taken for percent:
 * a shop gives 1 % off everything rather than everything away.
 */
export function scaleOf({ least, most }: RateRange): { readonly scale: RateScale; readonly isOpen: boolean } {
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
  const { scale, isOpen } = scaleOf(range)
  if (!isOpen) return null
  const wished = made.get(key)
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
