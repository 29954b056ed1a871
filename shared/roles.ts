/** What a table is, in the analyst's words. */
export const tableKinds = {
  orders: 'Order lines',
  customers: 'Customers',
  contacts: 'Contacts',
  coupons: 'Coupons',
  tax: 'Tax',
  spend: 'Spend',
  visits: 'Visits',
  events: 'Events',
  people: 'People with features',
  leads: 'Leads',
  steps: 'Funnel step',
  baskets: 'Baskets',
  other: 'Not recognised',
} as const

export type TableKind = keyof typeof tableKinds

export type RoleType = 'id' | 'text' | 'number' | 'money' | 'rate' | 'date' | 'timestamp' | 'flag' | 'month'

export interface Role {
  readonly name: string
  readonly label: string
  readonly type: RoleType
  readonly required: boolean
  /** Several columns may play it, as the cost columns of a wide spend table do. */
  readonly many?: true
}

const role = (name: string, label: string, type: RoleType, required = false): Role => ({ name, label, type, required })

/**
 * The roles of each kind. `customer`, `order` … are what `--map NAME.ROLE=COLUMN` and project files say;
 * `viewColumn` turns them into the columns of the role views.
 */
export const rolesOf: Readonly<Record<TableKind, readonly Role[]>> = {
  orders: [
    role('customer', 'Customer', 'id'),
    role('order', 'Order', 'id'),
    role('orderedAt', 'Date', 'timestamp', true),
    role('product', 'Product', 'id'),
    role('description', 'Description', 'text'),
    role('category', 'Category', 'text'),
    role('quantity', 'Quantity', 'number'),
    role('unitPrice', 'Unit price', 'money'),
    role('revenue', 'Revenue', 'money'),
    role('delivery', 'Delivery', 'money'),
    role('couponState', 'Coupon state', 'text'),
    role('place', 'Place', 'text'),
  ],
  customers: [
    role('customer', 'Customer', 'id', true),
    role('gender', 'Gender', 'text'),
    role('location', 'Location', 'text'),
    role('tenureMonths', 'Tenure in months', 'number'),
  ],
  contacts: [
    role('customer', 'Customer', 'id', true),
    role('email', 'E-mail', 'text'),
    role('phone', 'Telephone', 'text'),
    role('firstName', 'First name', 'text'),
    role('lastName', 'Last name', 'text'),
    role('street', 'Street', 'text'),
    role('postcode', 'Postcode', 'id'),
    role('city', 'City', 'text'),
    role('region', 'Region', 'text'),
    role('country', 'Country', 'text'),
    role('consent', 'Consent', 'text'),
  ],
  coupons: [
    role('month', 'Month', 'month', true),
    role('category', 'Category', 'text', true),
    role('couponCode', 'Coupon code', 'text'),
    role('discountRate', 'Discount', 'rate', true),
  ],
  tax: [role('category', 'Category', 'text', true), role('taxRate', 'Tax rate', 'rate', true)],
  spend: [
    role('date', 'Date', 'date', true),
    role('source', 'Source', 'text'),
    { name: 'cost', label: 'Cost', type: 'money', required: true, many: true },
  ],
  visits: [
    role('customer', 'Customer', 'id', true),
    role('startedAt', 'Start', 'timestamp', true),
    role('endedAt', 'End', 'timestamp'),
    role('source', 'Source', 'text'),
    role('device', 'Device', 'text'),
  ],
  events: [
    role('customer', 'Customer', 'id', true),
    role('happenedAt', 'Time', 'timestamp', true),
    role('eventType', 'Event', 'text', true),
    role('session', 'Visit session', 'id'),
    role('product', 'Product', 'id'),
    role('category', 'Category', 'text'),
    role('brand', 'Brand', 'text'),
    role('price', 'Price', 'money'),
  ],
  people: [
    role('customer', 'Person', 'id', true),
    role('target', 'Target', 'flag'),
    role('treatment', 'Treatment', 'text'),
  ],
  leads: [role('customer', 'Lead', 'id', true), role('target', 'Converted', 'flag', true)],
  steps: [role('customer', 'Person', 'id', true), role('date', 'Date', 'date'), role('step', 'Step', 'text')],
  baskets: [],
  other: [],
}

