import { dayCount, days, demandOn, isWithin, weekdayOf } from './calendar.mjs'
import { createRandom } from './random.mjs'

const newsletterDay = 2

/** Advertising cost of each day by source. Social costs most for the customers it brings, e-mail next to nothing. */
export function buildSpend(seed) {
  const random = createRandom(seed, 3)
  return Array.from({ length: dayCount }, (_, day) => {
    const demand = demandOn(day)
    const campaign = isWithin(day, days.socialCampaign) ? 240 : 0
    return {
      day,
      search: cents(105 * demand ** 0.8 * random.between(0.85, 1.15)),
      social: cents(104 * demand ** 0.6 * random.between(0.8, 1.2) + campaign),
      email: cents(weekdayOf(day) === newsletterDay ? random.between(34, 42) : 4),
    }
  })
}

const cents = (amount) => Math.round(amount * 100) / 100
