import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type Engine } from '../../../analysis'
import {
  type ContactPlan,
  type ContactRoi,
  type ContactTier,
  contactRoi,
  refuseImpossiblePlan,
} from '../../../contactRoi'
import type { Formatter } from '../../../format'
import type { CellValue, Report } from '../../../report'
import { type Interval, wilsonInterval } from '../../../stats/wilsonInterval'
import card from './campaignRoi.md?raw'
import { measureTiers } from './measureTiers'

const share = z.number().min(0).max(1)

const params = z.strictObject({
  people: z.number().min(0).optional().describe('People contacted today; measured when left out'),
  contactCost: z.number().min(0).default(1).describe('Cost of one contact today'),
  buyers: z.number().min(0).optional().describe('Buyers among them; measured when left out'),
  marginPerSale: z
    .number()
    .min(0)
    .optional()
    .describe('Margin of one sale; measured revenue of a buyer × margin when left out'),
  margin: share.default(0.3).describe('Margin on revenue, used where marginPerSale is measured'),
  tiers: z
    .array(
      z.strictObject({
        name: z.string().default(''),
        people: z.number().min(0),
        contactCost: z.number().min(0).optional().describe('contactCost when left out'),
        buyerShare: share,
        contacted: z.boolean().optional().describe('Decided by expected profit when left out'),
      }),
    )
    .optional()
    .describe('Parts of the people: name, people, contactCost, buyerShare, contacted; measured when left out'),
  baselineResponse: z
    .union([share, z.strictObject({ low: share, base: share, high: share })])
    .default({ low: 0, base: 0.5, high: 0.9 })
    .describe('Share of buyers who would buy without the contact: a number or {low, base, high}'),
})
type Params = z.infer<typeof params>

interface CampaignRoiResult extends AnalysisResult {
  readonly plan: ContactPlan
  /** Where the tiers come from: measured on orders, or given. */
  readonly measured: boolean
  readonly tiers: readonly (ContactTier & {
    readonly buyers: number
    readonly rate: number | null
    readonly interval: Interval | null
    /** Cost of a contact up to which the tier pays, at the base response; null without a margin of a sale. */
    readonly worthUpTo: number | null
  })[]
  readonly low: ContactRoi
  readonly base: ContactRoi
  readonly high: ContactRoi
}

export const campaignRoi = defineAnalysis<Params, CampaignRoiResult>({
  id: 'campaignRoi',
  version: 2,
  title: 'Contact ROI',
  question: 'What do we save, and lose, by contacting fewer people?',
  group: 'case',
  theme: 'decision',
  needs: [],
  params,
  card,
  async run(given, engine) {
    const response = rangeOf(given.baselineResponse)
    const { plan, period, leftOut, measured } = await planOf(given, response.base, engine)
    refuseImpossiblePlan(plan)
    return {
      period,
      leftOut,
      measured,
      plan,
      tiers: plan.tiers.map((tier) => {
        const buyers = plan.buyers * tier.buyerShare
        const counted = Math.round(buyers)
        return {
          ...tier,
          buyers,
          rate: tier.people === 0 ? null : buyers / tier.people,
          interval: measured && counted <= tier.people ? wilsonInterval(counted, tier.people) : null,
          worthUpTo:
            tier.people === 0 || plan.marginPerSale === null
              ? null
              : (buyers / tier.people) * (1 - response.base) * plan.marginPerSale,
        }
      }),
      low: contactRoi(plan, response.low),
      base: contactRoi(plan, response.base),
      high: contactRoi(plan, response.high),
    }
  },
  report,
})

interface GivenTier extends Pick<ContactTier, 'name' | 'people' | 'buyerShare'> {
  readonly contactCost?: number | undefined
  readonly contacted?: boolean | undefined
}

