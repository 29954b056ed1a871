import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { checkFiles } from '../../main/engine/checks/checkFiles'
import { describeAll } from '../../main/engine/describeAll'
import { context, dataPath, hasRealData } from './realData'

const tempFolder = mkdtempSync(join(tmpdir(), 'casebook-checks-'))
afterAll(() => rmSync(tempFolder, { recursive: true, force: true }))

/** What the contents of every public file show: the traps data/README.md names, and nothing else. */
const known: readonly { readonly file: string; readonly found: readonly string[] }[] = [
  { file: 'marketing-insights/Online_Sales.csv', found: [] },
  { file: 'marketing-insights/CustomersData.xlsx', found: [] },
  { file: 'marketing-insights/Discount_Coupon.csv', found: [] },
  { file: 'marketing-insights/Marketing_Spend.csv', found: [] },
  { file: 'marketing-insights/Tax_amount.xlsx', found: [] },
  { file: 'marketing-insights-dirty/All_five_sheets_workbook.xlsx', found: [] },
  { file: 'marketing-insights-dirty/Online_Sales_mdy_CRLF.csv', found: [] },
  { file: 'marketing-insights-dirty/CustomersData_semicolon_CRLF.csv', found: [] },
  { file: 'marketing-insights-dirty/CustomersData_with_pivot_sheet.xlsx', found: [] },
  {
    file: 'propensity/visitors_labelled.csv',
    found: ['fewPatterns null', 'nearlyConstant null', 'neverWithout saw_checkout', 'severalFlags device_mobile'],
  },
  { file: 'propensity/visitors_new.csv', found: ['severalFlags device_mobile'] },
  {
    file: 'ticketing/orders_log_us.csv',
    found: ['fewRowsOutside Buy Ts', 'missingDays Buy Ts', 'zeroAmounts Revenue'],
  },
  { file: 'ticketing/costs_us.csv', found: ['missingDays dt'] },
  { file: 'ticketing/visits_log_us.csv', found: ['endBeforeStart End Ts', 'missingDays Start Ts'] },
  { file: 'cosmetics-events/events_sample.csv', found: [] },
  {
    file: 'cosmetics-events/events.csv.gz',
    found: ['missingIds user_session', 'moreThanViews event_type', 'negativeAmounts price', 'zeroAmounts price'],
  },
  { file: 'leads/leads_semicolon.csv', found: ['emptyCells null', 'nearlyConstant null', 'textVariants fuente'] },
  { file: 'funnel-pages/user_table.csv', found: [] },
  { file: 'funnel-pages/home_page_table.csv', found: [] },
  { file: 'funnel-pages/search_page_table.csv', found: [] },
  { file: 'funnel-pages/payment_page_table.csv', found: [] },
  { file: 'funnel-pages/payment_confirmation_table.csv', found: [] },
  { file: 'user-actions/customer_data.xlsx', found: ['misspeltEvents Action', 'textVariants Category'] },
  { file: 'cdnow/CDNOW_master.txt', found: ['zeroAmounts dollar_value'] },
  { file: 'cdnow/CDNOW_sample.txt', found: ['zeroAmounts column 5'] },
  {
    file: 'online-retail/online_retail.csv.gz',
    found: [
      'closedWeekdays InvoiceDate',
      'giantAmounts Quantity',
      'giantAmounts UnitPrice',
      'idCapitals StockCode',
      'markedOrders InvoiceNo',
      'serviceCodes StockCode',
      'testAccounts Description',
    ],
  },
]

describe.skipIf(!hasRealData)('contents of the public files', () => {
  test.each(known)('$file', { timeout: 120_000 }, async ({ file, found }) => {
    const described = await describeAll([{ path: dataPath(file) }], { tempFolder }, context)
    const read = described.map(({ description }) => description)
    const checked = await checkFiles(read, { tempFolder }, context)
    const before = new Set(read.flatMap(({ tables }) => tables.flatMap(({ findings }) => findings)))
    const after = checked.flatMap(({ tables }) => tables.flatMap(({ findings }) => findings))
    const shown = after.filter((finding) => !before.has(finding)).map(({ id, column }) => `${id} ${column}`)
    expect(shown.sort()).toEqual([...found])
  })
})
