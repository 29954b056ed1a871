import type { Lever } from '../caseModel'
import type { ViewName } from '../roles'

/** A kind of initiative: what it moves and what in the data speaks for it. Thresholds are defaults. */
export interface InitiativeType {
  readonly id: InitiativeId
  readonly title: string
  readonly lever: Lever
  readonly kpi: string
  readonly trigger: string
  /** What the data must hold for the trigger to be computed, in words; absent where Casebook evaluates it. */
  readonly needs?: string
  /** The same as views with a role; absent where no data would do in this version. */
  readonly data?: readonly (readonly [view: ViewName, role?: string])[]
}

export const catalogue = [
  {
    id: 'I1',
    title: 'Move budget to strong hours',
    lever: 'conversion',
    kpi: 'Conversion by block of hours',
    trigger: 'Purchase per view in a block of hours lies above the mean in both halves of the period',
    needs: 'events with views, purchases and times',
    data: [['events']],
  },
  {
    id: 'I2',
    title: 'Concentrate spend in the event week',
    lever: 'views',
    kpi: 'Weekly revenue and views',
    trigger: 'Event-week index above 1.2 against the trend and above its neighbours',
    needs: 'a calendar of events and their effect, which this version does not have yet',
  },
  {
    id: 'I3',
    title: 'Raise bids up to the maximum CPA',
    lever: 'views',
    kpi: 'CAC and LTV by source',
    trigger: 'CAC below the maximum CPA with the lower bound of LTV, on mature cohorts',
    needs: 'spend by source and the source of each first visit',
    data: [['spend'], ['visits', 'source']],
  },
  {
    id: 'I4',
    title: 'Cut or move spend',
    lever: 'cost',
    kpi: 'ROMI by source',
    trigger: 'Upper bound of the ROMI ratio below 1 at maturity under every attribution rule',
    needs: 'spend by source and the source of each first visit',
    data: [['spend'], ['visits', 'source']],
  },
  {
    id: 'I5',
    title: 'Rearrange homepage and assortment',
    lever: 'conversion',
    kpi: 'Share of views and of sales',
    trigger: 'Top viewed and top sold products overlap by less than half',
    needs: 'events with product views',
    data: [['events', 'product']],
  },
  {
    id: 'I6',
    title: 'Fix abandoned products',
    lever: 'conversion',
    kpi: 'Cart to purchase',
    trigger: 'Shrunk cart-to-purchase rate at least 20 % below the category',
    needs: 'events with carts and purchases',
    data: [['events', 'product']],
  },
  {
    id: 'I7',
    title: 'Fix products viewed but not bought',
    lever: 'conversion',
    kpi: 'View to cart',
    trigger: 'Views in the top quarter, shrunk view-to-cart rate at least 20 % below the category',
    needs: 'events with views and carts',
    data: [['events', 'product']],
  },
  {
    id: 'I8',
    title: 'Hide or clear what never sells',
    lever: 'conversion',
    kpi: 'Share of products never sold',
    trigger: 'No sale in 90 days in spite of views or stock',
    needs: 'product views or a stock list',
    data: [['events', 'product']],
  },
  {
    id: 'I9',
    title: 'Fix the leaking funnel step',
    lever: 'conversion',
    kpi: 'Step rate',
    trigger: 'The step with the largest lost revenue',
    needs: 'events or funnel steps',
    data: [['events']],
  },
  {
    id: 'I10',
    title: 'Welcome new visitors in peaks',
    lever: 'conversion',
    kpi: 'Conversion of new visitors',
    trigger: 'Traffic spike with falling conversion that is not only mix',
    needs: 'visits and purchases',
    data: [['visits'], ['orders', 'customer']],
  },
  {
    id: 'I11',
    title: 'Fix the tracking',
    lever: 'conversion',
    kpi: 'Share of affected rows',
    trigger: 'Impossible counts in a period',
    needs: 'events',
    data: [['events']],
  },
  {
    id: 'I12',
    title: 'Recommend matching items',
    lever: 'crossSelling',
    kpi: 'Different products per order',
    trigger: 'More than half of the orders hold a single product',
  },
  {
    id: 'I13',
    title: 'Newsletter and win-back for one-time buyers',
    lever: 'frequency',
    kpi: 'Customers who order again',
    trigger: 'More than 60 % of customers order only once',
  },
  {
    id: 'I14',
    title: 'Promote to the best customers',
    lever: 'frequency',
    kpi: 'Orders per top customer in half a period',
    trigger: 'The top 10 % of the first half hold at least 30 % of revenue in the second half',
  },
  {
    id: 'I15',
    title: 'Loyalty programme for top customers',
    lever: 'loyalty',
    kpi: 'Top customers who come back',
    trigger: 'The top 20 % of customers hold at least half of revenue',
  },
  {
    id: 'I16',
    title: 'Treat hot, warm and cold differently',
    lever: 'cost',
    kpi: 'Cost per customer',
    trigger: 'Calibrated tiers whose observed rates lie apart',
    needs: 'a propensity model, which this version does not have yet',
  },
  {
    id: 'I17',
    title: 'Discounts only where they bring customers back',
    lever: 'cost',
    kpi: 'Customers who come back, with and without coupon',
    trigger: 'Customers with a coupon come back no more often inside the same month and category',
  },
  {
    id: 'I18',
    title: 'A strategy for each segment',
    lever: 'conversion',
    kpi: 'KPI by segment',
    trigger: 'A segment with an index of at least 120 or at most 80',
    needs: 'a profile of each segment, which this version does not have yet',
  },
  {
    id: 'I19',
    title: 'Remind when it is time to refill',
    lever: 'frequency',
    kpi: 'Days between orders',
    trigger: 'The time of the next purchase is predicted better than the base rate',
    needs: 'a model of the next purchase, which this version does not have yet',
  },
  {
    id: 'I20',
    title: 'Free delivery above a basket value',
    lever: 'crossSelling',
    kpi: 'Value of orders below the median',
    trigger: 'Delivery is more than 10 % of the value of most orders below the median value',
  },
] as const satisfies readonly (Omit<InitiativeType, 'id'> & { readonly id: string })[]

export type InitiativeId = `I${number}`

/** The catalogue's entry; ids are checked by the compiler. */
export function typeOf(id: (typeof catalogue)[number]['id']): InitiativeType {
  const found = catalogue.find((type) => type.id === id)
  if (found === undefined) throw new RangeError(`There is no initiative ${id}.`)
  return found
}
