import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CohortRetentionResult } from '../../shared/analyses/explore/cohortRetention/cohortRetention'
import type { CustomersAcquiredResult } from '../../shared/analyses/explore/customersAcquired/customersAcquired'
import type { MonthlyMoneyResult } from '../../shared/analyses/explore/monthlyMoney/monthlyMoney'
import type { OverviewResult } from '../../shared/analyses/explore/overview/overview'
import type { RfmResult } from '../../shared/analyses/segment/rfm/rfm'
import type { SourceInput } from '../../shared/engineInputs'
import { context, dataPath, expected, hasRealData, type RealProject, realProject } from './realData'

const set = 'marketing-insights'
const clean = (name: string): string => dataPath('marketing-insights', name)
const dirty = (name: string): string => dataPath('marketing-insights-dirty', name)
const five: SourceInput[] = [
  'Online_Sales.csv',
  'CustomersData.xlsx',
  'Discount_Coupon.csv',
  'Marketing_Spend.csv',
  'Tax_amount.xlsx',
].map((name) => ({ path: clean(name) }))

/** Relative 1e-6, as the expected values demand. */
function close(actual: number | null | undefined, wanted: number): void {
  expect(actual).not.toBeNull()
  expect(Math.abs((actual ?? Number.NaN) - wanted)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(wanted)))
}

/** Everything the expected values say about the five files, whatever way they came in. */
async function meetsExpectations(project: RealProject): Promise<void> {
  const overview = (await project.analyse('overview')).result as OverviewResult
  expect(overview.totals.lines).toBe(expected<number>(set, 'rows'))
  expect(overview.totals.customers).toBe(expected<number>(set, 'customers'))
  expect(overview.totals.orders).toBe(expected<number>(set, 'orders'))
  expect(overview.totals.customerOrders).toBe(expected<number>(set, 'customer_order_pairs'))
  expect(overview.totals.units).toBe(expected<number>(set, 'quantity'))
  close(overview.totals.invoice, expected<number>(set, 'invoice_total_delivery_each_line'))
  close(overview.totals.gross, expected<number>(set, 'gross_total'))
  close(overview.totals.discount, expected<number>(set, 'discount_total'))
  close(overview.totals.tax, expected<number>(set, 'gst_total'))
  close(overview.totals.delivery, expected<number>(set, 'delivery_total_per_line'))
  close(overview.averageOrderValue, expected<number>(set, 'average_order_value'))

  const money = (await project.analyse('monthlyMoney')).result as MonthlyMoneyResult
  const revenue = expected<Record<string, number>>(set, 'revenue_by_month')
  const spend = expected<Record<string, number>>(set, 'spend_by_month')
  expect(money.months).toHaveLength(12)
  for (const [index, month] of money.months.entries()) {
    expect(month.unfinished).toBe(false)
    close(month.revenue, revenue[index + 1] ?? Number.NaN)
    close(month.spend, spend[index + 1] ?? Number.NaN)
  }

  const acquired = (await project.analyse('customersAcquired')).result as CustomersAcquiredResult
  const fresh = expected<Record<string, number>>(set, 'new_customers_by_month')
  const active = expected<Record<string, number>>(set, 'active_customers_by_month')
  expect(acquired.periods.map((row) => row.acquired)).toEqual(Object.values(fresh))
  expect(acquired.periods.map((row) => row.active)).toEqual(Object.values(active))

  const retention = (await project.analyse('cohortRetention')).result as CohortRetentionResult
  const nextMonth = expected<Record<string, number>>(set, 'retention_month_plus_1_pct')
  expect(retention.nextPeriod).toHaveLength(11)
  for (const [index, cohort] of retention.nextPeriod.entries())
    close(cohort.share * 100, nextMonth[index + 1] ?? Number.NaN)
  const byAge = expected<Record<string, number>>(set, 'retention_mean_by_age_pct')
  for (const total of retention.totals) close(total.simple * 100, byAge[total.age] ?? Number.NaN)

  const rfm = (await project.analyse('rfm')).result as RfmResult
  for (const [customer, wanted] of Object.entries(
    expected<Record<string, { R: number; F: number; M: number }>>(set, 'rfm_five_customers'),
  )) {
    const scored = rfm.customers.find((candidate) => candidate.customer === customer)
    expect(scored?.recencyDays).toBe(wanted.R)
    expect(scored?.orders).toBe(wanted.F)
    close(scored?.monetary, wanted.M)
  }
}

function totalsOf(project: RealProject, key: string): Record<string, number | null> {
  const choice = project.state.choices.find((candidate) => candidate.key === key)
  return Object.fromEntries((choice?.options ?? []).map((option) => [option.key, option.total]))
}