/** The column of a role in its view: `orderedAt` is `ordered_at`, `order` is `order_id` (ORDER is a keyword). */
export function viewColumn(roleName: string): string {
  if (roleName === 'order') return 'order_id'
  return roleName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/**
 * The role views analyses may read, with the columns that are always there (NULL where no column plays the role).
 * `orders` has one row per order line. All money is DECIMAL(18,6).
 */
export const viewColumns = {
  orders: [
    ['line', 'BIGINT', 'Row of the source, 1-based, counting data rows'],
    ['customer', 'VARCHAR', 'Customer'],
    ['order_id', 'VARCHAR', 'Order as written in the file'],
    ['order_key', 'VARCHAR', 'Order as counted: the id, or id and customer, by the choice orderIdentity'],
    ['ordered_at', 'TIMESTAMP', 'Time of the order'],
    ['ordered_on', 'DATE', 'Day of the order'],
    ['product', 'VARCHAR', 'Product'],
    ['description', 'VARCHAR', 'Description'],
    ['category', 'VARCHAR', 'Category'],
    ['place', 'VARCHAR', 'Place'],
    ['quantity', 'DECIMAL(18,4)', 'Units'],
    ['unit_price', 'DECIMAL(18,6)', 'Price of a unit'],
    ['coupon_state', 'VARCHAR', 'Coupon state'],
    ['discount_rate', 'DECIMAL(9,6)', 'Discount applied to the line, a fraction'],
    ['tax_rate', 'DECIMAL(9,6)', 'Tax rate of the line, a fraction'],
    ['gross', 'DECIMAL(18,6)', 'Quantity × price'],
    ['discount', 'DECIMAL(18,6)', 'Gross × discount rate'],
    ['net', 'DECIMAL(18,6)', 'Gross − discount'],
    ['tax', 'DECIMAL(18,6)', 'Net × tax rate'],
    ['delivery', 'DECIMAL(18,6)', 'Delivery counted on this line, by the choice delivery'],
    ['invoice', 'DECIMAL(18,6)', 'Net + tax + delivery'],
    ['revenue', 'DECIMAL(18,6)', 'Invoice, net or gross, by the choice revenueView'],
  ],
  customers: [
    ['customer', 'VARCHAR', 'Customer'],
    ['gender', 'VARCHAR', 'Gender'],
    ['location', 'VARCHAR', 'Location'],
    ['tenure_months', 'DOUBLE', 'Tenure in months'],
  ],
  contacts: [
    ['customer', 'VARCHAR', 'Customer'],
    ['email', 'VARCHAR', 'E-mail address'],
    ['phone', 'VARCHAR', 'Telephone number as written'],
    ['first_name', 'VARCHAR', 'First name'],
    ['last_name', 'VARCHAR', 'Last name'],
    ['street', 'VARCHAR', 'Street and number'],
    ['postcode', 'VARCHAR', 'Postcode'],
    ['city', 'VARCHAR', 'City'],
    ['region', 'VARCHAR', 'Region or state'],
    ['country', 'VARCHAR', 'Country'],
    ['consent', 'VARCHAR', 'Consent as written'],
  ],
  coupons: [
    ['year', 'INTEGER', 'Year, empty where the file names months only'],
    ['month', 'INTEGER', 'Month of the year, 1–12'],
    ['category', 'VARCHAR', 'Category'],
    ['coupon_code', 'VARCHAR', 'Coupon code'],
    ['discount_rate', 'DECIMAL(9,6)', 'Discount, a fraction'],
  ],
  tax: [
    ['category', 'VARCHAR', 'Category'],
    ['tax_rate', 'DECIMAL(9,6)', 'Tax rate, a fraction'],
  ],
  spend: [
    ['date', 'DATE', 'Day'],
    ['source', 'VARCHAR', 'Source: a value of the source column, or the name of the cost column'],
    ['cost', 'DECIMAL(18,6)', 'Money spent'],
  ],
  visits: [
    ['customer', 'VARCHAR', 'Customer'],
    ['started_at', 'TIMESTAMP', 'Start of the visit'],
    ['ended_at', 'TIMESTAMP', 'End of the visit'],
    ['source', 'VARCHAR', 'Source'],
    ['device', 'VARCHAR', 'Device'],
  ],
  events: [
    ['customer', 'VARCHAR', 'Customer'],
    ['happened_at', 'TIMESTAMP', 'Time of the event'],
    ['event_type', 'VARCHAR', 'Event'],
    ['session', 'VARCHAR', 'Visit session'],
    ['product', 'VARCHAR', 'Product'],
    ['category', 'VARCHAR', 'Category'],
    ['brand', 'VARCHAR', 'Brand'],
    ['price', 'DECIMAL(18,6)', 'Price'],
  ],
} as const satisfies Partial<Record<TableKind, readonly (readonly [string, string, string])[]>>

export type ViewName = keyof typeof viewColumns

/** Finds a role by any usual spelling (`ordered_at`, `OrderedAt`, `date`), or undefined. */
export function findRole(kind: TableKind, spelling: string): Role | undefined {
  const wanted = bare(spelling)
  const roles = rolesOf[kind]
  const exact = roles.find(
    (candidate) => bare(candidate.name) === wanted || bare(viewColumn(candidate.name)) === wanted,
  )
  if (exact !== undefined) return exact
  const alias = roleAliases[wanted]
  return alias === undefined ? undefined : roles.find((candidate) => alias.includes(candidate.name))
}

const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Other words people use for a role; several targets because the same word serves several kinds. */
const roleAliases: Readonly<Record<string, readonly string[]>> = {
  date: ['orderedAt', 'date', 'startedAt', 'happenedAt'],
  time: ['orderedAt', 'happenedAt', 'startedAt'],
  eventtime: ['happenedAt'],
  eventtype: ['eventType'],
  event: ['eventType'],
  type: ['eventType'],
  orderdate: ['orderedAt'],
  transactiondate: ['orderedAt'],
  transaction: ['order'],
  invoiceno: ['order'],
  id: ['customer'],
  user: ['customer'],
  person: ['customer'],
  visitor: ['customer'],
  lead: ['customer'],
  mail: ['email'],
  telephone: ['phone'],
  mobile: ['phone'],
  zip: ['postcode'],
  address: ['street'],
  optin: ['consent'],
  sku: ['product'],
  item: ['product'],
  name: ['description'],
  qty: ['quantity'],
  units: ['quantity'],
  price: ['unitPrice', 'price'],
  avgprice: ['unitPrice'],
  amount: ['revenue', 'cost'],
  value: ['revenue', 'cost'],
  shipping: ['delivery'],
  deliverycharges: ['delivery'],
  coupon: ['couponState', 'couponCode'],
  couponstatus: ['couponState'],
  discount: ['discountRate'],
  discountpct: ['discountRate'],
  tax: ['taxRate'],
  gst: ['taxRate'],
  vat: ['taxRate'],
  cost: ['cost'],
  costs: ['cost'],
  spend: ['cost'],
  channel: ['source'],
  tenure: ['tenureMonths'],
  country: ['place'],
  start: ['startedAt'],
  end: ['endedAt'],
  visitsession: ['session'],
  outcome: ['target'],
}
