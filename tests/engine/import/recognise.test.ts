import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Recognition } from '../../../shared/description'
import { type ImportFolder, importFolder } from './importFolder'
import { type SheetCell, workbookFile } from './workbookFile'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

/** What a table of this header and these rows is taken for, and what else it could be. */
async function recognitions(header: string, rows: readonly string[]): Promise<readonly Recognition[]> {
  // A name that says nothing, so that only the columns speak.
  const path = files.file('data.csv', `${header === '' ? '' : `${header}\n`}${rows.join('\n')}\n`)
  const [table] = (await files.describe(path)).tables
  if (table === undefined) throw new Error('one table')
  return [table.recognised, ...table.alternatives]
}

const times = <Row>(count: number, row: (index: number) => Row): Row[] =>
  Array.from({ length: count }, (_, index) => row(index))
const day = (index: number): string =>
  `2019-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`
const flag = (index: number): number => ((index * 7919) % 3 === 0 ? 1 : 0)
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

describe('a table is taken for what it is, with every role', () => {
  test.each([
    {
      name: 'order lines with a price and a quantity',
      header:
        'CustomerID,Transaction_ID,Transaction_Date,Product_SKU,Product_Description,Product_Category,Quantity,Avg_Price,Delivery_Charges,Coupon_Status',
      rows: times(
        60,
        (n) =>
          `${17850 + (n % 9)},${16679 + (n % 31)},2019${String(1 + (n % 12)).padStart(2, '0')}01,GGOENEBJ0794${n % 7},Nest Thermostat ${n % 7},${['Nest-USA', 'Office'][n % 2]},${1 + (n % 3)},${n % 50}.71,6.5,${['Used', 'Not Used', 'Clicked'][n % 3]}`,
      ),
      kind: 'orders',
      roles: {
        customer: 'CustomerID',
        order: 'Transaction_ID',
        orderedAt: 'Transaction_Date',
        product: 'Product_SKU',
        description: 'Product_Description',
        category: 'Product_Category',
        quantity: 'Quantity',
        unitPrice: 'Avg_Price',
        delivery: 'Delivery_Charges',
        couponState: 'Coupon_Status',
      },
    },
    {
      name: 'order lines in Spanish',
      header:
        'ID Cliente;Número de Pedido;Fecha de Pedido;Código Producto;Descripción;Categoría;Cantidad;Precio Unitario;Gastos de Envío',
      rows: times(
        60,
        (n) =>
          `C${n % 9};P${n % 31};${1 + (n % 28)}/${1 + (n % 12)}/2019;SKU-${n % 7};Sombrero ${n % 7};${['Ropa', 'Hogar'][n % 2]};${1 + (n % 3)};${n % 50},71;6,50`,
      ),
      kind: 'orders',
      roles: {
        customer: 'ID Cliente',
        order: 'Número de Pedido',
        orderedAt: 'Fecha de Pedido',
        product: 'Código Producto',
        description: 'Descripción',
        category: 'Categoría',
        quantity: 'Cantidad',
        unitPrice: 'Precio Unitario',
        delivery: 'Gastos de Envío',
      },
    },
    {
      name: 'order lines in German',
      header:
        'Kundennummer;Bestellnummer;Lieferdatum;Bestelldatum;Artikelnummer;Warengruppe;Menge;Stückpreis;Gesamtpreis',
      rows: times(
        60,
        (n) =>
          `${1000 + (n % 9)};${7000 + (n % 31)};${1 + (n % 28)}.12.2019;${1 + (n % 28)}.11.2019;A-${n % 7};${['Hut', 'Rock'][n % 2]};${1 + (n % 3)};${n % 50},71;${n},50`,
      ),
      kind: 'orders',
      roles: {
        customer: 'Kundennummer',
        order: 'Bestellnummer',
        orderedAt: 'Bestelldatum',
        product: 'Artikelnummer',
        category: 'Warengruppe',
        quantity: 'Menge',
        unitPrice: 'Stückpreis',
        revenue: 'Gesamtpreis',
      },
    },
    {
      name: 'order lines in French',
      header: 'client;commande;Date de livraison;Date de commande;Catégorie;Quantité;Prix unitaire;Montant',
      rows: times(
        60,
        (n) =>
          `C${n % 9};${7000 + (n % 31)};${1 + (n % 28)}/12/2019;${1 + (n % 28)}/11/2019;${['Robe', 'Jupe'][n % 2]};${1 + (n % 3)};${n % 50},71;${n},50`,
      ),
      kind: 'orders',
      roles: {
        customer: 'client',
        order: 'commande',
        orderedAt: 'Date de commande',
        category: 'Catégorie',
        quantity: 'Quantité',
        unitPrice: 'Prix unitaire',
        revenue: 'Montant',
      },
    },
    {
      name: 'online retail',
      header: 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
      rows: times(
        60,
        (n) =>
          `${n % 5 === 0 ? 'C' : ''}${536365 + (n % 20)},8512${n % 7}A,WHITE HANGING HEART ${n % 7},${n % 5 === 0 ? -1 : 6},2010-12-0${1 + (n % 9)} 08:26:00,${n % 9}.55,${n % 8 === 0 ? '' : `178${50 + (n % 9)}.0`},United Kingdom`,
      ),
      kind: 'orders',
      roles: {
        customer: 'CustomerID',
        order: 'InvoiceNo',
        orderedAt: 'InvoiceDate',
        product: 'StockCode',
        description: 'Description',
        quantity: 'Quantity',
        unitPrice: 'UnitPrice',
        place: 'Country',
      },
    },
    {
      name: 'purchases of a ticket service',
      header: 'Buy Ts,Revenue,Uid',
      rows: times(
        60,
        (n) => `2017-06-${String(1 + (n % 28)).padStart(2, '0')} 00:10:00,${n % 20}.55,1032930212459072749${n % 9}`,
      ),
      kind: 'orders',
      roles: { customer: 'Uid', orderedAt: 'Buy Ts', revenue: 'Revenue' },
    },
    {
      name: 'CDs bought, set apart by blanks',
      header: ' customer_id  date number_of_cds  dollar_value',
      rows: times(
        60,
        (n) => ` 0000${n % 9} 199701${String(1 + (n % 28)).padStart(2, '0')}  ${1 + (n % 3)}   ${11 + n}.77`,
      ),
      kind: 'orders',
      roles: { customer: 'customer_id', orderedAt: 'date', quantity: 'number_of_cds', revenue: 'dollar_value' },
    },
    {
      name: 'customers',
      header: 'CustomerID,Gender,Location,Tenure_Months',
      rows: times(40, (n) => `${17850 + n},${n % 3 === 0 ? 'M' : 'F'},${['Chicago', 'California'][n % 2]},${n % 48}`),
      kind: 'customers',
      roles: { customer: 'CustomerID', gender: 'Gender', location: 'Location', tenureMonths: 'Tenure_Months' },
    },
    {
      name: 'customers in Spanish',
      header: 'cliente;sexo;ciudad;antigüedad meses',
      rows: times(40, (n) => `C${n};${n % 3 === 0 ? 'H' : 'M'};${['Madrid', 'Lugo'][n % 2]};${n % 48}`),
      kind: 'customers',
      roles: { customer: 'cliente', gender: 'sexo', location: 'ciudad', tenureMonths: 'antigüedad meses' },
    },
    {
      name: 'coupons',
      header: 'Month,Product_Category ,Coupon_Code,Discount_pct',
      rows: times(
        36,
        (n) =>
          `${monthNames[n % 12]},${['Apparel', 'Office', 'Nest'][Math.floor(n / 12)]},SALE${10 + 10 * (n % 3)},${10 + 10 * (n % 3)}`,
      ),
      kind: 'coupons',
      roles: { month: 'Month', category: 'Product_Category', couponCode: 'Coupon_Code', discountRate: 'Discount_pct' },
    },
    {
      name: 'coupons in Spanish',
      header: 'Mes;Categoría;Cupón;Descuento',
      rows: times(
        36,
        (n) =>
          `${['Ene', 'Feb', 'Mar', 'Abr'][n % 4]};${['Ropa', 'Hogar', 'Libros'][Math.floor(n / 12)]};PROMO${n % 3};${10 + 10 * (n % 3)}%`,
      ),
      kind: 'coupons',
      roles: { month: 'Mes', category: 'Categoría', couponCode: 'Cupón', discountRate: 'Descuento' },
    },
    {
      name: 'tax',
      header: 'Product_Category,GST',
      rows: ['Nest-USA,0.1', 'Office,0.1', 'Apparel,0.18', 'Bags,0.18', 'Drinkware,0.05'],
      kind: 'tax',
      roles: { category: 'Product_Category', taxRate: 'GST' },
    },
    {
      name: 'tax in Spanish',
      header: 'Categoría;IVA',
      rows: ['Ropa;21%', 'Libros;4%', 'Hogar;10%'],
      kind: 'tax',
      roles: { category: 'Categoría', taxRate: 'IVA' },
    },
    {
      name: 'spend in two columns',
      header: 'Date,Offline_Spend,Online_Spend',
      rows: times(40, (n) => `1/${1 + (n % 28)}/2019,${4500 - (n % 5) * 500},${2424 + n}.5`),
      kind: 'spend',
      roles: { date: 'Date', cost: ['Offline_Spend', 'Online_Spend'] },
    },
    {
      name: 'spend by source',
      header: 'source_id,dt,costs',
      rows: times(60, (n) => `${1 + (n % 5)},${day(n)},${60 + n}.25`),
      kind: 'spend',
      roles: { date: 'dt', source: 'source_id', cost: ['costs'] },
    },
    {
      name: 'spend in Spanish',
      header: 'Fecha;Canal;Inversión',
      rows: times(60, (n) => `${1 + (n % 28)}/${1 + (n % 12)}/2019;${['Google', 'Meta'][n % 2]};${60 + n},25`),
      kind: 'spend',
      roles: { date: 'Fecha', source: 'Canal', cost: ['Inversión'] },
    },
    {
      name: 'visits',
      header: 'Device,End Ts,Source Id,Start Ts,Uid',
      rows: times(
        60,
        (n) =>
          `${['desktop', 'touch'][n % 2]},${day(n)} 14:35:00,${1 + (n % 9)},${day(n)} 14:32:00,128972350851019898${10 + (n % 40)}`,
      ),
      kind: 'visits',
      roles: { customer: 'Uid', startedAt: 'Start Ts', endedAt: 'End Ts', source: 'Source Id', device: 'Device' },
    },
    {
      name: 'events',
      header: 'event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session',
      rows: times(
        60,
        (n) =>
          `${day(n)} 00:00:0${n % 10} UTC,${['view', 'view', 'cart', 'purchase', 'remove_from_cart'][n % 5]},4460006${n % 9},21038074595953877${24 + (n % 9)},${n % 9 === 0 ? 'appliances.kitchen' : ''},${n % 2 === 0 ? 'shiseido' : ''},35.${10 + n},5413121${n % 30},72d76fde-8bb3-4e00-8c23-a032dfed73${10 + (n % 40)}`,
      ),
      kind: 'events',
      roles: {
        customer: 'user_id',
        happenedAt: 'event_time',
        eventType: 'event_type',
        product: 'product_id',
        brand: 'brand',
        price: 'price',
        session: 'user_session',
      },
    },
    {
      name: 'people with features and a target',
      header:
        'UserID,basket_icon_click,sort_by,sign_in,saw_checkout,device_mobile,device_computer,returning_user,ordered',
      rows: times(
        60,
        (n) => `val-${String(n).padStart(6, '0')},${times(8, (column) => flag(n + column * 5)).join(',')}`,
      ),
      kind: 'people',
      roles: { customer: 'UserID', target: 'ordered' },
    },
    {
      name: 'people of an experiment',
      header: 'UserID,basket_icon_click,sort_by,sign_in,saw_checkout,device_mobile,treatment,ordered',
      rows: times(
        60,
        (n) =>
          `val-${String(n).padStart(6, '0')},${times(5, (column) => flag(n + column * 5)).join(',')},${['control', 'ad'][n % 2]},${flag(n)}`,
      ),
      kind: 'people',
      roles: { customer: 'UserID', target: 'ordered', treatment: 'treatment' },
    },
    {
      name: 'leads in Spanish',
      header:
        'id;origen;fuente;no_enviar_email;no_llamar;compra;visitas_total;tiempo_en_site_total;ult_actividad;ambito;ocupacion',
      rows: times(
        60,
        (n) =>
          `${660737 - n};${['API', 'Landing'][n % 2]};${['Chat', 'Google'][n % 2]};No;No;${flag(n)};${n % 7};${n * 13};Page Visited;Select;${['Unemployed', 'Student'][n % 2]}`,
      ),
      kind: 'leads',
      roles: { customer: 'id', target: 'compra' },
    },
    {
      name: 'a funnel step',
      header: 'user_id,payment_confirmation_page',
      rows: times(40, (n) => `${123100 + n * 17},payment_confirmation_page`),
      kind: 'steps',
      roles: { customer: 'user_id', step: 'payment_confirmation_page' },
    },
  ])('$name', async ({ header, rows, kind, roles }) => {
    const [best] = await recognitions(header, rows)
    expect(best).toMatchObject({ kind, roles })
    expect(best?.confidence).toBeGreaterThan(0.5)
    expect(best?.reason).not.toBe('')
  })
})

