import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, raw, sql } from '../../../shared/sql'
import { type AmountFacts, isAmount } from './amountFacts'
import type { CheckWork } from './checkedTable'

/**
 * Money and quantities: cells that are missing, zero, negative or far too large.
 *
 * - Missing: any empty cell of an amount, beyond those told as unreadable; not where half of them are empty, as the
 *   price of events that have none.
 * - Zero: revenue of orders and prices of events. Units and prices of order lines are told with the orders.
 * - Negative: money, taxes, months. Where nine of ten are negative the sign is turned.
 * - Giant: in tables of 200 rows, ten or fewer rows (or 0.1 %) above 20 times the value that 99.9 % stay below (99 %
 *   in tables below 10,000 rows); or, in tables of 2,000 rows, ten rows that make up more than 5 % of the sum while
 *   the largest is ten times that value.
 */
export async function checkAmounts(work: CheckWork): Promise<Finding[]> {
  const amounts = (await work.amounts()).filter(({ column, filled }) => isAmount(column) && filled > 0)
  const plain = amounts.flatMap((facts) =>
    [missing(work, facts), zeros(work, facts), negatives(work, facts)].flatMap((finding) =>
      finding === undefined ? [] : [finding],
    ),
  )
  const far = await Promise.all(amounts.map((facts) => giants(work, facts)))
  return [...plain, ...far.flat()]
}

const isOrderLine = (work: CheckWork, role: string | null): boolean =>
  work.table.kind === 'orders' && (role === 'unitPrice' || role === 'quantity')

function missing(work: CheckWork, { column, missing: empty, filled }: AmountFacts): Finding | undefined {
  const told = work.table.findings
    .filter((finding) => finding.column === column.name && countsAsTold.includes(finding.id))
    .reduce((sum, { count }) => sum + count, 0)
  const untold = empty - told
  if (untold <= 0 || empty > filled) return undefined
  return work.say({
    id: 'missingAmounts',
    severity: 'warning',
    column: column.name,
    title: `${column.name} is empty`,
    count: untold,
    unit: 'rows',
    rows: sql`${ident(column.name)} IS NULL`,
    treatment: 'Counted as 0 in sums, left out of averages',
  })
}

const countsAsTold = ['unreadable', 'blankWords', 'errorCells', 'uncachedFormulas', 'formulasWithoutResult']

function zeros(work: CheckWork, { column, zeros: count, filled }: AmountFacts): Finding | undefined {
  const isPrice = column.role === 'price' || column.role === 'revenue' || column.role === 'unitPrice'
  if (count === 0 || !isPrice || isOrderLine(work, column.role) || count > filled / 2) return undefined
  return work.say({
    id: 'zeroAmounts',
    severity: count > filled * 0.01 ? 'warning' : 'info',
    column: column.name,
    title: `${column.name} is 0`,
    count,
    unit: 'rows',
    rows: sql`${ident(column.name)} = 0`,
    treatment: 'Kept: counted as orders without money',
  })
}

function negatives(work: CheckWork, { column, negatives: count, filled, least }: AmountFacts): Finding | undefined {
  if (count === 0 || isOrderLine(work, column.role)) return undefined
  const isTurned = count > filled * 0.9
  return work.say({
    id: 'negativeAmounts',
    severity: isTurned || column.role !== 'revenue' ? 'serious' : 'warning',
    column: column.name,
    title: isTurned ? `${column.name} is negative throughout: the sign is turned` : `${column.name} is negative`,
    count,
    unit: 'rows',
    examples: [String(least)],
    rows: sql`${ident(column.name)} < 0`,
    ...(isTurned || column.role !== 'revenue'
      ? { fix: { label: 'Turn the sign', value: sql`abs(${ident(column.name)})` } }
      : {}),
    treatment: column.role === 'revenue' ? 'Kept: they reduce revenue like returns' : 'Kept: they reduce the sum',
  })
}

async function giants(work: CheckWork, facts: AmountFacts): Promise<Finding[]> {
  const { column, filled, sum, topTen, most } = facts
  if (filled < 200 || sum <= 0 || !isSummed(column.role)) return []
  const usual = filled < 10_000 ? facts.p99 : facts.p999
  const isHeavy = filled >= 2000 && topTen > sum * 0.05
  if (usual <= 0 || most <= usual * (isHeavy ? 10 : 20)) return []
  const bound = most > usual * 20 ? usual * 20 : usual * 10
  const rows = sql`${ident(column.name)} > ${raw(String(bound))}`
  const [count] = await work.ask(
    z.tuple([z.number()]),
    sql`SELECT count(*)::DOUBLE FROM ${work.relation} WHERE ${rows}`,
  )
  if (count === undefined || count[0] > Math.max(10, filled * 0.001)) return []
  return [
    work.say({
      id: 'giantAmounts',
      severity: 'warning',
      column: column.name,
      title: `${column.name} far above all others`,
      count: count[0],
      unit: count[0] === 1 ? 'row' : 'rows',
      examples: [String(most), `99.9 % are at most ${Math.round(usual * 100) / 100}`],
      rows,
      treatment: `Kept: the ten largest make ${Math.round((topTen / sum) * 100)} % of the sum; check whether they are real`,
    }),
  ]
}

/** Rates and months are not added up. */
const isSummed = (role: string | null): boolean => role !== 'taxRate' && role !== 'discountRate'
