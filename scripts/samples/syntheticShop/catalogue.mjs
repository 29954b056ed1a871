import { monthNames } from './calendar.mjs'
import { createRandom } from './random.mjs'

const productsPerCategory = 25
const flat = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]

// `season` multiplies the category's share month by month; `prices` are the usual lowest and highest.
const categoryTable = [
  category('Kitchen', 'KIT', 11, [9, 75], 0.2, flat, 'Peeler|Whisk|Saucepan|Chopping board|Mixing bowl'),
  category('Tableware', 'TAB', 10, [5, 38], 0.2, flat, 'Plate|Bowl|Mug|Carafe|Napkin set'),
  category(
    'Bedding',
    'BED',
    8,
    [16, 95],
    0.2,
    [1.5, 1.2, 1, 0.9, 0.8, 0.7, 0.7, 0.8, 1, 1.2, 1.3, 1],
    'Pillow|Sheet|Throw|Blanket|Bedspread',
  ),
  category('Bath', 'BAT', 8, [5, 34], 0.2, flat, 'Towel|Bath mat|Soap dish|Robe hook|Laundry bag'),
  category(
    'Lighting',
    'LIG',
    7,
    [9, 90],
    0.2,
    [1.2, 1.1, 1, 0.9, 0.8, 0.7, 0.7, 0.8, 1, 1.3, 1.4, 1.3],
    'Pendant|Wall light|Lantern|Reading lamp|Light string',
  ),
  category(
    'Candles',
    'CAN',
    9,
    [4, 22],
    0.2,
    [1, 0.9, 0.8, 0.7, 0.7, 0.6, 0.6, 0.7, 1, 1.4, 1.9, 2.2],
    'Pillar candle|Tealights|Scented candle|Snuffer|Candle tray',
  ),
  category(
    'Storage',
    'STO',
    9,
    [7, 55],
    0.2,
    [1.5, 1.2, 1.1, 1, 1, 0.9, 0.9, 1, 1.1, 0.9, 0.8, 0.7],
    'Basket|Box|Jar|Shelf|Tray',
  ),
  category(
    'Garden',
    'GAR',
    8,
    [5, 60],
    0.2,
    [0.3, 0.5, 1.2, 2, 2.2, 1.9, 1.5, 1.1, 0.8, 0.5, 0.3, 0.3],
    'Planter|Trowel|Watering can|Bird feeder|Trellis',
  ),
  category(
    'Toys',
    'TOY',
    8,
    [6, 45],
    0.1,
    [0.7, 0.7, 0.8, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 1.1, 1.9, 2.3],
    'Puzzle|Building set|Doll|Train|Memory game',
  ),
  category(
    'Stationery',
    'STA',
    9,
    [2.5, 18],
    0.2,
    [1.1, 0.9, 0.9, 0.9, 0.9, 0.9, 1, 1.8, 1.7, 0.9, 0.9, 1],
    'Card set|Pencil case|Planner|Desk pad|Wrapping paper',
  ),
  category('Coffee & Tea', 'COF', 10, [4, 19], 0.05, flat, 'Filter coffee|Green tea|Tea tin|Cold brew|Herbal tea'),
  category(
    'Seasonal',
    'SEA',
    5,
    [3, 36],
    0.2,
    [0.2, 0.4, 0.8, 1.1, 0.4, 0.3, 0.3, 0.3, 0.6, 1.9, 3.2, 3.6],
    'Wreath|Garland|Bauble set|Table runner|Gift tag',
  ),
]
const styles = ['Oak', 'Linen', 'Nordic', 'Striped', 'Ivory']

// The first products of these categories belong together: whoever takes the first often takes the second.
const pairTable = [
  ['Kitchen', 'Coffee grinder', 54.9, 'Coffee & Tea', 'Espresso beans 1 kg', 18.9, 0.46],
  ['Bedding', 'Down duvet', 89.9, 'Bedding', 'Duvet cover', 39.9, 0.5],
  ['Lighting', 'Table lamp', 44.9, 'Lighting', 'LED bulb E27', 7.9, 0.55],
  ['Garden', 'Terracotta pot', 12.9, 'Garden', 'Potting soil 10 l', 8.5, 0.42],
  ['Stationery', 'Dotted notebook', 9.9, 'Stationery', 'Gel pen set', 6.5, 0.36],
  ['Candles', 'Brass candle holder', 19.9, 'Candles', 'Taper candles', 7.5, 0.52],
]
// Looked at often, bought hardly ever; the second is never sold.
const disappointments = [
  ['Lighting', 'Smart ceiling light', 89, { viewWeight: 6, orderWeight: 0.04 }],
  ['Kitchen', 'Cast-iron fondue set', 69, { viewWeight: 4, orderWeight: 0 }],
]

function category(name, code, weight, prices, vat, season, nouns) {
  return { name, code, weight, prices, vat, season, nouns: nouns.split('|') }
}

/** Categories with their products, and which product sells another. */
export function buildCatalogue(seed) {
  const random = createRandom(seed, 1)
  const categories = categoryTable.map((entry) => ({ ...entry, products: productsOf(entry, random) }))
  const byName = new Map(categories.flatMap((entry) => entry.products.map((product) => [product.name, product])))
  const companions = new Map(
    pairTable.map(([, name, , , companion, , probability]) => [
      byName.get(name),
      { product: byName.get(companion), probability },
    ]),
  )
  return { categories, companions }
}

function productsOf({ name: categoryName, code, prices, nouns }, random) {
  const special = specialProducts(categoryName)
  const named = styles.flatMap((style) => nouns.map((noun) => ({ name: `${style} ${noun.toLowerCase()}` })))
  return [...special, ...named].slice(0, productsPerCategory).map((product, index) => ({
    sku: `${code}-${String(index + 1).padStart(3, '0')}`,
    category: categoryName,
    price: shopPrice(prices[0] * (prices[1] / prices[0]) ** (random.next() ** 1.8)),
    orderWeight: 1 / (index + 2) ** 0.7,
    viewWeight: 1,
    ...product,
  }))
}

function specialProducts(categoryName) {
  const paired = pairTable.flatMap(([category, name, price, companionCategory, companion, companionPrice]) => [
    { category, name, price },
    { category: companionCategory, name: companion, price: companionPrice },
  ])
  const disappointing = disappointments.map(([category, name, price, weights]) => ({
    category,
    name,
    price,
    ...weights,
  }))
  return [...paired, ...disappointing].filter((product) => product.category === categoryName)
}

const shopPrice = (amount) => Math.max(1.5, Math.round(amount * 2) / 2) - 0.05

const couponless = 'Coffee & Tea'

/** One coupon for each month and category but one; 10, 20 or 30 percent, and 30 everywhere in November. */
export function buildCoupons(categories) {
  return categories
    .filter(({ name }) => name !== couponless)
    .flatMap(({ name, code }, index) =>
      monthNames.map((month, monthIndex) => {
        const percent = month === 'Nov' ? 30 : 10 * (1 + ((monthIndex + index) % 3))
        return { month, monthIndex, category: name, code: `${code}${percent}`, percent }
      }),
    )
}
