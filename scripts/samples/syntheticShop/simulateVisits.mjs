import { dayCount, days, demandOn, isSaleWeek, isWithin } from './calendar.mjs'
import { leavingChance, wayIn } from './people.mjs'
import { createRandom } from './random.mjs'

const meanDaysInMonth = 30.4

/** Every visit of every person, in order of time; a visit that ended in an order carries its basket as `order`. */
export function simulateVisits(people, basketMaker, seed) {
  const visits = people.flatMap((person, index) => visitsOf(person, basketMaker, createRandom(seed, 1000 + index)))
  return visits.sort((one, other) => one.start - other.start || Number(one.person.id) - Number(other.person.id))
}

/** A life in the shop: at most one visit a day, until the person stays away. */
function visitsOf(person, basketMaker, random) {
  const visits = []
  let orders = 0
  let retryOn = -1
  let nextLook = person.firstDay
  for (let day = person.firstDay; day < dayCount; day += 1) {
    const isCustomer = person.isKnown || orders > 0
    const comes =
      day === retryOn ||
      (isCustomer && visits.length > 0 ? random.chance(customerVisitChance(person, day)) : day === nextLook)
    if (!comes) continue
    const entry = wayIn(person, { isFirst: visits.length === 0, isCustomer }, random)
    if (day === retryOn) entry.device = 'desktop'
    const visit = visitOn(day, { ...person, isKnown: isCustomer }, entry, day === retryOn, basketMaker, random)
    visits.push({ ...visit, person })
    if (visit.order !== undefined) {
      orders += 1
      if (random.chance(leavingChance(person, orders))) break
    }
    if (visit.isBroken && random.chance(0.25)) retryOn = day + 1
    if (!isCustomer && orders === 0) {
      if (!random.chance(visit.basket === undefined ? 0.28 : 0.55) && retryOn <= day) break
      nextLook = day + random.integer(1, 14)
    }
  }
  return visits
}

const customerVisitChance = ({ visitsPerMonth }, day) =>
  Math.min(0.9, (visitsPerMonth / meanDaysInMonth) * demandOn(day))

function visitOn(day, customer, { source, device }, isRetry, basketMaker, random) {
  const actions = []
  let clock = day * 86_400 + secondOfDay(random)
  const start = clock
  const act = (type, product) => {
    clock += random.integer(12, 95)
    actions.push({ type, product, second: clock })
  }
  const visit = { day, start, source, device, actions }
  if (!isRetry && !random.chance(0.62)) {
    if (random.chance(0.3)) act('view', basketMaker.viewedProduct(customer, day, random))
    return { ...visit, end: clock + (random.chance(0.2) ? 0 : random.integer(2, 40)) }
  }
  if (isRetry || random.chance(cartChance(customer, day))) {
    return {
      ...visit,
      ...shop(customer, { day, source, device, isRetry }, basketMaker, random, act),
      end: clock + random.integer(10, 120),
    }
  }
  const looks = 1 + random.poisson(0.7)
  for (let look = 0; look < looks; look += 1) act('view', basketMaker.viewedProduct(customer, day, random))
  return { ...visit, end: clock + random.integer(10, 160) }
}

/** Fills a basket and perhaps pays. Some goods are taken from a list and never looked at. */
function shop(customer, { day, source, device, isRetry }, basketMaker, random, act) {
  const basket = basketMaker.makeBasket(customer, day, random)
  const isBroken = device === 'mobile' && isWithin(day, days.mobileBreak) && random.chance(0.7)
  const pays = !isBroken && (isRetry || random.chance(payChance(customer, { day, source, device })))
  const taken = pays || isBroken ? basket.lines : basket.lines.slice(0, random.integer(1, 4))
  for (const { product } of taken) {
    if (random.chance(0.66)) act('view', product)
    act('cart', product)
  }
  if (random.chance(0.12)) {
    const regretted = pays ? basketMaker.viewedProduct(customer, day, random) : taken[taken.length - 1].product
    if (!taken.some(({ product }) => product === regretted)) act('cart', regretted)
    if (!pays || !taken.some(({ product }) => product === regretted)) act('remove_from_cart', regretted)
  }
  if (!pays) return { basket, isBroken }
  act('purchase', undefined)
  return { basket, isBroken, order: basket }
}

const cartChance = ({ isKnown }, day) => (isKnown ? 0.5 : 0.26) * (isSaleWeek(day) ? 1.25 : 1)

/** Only visitors from social networks find it harder to pay on a phone; the device alone makes no difference. */
function payChance({ isKnown }, { day, source, device }) {
  const gap = source === 'social' && device === 'mobile' ? 0.4 : 1
  return (isKnown ? 0.6 : 0.3) * gap * (day >= days.freeDelivery ? 1.1 : 1)
}

// Busy at noon and in the evening, UTC.
function secondOfDay(random) {
  const hour = random.chance(0.55) ? 19.2 + 1.7 * random.normal() : 11.5 + 2.6 * random.normal()
  return Math.round(Math.min(22.4, Math.max(6, hour)) * 3600 + random.between(0, 60))
}