test('a log in a workbook with typing errors in its actions is events, not orders', async () => {
  const actions = [
    'first_visit',
    'product_view',
    'add_to_cart',
    'add_to_wishist',
    'read_review',
    'read_reviews',
    'checkout',
    'purchase',
  ]
  const rows = times(120, (n): SheetCell[] => {
    const bought = n % 8 === 7
    return [
      `u${n % 25}`,
      `s${n % 40}`,
      { days: 43466 + n / 4 },
      actions[n % 8] ?? '',
      `p${n % 13}`,
      ['Books', 'books ', 'Toys'][n % 3] ?? '',
      bought ? 2 : null,
      bought ? 9.5 : null,
    ]
  })
  const path = files.file(
    'log.xlsx',
    workbookFile([
      {
        name: 'Sheet1',
        rows: [['User_id', 'Session_id', 'DateTime', 'Action', 'Product', 'Category', 'Quantity', 'Rate'], ...rows],
      },
    ]),
  )
  const [table] = (await files.describe(path)).tables
  expect(table?.recognised).toMatchObject({
    kind: 'events',
    roles: { customer: 'User_id', happenedAt: 'DateTime', eventType: 'Action', session: 'Session_id' },
  })
})

test('a sample without a header names its columns by number and is no customers table', async () => {
  const [best] = await recognitions(
    '',
    times(
      60,
      (n) => ` 0000${n % 9} 000${n % 9} 199701${String(1 + (n % 28)).padStart(2, '0')}  ${1 + (n % 3)}   ${11 + n}.77`,
    ),
  )
  expect(['orders', 'other']).toContain(best?.kind)
  if (best?.kind === 'orders')
    expect(best.roles).toMatchObject({ orderedAt: 'column 3', quantity: 'column 4', revenue: 'column 5' })
})