describe.skipIf(!hasRealData)('the five files of a shop', () => {
  let project: RealProject
  beforeAll(async () => {
    project = await realProject(five)
  })
  afterAll(() => project.close())

  test('meet every expected value', () => meetsExpectations(project))

  test('every reading of the total is among the choices', () => {
    const delivery = totalsOf(project, 'delivery')
    close(delivery['everyLine'], expected<number>(set, 'invoice_total_delivery_each_line'))
    close(delivery['oncePerOrder'], expected<number>(set, 'invoice_total_delivery_once_per_order'))
    close(delivery['oncePerOrderAndCustomer'], expected<number>(set, 'invoice_total_delivery_once_per_customer_order'))
    close(totalsOf(project, 'discount')['all'], expected<number>(set, 'invoice_total_discount_on_all_lines'))
    close(totalsOf(project, 'revenueView')['gross'], expected<number>(set, 'gross_total'))
  })

  test('choosing another reading changes every number to it, and undo brings the first one back', async () => {
    const { engine } = project
    await engine.choose({ choice: 'delivery', option: 'oncePerOrder' }, context)
    const after = (await project.analyse('overview')).result as OverviewResult
    close(after.totals.invoice, expected<number>(set, 'invoice_total_delivery_once_per_order'))
    await engine.undo(undefined, context)
    const before = (await project.analyse('overview')).result as OverviewResult
    close(before.totals.invoice, expected<number>(set, 'invoice_total_delivery_each_line'))
  })

  test('the ledger balances and names the lines without a coupon', () => {
    const { ledger, findings } = project.state
    expect(ledger.balances).toBe(true)
    expect(ledger.rowsIn).toBe(52924)
    expect(ledger.rowsUsed).toBe(52924)
    expect(ledger.entries.find((entry) => entry.id === 'noCoupon')?.rows).toBe(
      expected<number>(set, 'lines_without_coupon_row'),
    )
    expect(findings.find((finding) => finding.id === 'noCoupon')?.examples).toEqual([
      'Backpacks',
      'Fun',
      'Google',
      'More Bags',
    ])
    expect(findings.find((finding) => finding.id === 'sharedOrders')?.count).toBe(
      expected<number>(set, 'orders_with_several_customers'),
    )
  })

  test('opened again, the project answers the same', async () => {
    const { engine, folder } = project
    const before = await project.analyse('cohortRetention')
    const state = await engine.openProject({ folder }, context)
    expect(state.headline).toBe(project.state.headline)
    expect((await project.analyse('cohortRetention')).result).toEqual(before.result)
  })
})

describe.skipIf(!hasRealData)('the same shop as people really send it', () => {
  const variants: readonly { readonly name: string; readonly sources: () => SourceInput[] }[] = [
    { name: 'all five tables in one workbook', sources: () => [{ path: dirty('All_five_sheets_workbook.xlsx') }] },
    {
      name: 'month-first dates, semicolons, swapped days, a workbook called .csv',
      sources: () => [
        { path: dirty('Online_Sales_mdy_CRLF.csv') },
        { path: dirty('Customers_is_really_xlsx.csv') },
        { path: clean('Discount_Coupon.csv') },
        { path: dirty('Marketing_Spend_swapped_days.xlsx') },
        { path: clean('Tax_amount.xlsx') },
      ],
    },
    {
      name: 'a pivot in front of the customers',
      sources: () => [
        ...five.filter((source) => !source.path.includes('CustomersData')),
        { path: dirty('CustomersData_with_pivot_sheet.xlsx') },
      ],
    },
  ]
  test.each(variants)('$name', async ({ sources }) => {
    const project = await realProject(sources())
    try {
      await meetsExpectations(project)
    } finally {
      project.close()
    }
  })

  test('columns with other names, mapped by hand', async () => {
    const outer = await realProject([{ path: clean('Tax_amount.xlsx') }])
    const renamed = join(outer.folder, 'renamed.csv')
    const header = 'A1,B2,C3,D4,E5,F6,G7,H8,I9,J10'
    writeFileSync(renamed, readFileSync(clean('Online_Sales.csv'), 'utf8').replace(/^.*\n/, `${header}\n`))
    const project = await realProject([{ name: 'sales', path: renamed }, ...five.slice(1)], {
      maps: {
        sales: {
          customer: 'A1',
          order: 'B2',
          orderedAt: 'C3',
          product: 'D4',
          description: 'E5',
          category: 'F6',
          quantity: 'G7',
          unitPrice: 'H8',
          delivery: 'I9',
          couponState: 'J10',
        },
      },
    })
    try {
      await meetsExpectations(project)
    } finally {
      project.close()
      outer.close()
    }
  })
})
