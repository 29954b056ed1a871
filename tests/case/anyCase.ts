import fc from 'fast-check'
import { type CaseModel, caseModelSchema, costCategories } from '../../shared/caseModel'

const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000)
const money = (most: number) => fc.integer({ min: 0, max: most * 100 }).map((cents) => cents / 100)

const initiative = fc.record({
  id: fc.uuid(),
  title: fc.uuid(),
  lever: fc.constantFrom('views', 'conversion', 'crossSelling', 'frequency', 'loyalty', 'cost'),
  baseline: fc.integer({ min: 1, max: 10_000 }).map((hundredths) => hundredths / 100),
  target: fc
    .integer({ min: 1, max: 20_000 })
    .map((hundredths) => hundredths / 100)
    .map((base) => ({ low: base * 0.9, base, high: base * 1.1 })),
  baseShare: share,
  overlap: share,
  monthlySaving: fc.constant({ low: 0, base: 100, high: 200 }),
  ramp: fc.array(fc.oneof(share, fc.constantFrom(0, 1)), { minLength: 1, maxLength: 6 }),
  startMonth: fc.integer({ min: 1, max: 36 }),
  oneOffCost: money(100_000),
  monthlyCost: money(10_000),
  costCategory: fc.constantFrom(...costCategories),
  status: fc.constantFrom('proposed' as const, 'accepted' as const, 'rejected' as const),
})

/** Any business case a person could enter. */
export const anyCase: fc.Arbitrary<CaseModel> = fc
  .record({
    baseline: fc.record({ monthlyRevenue: money(10_000_000).map((amount) => amount + 1000) }),
    horizon: fc.constantFrom(12 as const, 24 as const, 36 as const),
    combine: fc.constantFrom('multiply' as const, 'add' as const),
    initiatives: fc.array(initiative, { maxLength: 6 }),
  })
  .map((input) => caseModelSchema.parse(input))
