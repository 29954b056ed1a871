import type { TableKind } from '../../../shared/roles'
import {
  eventWords,
  isDate,
  isFilled,
  isNearlyUnique,
  isUnique,
  person,
  repeats,
  type Seen,
  valuesAre,
} from './columnTests'
import { readContacts } from './contactReading'
import { roleTests } from './roleTests'

/** Role name → names of the columns that play it. */
export type Cast = Readonly<Record<string, readonly string[]>>

interface Verdict {
  /** 0–1; 0 when it cannot be this kind. */
  readonly score: number
  readonly reason: string
}

const no: Verdict = { score: 0, reason: '' }

/** Names of places where money is spent on marketing, in English and Spanish. */
const channelWords =
  /\b(search|social|e ?mail|display|affiliates?|google|facebook|meta|instagram|tiktok|linkedin|bing|youtube|tv|radio|print|prensa|online|offline|sem|seo|ppc|cpc|influencers?|newsletter|sms|outdoor|redes|buscadores|buscador|correo|sociales|directo|afiliad[oa]s?|television|revistas|vallas|boletin)\b/

/** How well a table fits each kind, given which columns could play its roles. */
export const kindReadings: Readonly<Partial<Record<TableKind, (cast: Cast, columns: readonly Seen[]) => Verdict>>> = {
  contacts: readContacts,
  events: (cast, columns) => {
    if (!has(cast, 'customer', 'happenedAt', 'eventType')) return no
    const type = playing('eventType', cast, columns)
    const known = type !== undefined && valuesAre(type, eventWords, 0.5)
    return {
      score: (known ? 0.86 : 0.68) + bonus(cast, ['session', 'product', 'price', 'brand'], 0.03),
      reason: `an event of a person at a time${known ? ', with known event names' : ''}`,
    }
  },
  visits: (cast, columns) => {
    if (!has(cast, 'customer', 'startedAt') || !(has(cast, 'endedAt') || has(cast, 'source'))) return no
    const customer = playing('customer', cast, columns)
    const once = customer !== undefined && isUnique(customer)
    return {
      score: 0.8 + bonus(cast, ['endedAt', 'source', 'device'], 0.06) - (once ? 0.3 : 0),
      reason: 'a person, a start and an end',
    }
  },
  orders: (cast, columns) => {
    const amounts = ['unitPrice', 'revenue'].flatMap((role) => playing(role, cast, columns) ?? [])
    if (!has(cast, 'orderedAt') || amounts.length === 0 || !(has(cast, 'customer') || has(cast, 'order'))) return no
    const customer = playing('customer', cast, columns)
    const repeated = customer === undefined || repeats(customer)
    const rare = !amounts.some(isFilled)
    const roles = ['customer', 'order', 'product', 'quantity', 'unitPrice', 'revenue', 'category', 'description']
    return {
      // Amounts on a few rows only: a log in which some events are purchases.
      score: 0.72 + bonus(cast, roles, 0.04) - (repeated ? 0 : 0.2) - (rare ? 0.35 : 0),
      reason: `${repeated && customer !== undefined ? 'customers repeat, ' : ''}a date and ${has(cast, 'unitPrice', 'quantity') ? 'quantity and price' : 'an amount'} on ${rare ? 'some rows' : 'every row'}`,
    }
  },
  coupons: (cast, columns) => {
    const otherDates = columns.filter((column) => isDate(column) && column.name !== cast['month']?.[0])
    if (!has(cast, 'month', 'category', 'discountRate') || otherDates.length > 0 || columns.length > 8) return no
    const rate = playing('discountRate', cast, columns)
    const isRate = rate?.range !== null && rate !== undefined && rate.range[0] >= 0 && rate.range[1] <= 100
    return {
      score: (isRate ? 0.9 : 0.5) + bonus(cast, ['couponCode'], 0.05),
      reason: 'a discount for each month and category',
    }
  },
  tax: (cast, columns) => {
    if (!has(cast, 'category', 'taxRate') || columns.some(isDate) || columns.length > 6) return no
    const category = playing('category', cast, columns)
    return category !== undefined && isUnique(category)
      ? { score: 0.94, reason: 'one rate for each category' }
      : { score: 0.6, reason: 'a category and a rate' }
  },
  spend: (cast, columns) => {
    const foreign = /\b(order|invoice|transaction|pedido|factura|product|producto|sku|quantity|cantidad)\b/
    if (!has(cast, 'date', 'cost') || columns.some(({ words }) => person.test(words) || foreign.test(words))) return no
    const isCost = roleTests.spend?.['cost']?.[0]
    const costs = new Set(cast['cost'])
    const byName = columns.some((column) => costs.has(column.name) && (isCost?.(column) ?? false))
    if (byName) return { score: 0.9 + bonus(cast, ['source'], 0.04), reason: 'money spent by day' }
    // One column a channel: what else would be measured by day for search, social and e-mail?
    const channels = columns.filter(({ name, words }) => costs.has(name) && channelWords.test(words))
    return channels.length > 0 && channels.length === costs.size
      ? { score: 0.82, reason: 'a day and an amount for each channel' }
      : { score: 0.4, reason: 'a date and numbers' }
  },
  steps: (cast, columns) => {
    const customer = playing('customer', cast, columns)
    if (customer === undefined || columns.length > 6) return no
    if (has(cast, 'step') && columns.length <= 3)
      return { score: 0.85, reason: 'each person once, beside the name of one step' }
    return has(cast, 'date') && isUnique(customer)
      ? { score: 0.55, reason: 'each person once, with the day of entry' }
      : no
  },
  leads: (cast, columns) =>
    has(cast, 'customer', 'target') && columns.length >= 6 && columns.filter(({ type }) => type === 'text').length >= 4
      ? { score: 0.86, reason: 'one row a lead with a yes or no outcome' }
      : no,
  people: (cast, columns) => {
    const flags = columns.filter(({ type }) => type === 'flag').length
    return has(cast, 'customer') && flags >= 5
      ? { score: 0.88 + bonus(cast, ['target'], 0.06), reason: `one row a person with ${flags} yes/no columns` }
      : no
  },
  customers: (cast, columns) => {
    const flags = columns.filter(({ type }) => type === 'flag').length
    const customer = playing('customer', cast, columns)
    if (customer === undefined || columns.length < 2) return no
    // A unique id alone may be that of a product or a page.
    const isPerson = person.test(customer.words)
    if (flags >= 5) return isPerson ? { score: 0.4, reason: 'persons, with many yes/no columns' } : no
    const isOnce = isUnique(customer)
    const hasOrders = columns.some((column) => roleTests.orders?.['order']?.some((test) => test(column)))
    if (!isOnce && (hasOrders || !isNearlyUnique(customer))) return { score: 0.1, reason: 'customers repeat' }
    // A short list of orders may have one of each customer.
    const isAmount = (column: Seen): boolean =>
      ['unitPrice', 'revenue'].some((role) => roleTests.orders?.[role]?.some((test) => test(column)) === true)
    if (hasOrders && columns.some(isAmount) && columns.some(isDate))
      return { score: 0.4, reason: 'each customer once, in orders' }
    return {
      score: (isPerson ? 0.7 : 0.36) + bonus(cast, ['gender', 'location', 'tenureMonths'], 0.09) - (isOnce ? 0 : 0.1),
      reason: isOnce ? 'each customer once, with attributes' : 'customers with attributes, a few of them twice',
    }
  },
}

function playing(role: string, cast: Cast, columns: readonly Seen[]): Seen | undefined {
  return columns.find((column) => column.name === cast[role]?.[0])
}

function has(cast: Cast, ...roles: readonly string[]): boolean {
  return roles.every((role) => cast[role] !== undefined)
}

function bonus(cast: Cast, roles: readonly string[], each: number): number {
  return roles.filter((role) => cast[role] !== undefined).length * each
}
