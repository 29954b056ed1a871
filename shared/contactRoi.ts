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

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
