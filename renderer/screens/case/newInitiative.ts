import { type Initiative, initiativeSchema } from '../../../shared/caseModel'

/** An initiative of one's own, to be completed in the drawer. */
export function newInitiative(existing: readonly Initiative[]): Initiative {
  const taken = new Set(existing.map(({ id }) => id))
  const number = Array.from({ length: existing.length + 1 }, (_, index) => index + 1).find(
    (one) => !taken.has(`own${one}`),
  )
  return initiativeSchema.parse({
    id: `own${number ?? existing.length + 1}`,
    title: 'New initiative',
    lever: 'conversion',
    baseline: 1,
    target: { low: 1, base: 1.05, high: 1.1 },
    confidence: 'low',
    rangeSource: 'typed',
  })
}
