import { dayCount, days, demandOn, isSaleWeek, isWithin } from './calendar.mjs'
import { createRandom } from './random.mjs'

const existingCustomers = 700
const newVisitorsPerDay = 90
const cities = { Northport: 26, Eastbridge: 21, Lindenau: 18, 'Bay Hollow': 14, Westhaven: 12, Marrow: 9 }
const acquisition = { search: 36, social: 27, direct: 24, email: 13 }
const known = { direct: 40, email: 36, search: 20, social: 4 }

/** Everybody who comes to the shop in the year: customers from before, and visitors day by day. */
export function buildPeople(categories, seed) {
  const random = createRandom(seed, 2)
  const categoryNames = categories.map(({ name }) => name)
  const people = Array.from({ length: existingCustomers }, () => {
    const firstDay = Math.min(dayCount - 1, Math.floor(random.exponential(32)))
    return {
      ...traitsOf(random, categoryNames, random.pick(known)),
      firstDay,
      isKnown: true,
      priorMonths: 13 + Math.floor(random.exponential(14)),
    }
  })
  for (let day = 0; day < dayCount; day += 1) {
    const growth = 0.88 + (0.24 * day) / dayCount
    const arrivals = random.poisson(newVisitorsPerDay * growth * demandOn(day))
    for (let arrival = 0; arrival < arrivals; arrival += 1) {
      people.push(newVisitor(random, categoryNames, day, random.pick(acquisition)))
    }
    if (isWithin(day, days.socialCampaign)) {
      const extra = random.poisson(55)
      for (let arrival = 0; arrival < extra; arrival += 1) people.push(newVisitor(random, categoryNames, day, 'social'))
    }
  }
  return people.map((person, index) => ({ ...person, id: String(100_001 + index) }))
}

function newVisitor(random, categoryNames, firstDay, source) {
  return { ...traitsOf(random, categoryNames, source), firstDay, isKnown: false, priorMonths: 0 }
}

function traitsOf(random, categoryNames, source) {
  const city = random.pick(cities)
  const isBusiness = random.chance(0.012)
  return {
    source,
    city,
    gender: random.pick({ F: 61, M: 36, '': 3 }),
    device: random.pick(
      source === 'social' ? { mobile: 72, desktop: 24, tablet: 4 } : { mobile: 52, desktop: 42, tablet: 6 },
    ),
    tastes: [0, 1, 2].map(() => categoryNames[random.integer(0, categoryNames.length - 1)]),
    isBusiness,
    basketSize: Math.exp(0.4 * random.normal() - 0.08) * (city === 'Westhaven' ? 1.35 : 1) * (isBusiness ? 1.5 : 1),
    visitsPerMonth: 0.5 + 7 * random.gamma(0.55) + (isBusiness ? 2 : 0),
  }
}

/** How likely a customer never comes back after an order. */
export function leavingChance({ source, firstDay, priorMonths }, orders) {
  if (priorMonths > 0) return 0.13
  const atFirst = 0.58 + (source === 'social' ? 0.14 : 0) + (isSaleWeek(firstDay) ? 0.16 : 0)
  return orders === 1 ? atFirst : atFirst * 0.55
}

/** Where a visit comes from, and on what. */
export function wayIn(person, { isFirst, isCustomer }, random) {
  const device = random.chance(0.86) ? person.device : random.pick({ mobile: 50, desktop: 44, tablet: 6 })
  if (isFirst) return { source: person.source, device }
  if (isCustomer) return { source: random.pick(known), device }
  return { source: random.chance(0.6) ? person.source : 'direct', device }
}
