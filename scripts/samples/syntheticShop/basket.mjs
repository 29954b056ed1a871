import { days, monthOf } from './calendar.mjs'

const freeFrom = 60
const couponBlankShare = 0.002

/** Chooses products, quantities, coupons and delivery of one basket. */
export function createBasketMaker({ categories, companions }, coupons) {
  const percentOf = new Map(coupons.map(({ monthIndex, category, percent }) => [`${monthIndex} ${category}`, percent]))

  function productFor(customer, day, random, weightOf) {
    const category = pickWeighted(
      categories,
      (entry) => entry.weight * entry.season[monthOf(day)] * tasteFor(customer, entry.name),
      random,
    )
    return pickWeighted(category.products, weightOf, random)
  }

  /** A product somebody looks at without buying. */
  function viewedProduct(customer, day, random) {
    return productFor(customer, day, random, (product) => Math.max(product.orderWeight, 0.3) * product.viewWeight)
  }

  function makeBasket(customer, day, random) {
    const chosen = new Set()
    const wanted = Math.min(14, 1 + random.poisson(4.5 * customer.basketSize))
    for (let attempt = 0; chosen.size < wanted && attempt < 40; attempt += 1) {
      addWithCompanion(
        chosen,
        productFor(customer, day, random, (product) => product.orderWeight),
        random,
      )
    }
    const lines = [...chosen].map((product) => lineOf(product, customer, day, random))
    if (day >= days.freeDelivery) topUp(lines, customer, day, random)
    const goods = goodsOf(lines)
    return { lines, delivery: deliveryOf(goods, day, random) }
  }

  function addWithCompanion(chosen, product, random) {
    chosen.add(product)
    const companion = companions.get(product)
    if (companion !== undefined && random.chance(companion.probability)) chosen.add(companion.product)
  }

  /** Since delivery is free from 60 on, baskets just below it are often filled up. */
  function topUp(lines, customer, day, random) {
    const goods = goodsOf(lines)
    if (goods < 38 || goods >= freeFrom || !random.chance(0.6)) return
    for (let attempt = 0; goodsOf(lines) < freeFrom && attempt < 30; attempt += 1) {
      const product = productFor(customer, day, random, (candidate) => candidate.orderWeight)
      const missing = freeFrom - goodsOf(lines)
      if (product.price > missing + 9 || lines.some((line) => line.product === product)) continue
      lines.push({ ...lineOf(product, customer, day, random), quantity: 1 })
    }
  }

  function lineOf(product, customer, day, random) {
    const percent = percentOf.get(`${monthOf(day)} ${product.category}`) ?? 0
    const coupon = couponStateFor(percent, customer, random)
    return {
      product,
      unitPrice: priceOn(product, day),
      coupon,
      quantity: quantityOf(product, customer, coupon, percent, random),
    }
  }

  return { makeBasket, viewedProduct }
}

function pickWeighted(entries, weightOf, random) {
  let total = 0
  for (const entry of entries) total += weightOf(entry)
  let left = random.next() * total
  for (const entry of entries) {
    left -= weightOf(entry)
    if (left < 0) return entry
  }
  return entries[entries.length - 1]
}

const tasteFor = ({ tastes }, category) => (tastes.includes(category) ? 4 : 1)

export const goodsOf = (lines) => lines.reduce((total, line) => total + line.quantity * line.unitPrice, 0)

/** Coffee and tea became dearer in July. */
export function priceOn(product, day) {
  const factor = product.category === 'Coffee & Tea' && day >= days.trackingStart ? 1.08 : 1
  return Math.round(product.price * factor * 100) / 100
}

function couponStateFor(percent, { isKnown }, random) {
  if (random.chance(couponBlankShare)) return ''
  // A coupon can be marked as used where none was on offer: dirt that real exports have too.
  if (percent === 0) return random.pick({ Used: 0.02, Clicked: 0.28, 'Not Used': 0.7 })
  const used = 0.14 + percent * 0.007 + (isKnown ? 0.05 : 0)
  return random.pick({ Used: used, Clicked: 0.62 * (1 - used), 'Not Used': 0.38 * (1 - used) })
}

function quantityOf(product, { isBusiness }, coupon, percent, random) {
  const extra = random.chance(product.price < 12 ? 0.32 : 0.1) ? random.integer(1, product.price < 12 ? 3 : 1) : 0
  const encouraged = coupon === 'Used' && random.chance(percent / 200) ? 1 : 0
  return (1 + extra + encouraged) * (isBusiness ? random.integer(2, 6) : 1)
}

function deliveryOf(goods, day, random) {
  if (random.chance(0.07)) return 9.9
  if (day < days.freeDelivery) return 5.9
  return goods >= freeFrom ? 0 : 4.9
}