describe('nothing is claimed with confidence that the columns do not say', () => {
  test.each([
    {
      name: 'a date and three numbers',
      header: 'date,alpha,beta,gamma',
      rows: times(60, (n) => `${day(n)},${n % 7},${n * 3},${n}.5`),
      but: [],
    },
    {
      name: 'a date and media',
      header: 'day,offline,online',
      rows: times(60, (n) => `${day(n)},${4500 - (n % 5) * 500},${2424 + n}.5`),
      but: ['spend'],
    },
    {
      name: 'weather',
      header: 'date,station,temperature,rain',
      rows: times(60, (n) => `${day(n)},S${n % 4},${n % 30}.5,${n % 9}`),
      but: [],
    },
    { name: 'three numbers', header: 'x,y,z', rows: times(60, (n) => `${n},${n * 2},${n}.5`), but: [] },
    { name: 'a list of words', header: 'word', rows: ['alpha', 'beta', 'gamma'], but: [] },
    { name: 'products', header: 'sku,name,weight', rows: times(40, (n) => `SKU-${n},Hat ${n},${n}.25`), but: [] },
  ])('$name', async ({ header, rows, but }) => {
    const claimed = (await recognitions(header, rows)).filter(
      ({ kind, confidence }) => kind !== 'other' && confidence > 0.5,
    )
    expect(claimed.map(({ kind }) => kind).filter((kind) => !(but as readonly string[]).includes(kind))).toEqual([])
  })

  test('a number that only looks like a key keeps its values as numbers', async () => {
    const imported = await files.importText(
      `day,offline,online\n${times(60, (n) => `${day(n)},${4500 - (n % 5) * 500},${2424 + n}.5`).join('\n')}\n`,
    )
    expect(imported.column('offline').type).toBe('integer')
    expect(imported.column('online').type).toBe('decimal')
  })
})

