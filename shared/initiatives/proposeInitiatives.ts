import type { Engine, ProjectFacts } from '../analysis'
import { type CaseModel, caseModelSchema, type InitiativeInput } from '../caseModel'
import { createFormatter, type Formatter } from '../format'
import { computeCase } from '../leverModel'
import { bestCustomers } from './bestCustomers'
import { catalogue, type InitiativeType, typeOf } from './catalogue'
import { discountPolicy } from './discountPolicy'
import type { MeasuredBaseline } from './measureBaseline'
import { type Evidence, notComputable, type Proposal } from './proposal'
import { repeatOrders } from './repeatOrders'
import { singleProductOrders } from './singleProductOrders'
import { smallBaskets } from './smallBaskets'

/** Every type of the catalogue, judged by the data of the project; in the order of the catalogue. */
export async function proposeInitiatives(engine: Engine): Promise<Proposal[]> {
  const evaluated = engine.facts.has('orders')
    ? [
        await singleProductOrders(engine),
        await repeatOrders(engine),
        ...(await bestCustomers(engine)),
        await discountPolicy(engine),
        await smallBaskets(engine),
      ]
    : []
  return catalogue.map(({ id }) => {
    const found = evaluated.find((proposal) => proposal.type === id)
    if (found !== undefined) return found
    const type = typeOf(id)
    return notComputable(type, reasonOf(type, engine.facts))
  })
}

/** What is missing: data, or, where they are all mapped, the means to judge them. */
function reasonOf({ needs, data }: InitiativeType, facts: ProjectFacts): string {
  if (needs === undefined) return 'Needs orders.'
  const isMapped = data?.every(([view, role]) => facts.has(view, role)) ?? false
  return isMapped
    ? `Needs ${needs}. These data are there, but this version does not compute it yet.`
    : `Needs ${needs}.`
}

/** Extra margin a month at full effect of one initiative by itself, at the margin the case starts with. */
export function monthlyWorth(initiative: InitiativeInput, monthlyRevenue: number): number {
  const alone = caseModelSchema.parse({ baseline: { monthlyRevenue }, initiatives: [initiative] })
  return computeCase(alone, 'base').totals.fullMargin
}

/** The case a project starts with: the three best proposals, costs still to be entered. */
export function proposeCase(
  proposals: readonly Proposal[],
  baseline: Pick<MeasuredBaseline, 'monthlyRevenue' | 'source'>,
): CaseModel {
  return caseModelSchema.parse({
    baseline: { monthlyRevenue: baseline.monthlyRevenue, source: baseline.source },
    initiatives: bestInitiatives(proposals, baseline.monthlyRevenue),
  })
}

export function bestInitiatives(proposals: readonly Proposal[], monthlyRevenue: number): InitiativeInput[] {
  const english = createFormatter({ locale: 'en-US', currency: null })
  return proposals
    .flatMap((proposal) =>
      proposal.initiative === null ? [] : [{ ...proposal.initiative, evidence: evidenceSentence(proposal, english) }],
    )
    .sort((left, right) => monthlyWorth(right, monthlyRevenue) - monthlyWorth(left, monthlyRevenue))
    .slice(0, 3)
}

export function evidenceSentence({ evidence, period }: Proposal, format: Formatter): string {
  const figures = evidence.map((one) => evidenceWords(one, format))
  return [...figures, ...(period === null ? [] : [`${format.date(period.first)} – ${format.date(period.last)}`])].join(
    '; ',
  )
}

export function evidenceWords(
  { label, value, format: kind, low, high, count, of, unit }: Evidence,
  format: Formatter,
): string {
  const interval = low === null || high === null ? '' : `, 95% interval ${format.interval(low, high)}`
  return `${label} ${format.value(value, kind)} (${format.count(count)} of ${format.count(of)} ${unit}${interval})`
}