async function planOf(
  given: Params,
  response: number,
  engine: Engine,
): Promise<{
  plan: ContactPlan
  period: AnalysisResult['period']
  leftOut: AnalysisResult['leftOut']
  measured: boolean
}> {
  const complete = given.tiers !== undefined && given.people !== undefined && given.buyers !== undefined
  const measure = complete ? undefined : await measureTiers(engine)
  const marginPerSale = given.marginPerSale ?? (measure === undefined ? null : measure.revenuePerBuyer * given.margin)
  const buyers = given.buyers ?? measure?.buyers ?? 0
  const named: readonly GivenTier[] = given.tiers ?? measure?.tiers ?? []
  const tiers = named.map(({ name, people, buyerShare, contacted, contactCost = given.contactCost }): ContactTier => {
    const tier = { name, people, buyerShare, contactCost }
    return { ...tier, contacted: contacted ?? pays(tier, buyers, marginPerSale, response) }
  })
  return {
    plan: {
      people: given.people ?? measure?.people ?? 0,
      contactCost: given.contactCost,
      buyers,
      marginPerSale,
      tiers,
    },
    period: measure?.period ?? null,
    leftOut: measure?.leftOut ?? [],
    measured: measure !== undefined && given.tiers === undefined,
  }
}

/** Contact pays when rate × incremental share × margin is more than its cost; without a margin nobody is left out. */
function pays(
  tier: { readonly people: number; readonly buyerShare: number; readonly contactCost: number },
  buyers: number,
  marginPerSale: number | null,
  response: number,
): boolean {
  if (marginPerSale === null) return true
  return buyers * tier.buyerShare * (1 - response) * marginPerSale > tier.people * tier.contactCost
}

