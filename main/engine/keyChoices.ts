import type { Choice, Finding } from '../../shared/description'

/** What happens to keys of a looked-up table that stand in several rows which say different things. */
export interface KeyRules {
  readonly customerKeys: 'first' | 'leaveOut'
  readonly couponKeys: 'leaveOut' | 'first' | 'sum'
  readonly taxKeys: 'leaveOut' | 'first' | 'sum'
}

export const usualKeyRules: KeyRules = { customerKeys: 'first', couponKeys: 'leaveOut', taxKeys: 'leaveOut' }

/** The rules in force: what was chosen, else the usual ones. */
export function keyRules(made: ReadonlyMap<string, string>): KeyRules {
  const pick = <Key extends keyof KeyRules>(key: Key, options: readonly KeyRules[Key][]): KeyRules[Key] =>
    options.find((option) => option === made.get(key)) ?? usualKeyRules[key]
  return {
    customerKeys: pick('customerKeys', ['first', 'leaveOut']),
    couponKeys: pick('couponKeys', ['leaveOut', 'first', 'sum']),
    taxKeys: pick('taxKeys', ['leaveOut', 'first', 'sum']),
  }
}

const questions: readonly {
  readonly key: keyof KeyRules
  readonly finding: string
  readonly question: string
  readonly why: (count: string) => string
  readonly options: readonly { readonly key: string; readonly label: string; readonly rule: string }[]
}[] = [
  {
    key: 'customerKeys',
    finding: 'customersTwice',
    question: 'Which row of a customer counts?',
    why: (count) =>
      `${count} customers stand more than once in the customer table; joining them all would multiply order lines.`,
    options: [
      { key: 'first', label: 'The first row', rule: 'The first row that says something counts' },
      { key: 'leaveOut', label: 'None', rule: 'Customers that stand twice stay without attributes' },
    ],
  },
  {
    key: 'couponKeys',
    finding: 'couponKeys',
    question: 'Which discount counts where a month and category have several?',
    why: (count) =>
      `${count} keys of the coupon table have several discounts; joining them all would multiply order lines.`,
    options: [
      { key: 'leaveOut', label: 'None', rule: 'These months and categories get no discount' },
      { key: 'first', label: 'The first row', rule: 'The discount that stands first in the file' },
      { key: 'sum', label: 'All together', rule: 'Different discounts of a key are added, 100% at the most' },
    ],
  },
  {
    key: 'taxKeys',
    finding: 'taxKeys',
    question: 'Which tax rate counts where a category has several?',
    why: (count) => `${count} categories have several tax rates; joining them all would multiply order lines.`,
    options: [
      { key: 'leaveOut', label: 'None', rule: 'These categories get no tax' },
      { key: 'first', label: 'The first row', rule: 'The rate that stands first in the file' },
      { key: 'sum', label: 'All together', rule: 'Different rates of a category are added' },
    ],
  },
]

/** A question for every table with such keys. */
export function keyChoices(findings: readonly Finding[], made: ReadonlyMap<string, string>): Choice[] {
  return questions.flatMap(({ key, finding, question, why, options }) => {
    const count = findings.filter(({ id }) => id === finding).reduce((sum, found) => sum + found.count, 0)
    if (count === 0) return []
    const wished = options.find((option) => option.key === made.get(key))
    return [
      {
        key,
        question,
        why: why(count.toLocaleString('en-US')),
        options: options.map((option) => ({ ...option, total: null })),
        chosen: wished?.key ?? usualKeyRules[key],
        decidedBy: wished === undefined ? ('default' as const) : ('analyst' as const),
      },
    ]
  })
}