test('the order of rows does not change what a table is taken for', async () => {
  const rows = times(80, (n) => `C${n % 9},A${n % 31},${day(n)},P${n % 7},${1 + (n % 3)},${n % 50}.71`)
  const header = 'customer,order_id,date,sku,quantity,unit_price'
  const [forwards] = await recognitions(header, rows)
  const [backwards] = await recognitions(header, rows.toReversed())
  expect(backwards).toEqual(forwards)
  expect(forwards?.kind).toBe('orders')
})

test('a few customers who stand there twice leave a table of customers', async () => {
  const rows = times(60, (n) => `C${n},${n % 2 === 0 ? 'F' : 'M'},Rome,${n % 12}`)
  const [first] = await recognitions('CustomerID,Gender,Location,Tenure_Months', [
    ...rows,
    rows[3] ?? '',
    rows[4] ?? '',
  ])
  expect(first).toMatchObject({ kind: 'customers', roles: { customer: 'CustomerID' } })
  expect(first?.reason).toMatch(/twice/)
  const [each] = await recognitions('CustomerID,Gender,Location,Tenure_Months', rows)
  expect(each?.confidence).toBeGreaterThan(first?.confidence ?? 1)
})

test.each(['price', 'Prix unitaire', 'Rate', 'cost'])(
  'beside a quantity a column named %s is no total, however little the other headers say',
  async (name) => {
    const rows = times(
      60,
      (n) => `${1000 + (n % 9)},${5000 + (n % 31)},${day(n)},${'AB'[n % 2]},${1 + (n % 3)},${n}.25`,
    )
    const [first] = await recognitions(`k,k2,when,group,quantity,${name}`, rows)
    expect(first).toMatchObject({ kind: 'orders' })
    expect(first?.roles).not.toHaveProperty('revenue')
    expect(first?.roles['unitPrice']).toBe(name)
  },
)

