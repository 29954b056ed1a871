import { AppError } from './errors'

/** A part of the people a campaign could contact. */
export interface ContactTier {
  readonly name: string
  readonly people: number
  readonly contactCost: number
  /** Its part of all buyers, 0–1. */
  readonly buyerShare: number
  readonly contacted: boolean
}

export interface ContactPlan {
  readonly people: number
  readonly contactCost: number
  readonly buyers: number
  /** Null when nobody said; then money lost cannot be computed. */
  readonly marginPerSale: number | null
  readonly tiers: readonly ContactTier[]
}

export interface ContactRoi {
  /** Share of buyers who would buy without the contact. */
  readonly baselineResponse: number
  readonly asIs: ContactSide
  readonly toBe: ContactSide
  readonly saving: number
  readonly savingShare: number | null
  readonly salesLostMoney: number | null
  /** Saving − sales lost × margin. */
  readonly netEffect: number | null
  /** Margin per sale at which saving and loss are equal; null when no sale is lost. */
  readonly breakEvenMargin: number | null
}

export interface ContactSide {
  readonly contacts: number
  readonly cost: number
  readonly buyersReached: number
  readonly salesKept: number
  readonly salesLost: number
  readonly costPerCustomer: number | null
}

/**
 * Contacting everybody against contacting chosen tiers. Counts of people and sales, money in the project's currency;
 * `baselineResponse` is the share of buyers who buy without the contact, 0–1.
 */
export function contactRoi(plan: ContactPlan, baselineResponse: number): ContactRoi {
  const contacted = plan.tiers.filter((tier) => tier.contacted)
  const reachedShare = sum(contacted.map((tier) => tier.buyerShare))
  const salesKept = plan.buyers * (reachedShare + (1 - reachedShare) * baselineResponse)
  const salesLost = plan.buyers * (1 - reachedShare) * (1 - baselineResponse)
  const asIsCost = plan.people * plan.contactCost
  const toBeCost = sum(contacted.map((tier) => tier.people * tier.contactCost))
  const saving = asIsCost - toBeCost
  const salesLostMoney = plan.marginPerSale === null ? null : salesLost * plan.marginPerSale
  return {
    baselineResponse,
    asIs: {
      contacts: plan.people,
      cost: asIsCost,
      buyersReached: plan.buyers,
      salesKept: plan.buyers,
      salesLost: 0,
      costPerCustomer: ratio(asIsCost, plan.buyers),
    },
    toBe: {
      contacts: sum(contacted.map((tier) => tier.people)),
      cost: toBeCost,
      buyersReached: plan.buyers * reachedShare,
      salesKept,
      salesLost,
      costPerCustomer: ratio(toBeCost, salesKept),
    },
    saving,
    savingShare: ratio(saving, asIsCost),
    salesLostMoney,
    netEffect: salesLostMoney === null ? null : saving - salesLostMoney,
    // A rounding crumb of lost sales must not turn into an endless margin.
    breakEvenMargin: salesLost > plan.buyers * 1e-12 ? saving / salesLost : null,
  }
}

/** Numbers that contradict one another would still give a result, so they are refused. */
export function refuseImpossiblePlan({ people, buyers, tiers }: ContactPlan): void {
  const share = sum(tiers.map((tier) => tier.buyerShare))
  if (exceeds(share, 1)) {
    throw new AppError('bad-parameter', `The tiers hold ${percent(share)} of the buyers; at most 100% is possible.`)
  }
  if (exceeds(buyers, people)) {
    throw new AppError('bad-parameter', `There are ${number(buyers)} buyers, but only ${number(people)} people.`, {
      hint: 'buyers counts the people who bought, not their orders.',
    })
  }
  const inTiers = sum(tiers.map((tier) => tier.people))
  if (exceeds(inTiers, people)) {
    throw new AppError('bad-parameter', `The tiers hold ${number(inTiers)} people, but there are ${number(people)}.`, {
      hint: 'Tiers are parts of the people; give people and tiers that belong together.',
    })
  }
  const crowded = tiers.find((tier) => exceeds(buyers * tier.buyerShare, tier.people))
  if (crowded === undefined) return
  const place = crowded.name === '' ? `Tier ${tiers.indexOf(crowded) + 1}` : `Tier "${crowded.name}"`
  throw new AppError(
    'bad-parameter',
    `${place} holds ${percent(crowded.buyerShare)} of ${number(buyers)} buyers, which is ${number(buyers * crowded.buyerShare)}, but only ${number(crowded.people)} people.`,
    { hint: 'buyerShare is the part of all buyers who are in the tier, 0.8 for 80%.' },
  )
}

function exceeds(amount: number, limit: number): boolean {
  return amount > limit * (1 + 1e-9) + 1e-9
}

function number(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}

function percent(share: number): string {
  return `${number(share * 100)}%`
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
