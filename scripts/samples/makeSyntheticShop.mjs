// node scripts/samples/makeSyntheticShop.mjs [FOLDER]
// Generates the sample "Synthetic shop": one seed, the same files every time.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMain } from '../isMain.mjs'
import { gzip } from './gzip.mjs'
import { createBasketMaker, priceOn } from './syntheticShop/basket.mjs'
import { dateText, days, monthOf, timeText } from './syntheticShop/calendar.mjs'
import { buildCatalogue, buildCoupons } from './syntheticShop/catalogue.mjs'
import { buildPeople } from './syntheticShop/people.mjs'
import { simulateVisits } from './syntheticShop/simulateVisits.mjs'
import { buildSpend } from './syntheticShop/spend.mjs'

const seed = 20_250_101
const firstOrderId = 500_001
const firstSession = 1_000_001
const registeredShare = 0.06

/** Writes all files of the sample into the folder and says how many rows each has. */
export function makeSyntheticShop(folder) {
  const catalogue = buildCatalogue(seed)
  const coupons = buildCoupons(catalogue.categories)
  const people = buildPeople(catalogue.categories, seed)
  const visits = numbered(simulateVisits(people, createBasketMaker(catalogue, coupons), seed))
  const tables = {
    'order_lines.csv': orderLines(visits),
    'customers.csv': customers(people, visits),
    'coupons.csv': [
      ['month', 'category', 'coupon_code', 'discount_pct'],
      ...coupons.map(({ month, category, code, percent }) => [month, category, code, percent]),
    ],
    'tax.csv': [['category', 'vat'], ...catalogue.categories.map(({ name, vat }) => [name, vat.toFixed(2)])],
    'spend.csv': [
      ['date', 'search', 'social', 'email'],
      ...buildSpend(seed).map(({ day, search, social, email }) => [
        dateText(day),
        money(search),
        money(social),
        money(email),
      ]),
    ],
    'visits.csv.gz': visitTable(visits),
    'events.csv.gz': eventTable(visits),
  }
  mkdirSync(folder, { recursive: true })
  for (const [file, rows] of Object.entries(tables)) {
    const text = `${rows.map((row) => row.join(',')).join('\n')}\n`
    writeFileSync(join(folder, file), file.endsWith('.gz') ? gzip(text) : text)
  }
  return Object.fromEntries(Object.entries(tables).map(([file, rows]) => [file, rows.length - 1]))
}

/** Sessions and orders are numbered as they happen. */
function numbered(visits) {
  let orderId = firstOrderId
  return visits.map((visit, index) => ({
    ...visit,
    session: firstSession + index,
    ...(visit.order === undefined ? {} : { orderId: orderId++ }),
  }))
}

function orderLines(visits) {
  const header = [
    'customer_id',
    'order_id',
    'order_date',
    'sku',
    'product_name',
    'category',
    'quantity',
    'unit_price',
    'delivery_charge',
    'coupon_status',
  ]
  const rows = visits
    .filter(({ order }) => order !== undefined)
    .flatMap(({ person, orderId, order, day }) =>
      order.lines.map(({ product, quantity, unitPrice, coupon }) => [
        person.id,
        orderId,
        dateText(day),
        product.sku,
        product.name,
        product.category,
        quantity,
        money(unitPrice),
        money(order.delivery),
        coupon,
      ]),
    )
  return [header, ...rows]
}

/** Everybody with an account: who ordered, who was a customer before, and some who filled a basket and left. */
function customers(people, visits) {
  const firstOrder = new Map()
  const firstBasket = new Map()
  for (const { person, day, order, basket } of visits) {
    if (order !== undefined && !firstOrder.has(person.id)) firstOrder.set(person.id, day)
    if (basket !== undefined && !firstBasket.has(person.id)) firstBasket.set(person.id, day)
  }
  const isRegistered = ({ id, isKnown }) =>
    isKnown ||
    firstOrder.has(id) ||
    (firstBasket.has(id) && ((Number(id) * 2654435761) % 1000) / 1000 < registeredShare)
  const rows = people.filter(isRegistered).map(({ id, gender, city, priorMonths }) => {
    const since = 11 - monthOf(firstOrder.get(id) ?? firstBasket.get(id) ?? 0)
    return [id, gender, city, priorMonths > 0 ? priorMonths : since]
  })
  return [['customer_id', 'gender', 'city', 'tenure_months'], ...rows]
}

function visitTable(visits) {
  const rows = visits.map(({ session, person, device, source, start, end }) => [
    session,
    person.id,
    device,
    source,
    timeText(start),
    timeText(end),
  ])
  return [['session_id', 'visitor_id', 'device', 'source', 'start', 'end'], ...rows]
}

/** What was done in the visits since tracking began; a purchase is written once for each product bought. */
function eventTable(visits) {
  const rows = visits
    .filter(({ day }) => day >= days.trackingStart)
    .flatMap((visit) => visit.actions.flatMap((action) => eventsOf(action, visit)))
    .sort((one, other) => one.second - other.second)
    .map(({ second, type, product, price, visit }) => [
      `${timeText(second)} UTC`,
      type,
      product.sku,
      product.category,
      money(price),
      visit.person.id,
      visit.session,
      visit.device,
    ])
  return [['event_time', 'event_type', 'product_id', 'category', 'price', 'user_id', 'user_session', 'device'], ...rows]
}

function eventsOf({ type, product, second }, visit) {
  if (type !== 'purchase') return [{ second, type, product, price: priceOn(product, visit.day), visit }]
  return visit.order.lines.map((line) => ({ second, type, product: line.product, price: line.unitPrice, visit }))
}

const money = (amount) => amount.toFixed(2)

if (isMain(import.meta.url)) {
  const [folder = fileURLToPath(new URL('../../assets/samples/synthetic-shop', import.meta.url))] =
    process.argv.slice(2)
  console.table(makeSyntheticShop(folder))
}