test('a second number of every customer is no order number', async () => {
  const rows = times(80, (n) => `${1000 + (n % 9)},${200 + (n % 9)},${day(n)},${1 + (n % 3)},${n}.25`)
  const [first] = await recognitions('a,b,c,d,e', rows)
  expect(first).toMatchObject({ kind: 'orders', roles: { customer: 'a' } })
  expect(first?.roles).not.toHaveProperty('order')
})

test('a real order number is found behind a second number of every customer', async () => {
  const rows = times(
    80,
    (n) => `${1000 + (n % 9)},${2000 + (n % 9)},${5000 + (n % 40)},${day(n)},${1 + (n % 3)},${n}.25`,
  )
  const [first] = await recognitions('a,b,c,d,e,f', rows)
  expect(first).toMatchObject({ kind: 'orders', roles: { customer: 'a', order: 'c' } })
})

test.each(['Beleg', 'Auftragsnummer', 'Rechnungsnr', 'Bestellung', 'N° de commande'])(
  '%s is the number of an order',
  async (name) => {
    const rows = times(60, (n) => `C${n % 9};A${n % 31};${day(n)};${1 + (n % 3)};${n},25`)
    const [first] = await recognitions(`Kunde;${name};Datum;Menge;Preis`, rows)
    expect(first).toMatchObject({ kind: 'orders', roles: { customer: 'Kunde', order: name, unitPrice: 'Preis' } })
  },
)