function report(result: CampaignRoiResult, _params: Params, format: Formatter): Report {
  const { base, low, high, plan } = result
  const left = result.tiers.filter((tier) => !tier.contacted)
  return {
    finding:
      left.length === 0
        ? everyTierFinding(result, format)
        : `Contacting ${format.count(base.toBe.contacts)} of ${format.count(plan.people)} people avoids ${format.money(base.saving)} of cost (${base.savingShare === null ? 'n/a' : format.percent(base.savingShare)}) and puts ${format.count(base.toBe.salesLost)} of ${format.count(plan.buyers)} sales at stake.`,
    reading:
      'Cost avoided is certain; sales lost depend on how many would buy without the contact. Only a holdout group measures that: leave a random part of each tier without contact and compare.',
    blocks: [
      {
        kind: 'metrics',
        items: [
          {
            label: 'Cost as-is',
            value: base.asIs.cost,
            format: 'money',
            caption: `${format.count(plan.people)} × ${format.cents(plan.contactCost)}`,
            means: 'People × cost of a contact.',
          },
          {
            label: 'Cost to-be',
            value: base.toBe.cost,
            format: 'money',
            caption: `${format.count(base.toBe.contacts)} contacts`,
            means: 'Sum over the contacted tiers.',
          },
          {
            label: 'Cost avoided',
            value: base.saving,
            format: 'money',
            caption: base.savingShare === null ? 'n/a' : format.percent(base.savingShare),
            means: 'As-is cost − to-be cost.',
          },
          {
            label: 'Sales lost',
            value: base.toBe.salesLost,
            format: 'decimal1',
            caption: `${format.decimal(high.toBe.salesLost, 1)} to ${format.decimal(low.toBe.salesLost, 1)}`,
            means: 'Buyers outside the contacted tiers who would not buy by themselves.',
          },
          {
            label: 'Net effect',
            value: base.netEffect ?? 'n/a',
            format: 'money',
            caption:
              low.netEffect === null || high.netEffect === null
                ? 'needs the margin of a sale'
                : `${format.money(low.netEffect)} to ${format.money(high.netEffect)}`,
            means: 'Cost avoided − sales lost × margin of a sale.',
          },
          {
            label: 'Break-even margin',
            value: base.breakEvenMargin ?? 'n/a',
            format: 'cents',
            caption: 'margin of a sale',
            means: 'Cost avoided / sales lost; n/a when no sale is lost.',
          },
        ],
      },
      {
        kind: 'table',
        title: 'As-is against to-be',
        subtitle: 'To-be for three shares of buyers who would buy without the contact',
        table: {
          columns: [
            { label: 'Line', format: 'text' },
            { label: 'As-is', format: 'cents' },
            { label: `To-be, ${format.percent(low.baselineResponse)}`, format: 'cents' },
            { label: `To-be, ${format.percent(base.baselineResponse)}`, format: 'cents' },
            { label: `To-be, ${format.percent(high.baselineResponse)}`, format: 'cents' },
          ],
          rows: [
            ['Contact cost', base.asIs.cost, ...[low, base, high].map((one) => one.toBe.cost)],
            ['Buyers reached', base.asIs.buyersReached, ...[low, base, high].map((one) => one.toBe.buyersReached)],
            ['Sales kept', base.asIs.salesKept, ...[low, base, high].map((one) => one.toBe.salesKept)],
            ['Sales lost', 0, ...[low, base, high].map((one) => one.toBe.salesLost)],
            [
              'Cost per customer',
              base.asIs.costPerCustomer ?? 'n/a',
              ...[low, base, high].map((one): CellValue => one.toBe.costPerCustomer ?? 'n/a'),
            ],
            ['Cost avoided', '', ...[low, base, high].map((one) => one.saving)],
            ['Sales lost × margin', '', ...[low, base, high].map((one): CellValue => one.salesLostMoney ?? 'n/a')],
            ['Net effect', '', ...[low, base, high].map((one): CellValue => one.netEffect ?? 'n/a')],
            ['Break-even margin', '', ...[low, base, high].map((one): CellValue => one.breakEvenMargin ?? 'n/a')],
          ],
        },
      },
      {
        kind: 'table',
        title: result.measured ? 'The tiers, and who of them bought next' : 'The tiers',
        subtitle: result.measured
          ? 'Ranked by spend before the last complete month, judged by orders in it'
          : 'As given',
        table: {
          columns: [
            { label: 'Tier', format: 'text' },
            { label: 'People', format: 'count' },
            { label: 'Cost of a contact', format: 'cents' },
            { label: 'Share of buyers', format: 'percent' },
            { label: 'Buyers', format: 'decimal1' },
            { label: 'Rate', format: 'percent2' },
            { label: '95% interval', format: 'text' },
            {
              label: 'Worth up to',
              format: 'cents',
              means: 'Cost of a contact up to which the tier pays: rate × (1 − w) × margin.',
            },
            { label: 'Contacted', format: 'text' },
          ],
          rows: result.tiers.map((tier): CellValue[] => [
            tier.name,
            tier.people,
            tier.contactCost,
            tier.buyerShare,
            tier.buyers,
            tier.rate,
            tier.interval === null ? '' : format.interval(tier.interval.low, tier.interval.high),
            tier.worthUpTo ?? 'n/a',
            tier.contacted ? 'yes' : 'no',
          ]),
        },
      },
      {
        kind: 'sentence',
        tone: 'caveat',
        text: '"Same sales for less cost" holds only if contacts have no effect outside the contacted tiers. Keep a holdout to find out.',
      },
    ],
  }
}

function everyTierFinding({ base, tiers }: CampaignRoiResult, format: Formatter): string {
  const worth = tiers.flatMap((tier) => (tier.worthUpTo === null ? [] : [tier.worthUpTo]))
  if (base.saving !== 0 || worth.length === 0) {
    return `Every tier is contacted: the cost goes from ${format.money(base.asIs.cost)} to ${format.money(base.toBe.cost)}, and no sale is at stake.`
  }
  return `A contact pays in every tier: even the weakest is worth up to ${format.cents(Math.min(...worth))} a contact, so leaving people out saves nothing.`
}

function rangeOf(value: Params['baselineResponse']): { low: number; base: number; high: number } {
  return typeof value === 'number' ? { low: value, base: value, high: value } : value
}