describe('order lines whose amount has an unusual name', () => {
  test.each([
    { name: 'a total is no price', last: 'quantity,total price', revenue: 'total price' },
    { name: 'a German total is no price', last: 'Menge,Gesamtpreis', revenue: 'Gesamtpreis' },
    { name: 'an amount is what was paid', last: 'quantity,amount', revenue: 'amount' },
    { name: 'an amount of no name beside a quantity', last: 'quantity,zzz', unitPrice: 'zzz' },
  ])('$name', async ({ last, unitPrice, revenue }) => {
    const rows = times(60, (n) => `${1000 + (n % 9)},${5000 + (n % 31)},${day(n)},${1 + (n % 3)},${n}.25`)
    const [first] = await recognitions(`id,id,date,${last}`, rows)
    expect(first?.kind).toBe('orders')
    expect(first?.roles).toMatchObject({ customer: 'id', order: 'id 2', quantity: last.split(',')[0] })
    expect([first?.roles['unitPrice'], first?.roles['revenue']]).toEqual([unitPrice, revenue])
  })

  test('named columns keep their roles, and a price in whole numbers is no quantity', async () => {
    const rows = times(
      60,
      (n) => `${9000 + (n % 3)},${1000 + (n % 9)},${5000 + (n % 31)},${day(n)},${5 + (n % 40)},${1 + (n % 3)}`,
    )
    const [first] = await recognitions('store_id,customer_id,order_id,date,Rate,Qty', rows)
    expect(first).toMatchObject({
      kind: 'orders',
      roles: { customer: 'customer_id', order: 'order_id', quantity: 'Qty', unitPrice: 'Rate' },
    })
  })

  test('large prices in whole numbers are no customers', async () => {
    const rows = times(60, (n) => `${1200 + (n % 7)},${5000 + (n % 9)},${8000 + (n % 31)},${day(n)},${1 + (n % 3)}`)
    const [first] = await recognitions('price,a_id,sales_id,date,quantity', rows)
    expect(first?.roles).toMatchObject({ customer: 'a_id', order: 'sales_id', unitPrice: 'price' })
  })

  test('a tax is not taken for the price', async () => {
    const rows = times(60, (n) => `${1000 + (n % 9)},${5000 + (n % 31)},${day(n)},${1 + (n % 3)},${n}.05,${n}.25`)
    const [first] = await recognitions('id,id,date,quantity,vat,price', rows)
    expect(first?.roles).toMatchObject({ unitPrice: 'price' })
    expect(first?.roles).not.toHaveProperty('revenue')
  })

  test('a cost taken for the price is doubtful', async () => {
    const of = (name: string) =>
      recognitions(
        `customer_id,order_id,date,quantity,${name}`,
        times(60, (n) => `${1000 + (n % 9)},${5000 + (n % 31)},${day(n)},${1 + (n % 3)},${n}.25`),
      )
    const [cost] = await of('cost')
    const [rate] = await of('rate')
    expect(cost).toMatchObject({ kind: 'orders', roles: { unitPrice: 'cost' } })
    expect(cost?.confidence).toBeLessThan(rate?.confidence ?? 0)
    expect(cost?.reason).toMatch(/cost/)
  })
})

describe('customers who repeat', () => {
  const header = 'CustomerID,Gender,Location,Tenure_Months'
  const row = (n: number): string => `C${n},${n % 2 === 0 ? 'F' : 'M'},Rome,${n % 12}`

  test('one of a handful standing there twice leaves a table of customers', async () => {
    const [first] = await recognitions(header, [row(1), row(2), row(3), row(1)])
    expect(first).toMatchObject({ kind: 'customers', roles: { customer: 'CustomerID' } })
  })

  test('often: not recognised, but the columns are offered to whoever says it is customers', async () => {
    const all = await recognitions(
      header,
      times(60, (n) => row(n % 30)),
    )
    expect(all[0]?.kind).toBe('other')
    expect(all.find(({ kind }) => kind === 'customers')?.roles).toMatchObject({ customer: 'CustomerID' })
  })

  test('with many yes/no columns: offered as well', async () => {
    const rows = times(60, (n) => `C${n % 58},${times(6, (column) => flag(n + column * 5)).join(',')}`)
    const all = await recognitions('customer_id,a,b,c,d,e,f', rows)
    expect(all.find(({ kind }) => kind === 'customers')?.roles).toMatchObject({ customer: 'customer_id' })
  })

  test('now and then, beside an order number: no table of customers', async () => {
    const [first] = await recognitions(
      'order_id,date,country,customer',
      times(60, (n) => `A${n},${day(n)},${['UK', 'FR'][n % 2]},C${n % 57}`),
    )
    expect(first?.kind).toBe('other')
  })

  test('in order lines: customers are not even offered', async () => {
    const rows = times(80, (n) => `C${n % 9},A${n % 31},${day(n)},P${n % 7},${1 + (n % 3)},${n % 50}.71`)
    const all = await recognitions('customer,order_id,date,sku,quantity,unit_price', rows)
    expect(all.map(({ kind }) => kind)).not.toContain('customers')
  })
})

test('nothing is a hundred percent sure', async () => {
  const all = await recognitions(
    'x,y',
    times(40, (n) => `text ${n % 3},other ${n}`),
  )
  for (const { confidence } of all) expect(confidence).toBeLessThan(1)
})
