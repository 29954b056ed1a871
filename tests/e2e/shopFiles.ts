import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'

/** Order lines of a small shop: gross 2 × 10 + 1 × 20 + 4 × 5 = 60. */
export function writeSmallShop(folder: string): { readonly sales: string; readonly coupons: string } {
  const sales = join(folder, 'small_sales.csv')
  const coupons = join(folder, 'small_coupons.csv')
  writeFileSync(
    sales,
    'customer_id,order_id,order_date,product_id,category,quantity,unit_price,coupon_status\n' +
      'C1,A1,2024-01-30,P1,Toys,2,10.00,Used\nC2,A2,2024-01-31,P2,Books,1,20.00,Not Used\nC1,A3,2024-02-29,P1,Toys,4,5.00,Not Used\n',
  )
  writeFileSync(
    coupons,
    'Month,Category,Coupon_Code,Discount_pct\nJan,Toys,TEN,10\nFeb,Toys,TEN,10\nJan,Books,TEN,10\n',
  )
  return { sales, coupons }
}

/** A visit log that takes seconds to read. */
export function writeLargeVisits(folder: string, rows = 3_000_000): string {
  const path = join(folder, 'large_visits.csv')
  const slice = 100_000
  writeFileSync(path, 'visitor_id,start,end,source,device\n')
  for (let from = 0; from < rows; from += slice) {
    const lines: string[] = []
    for (let row = from; row < Math.min(rows, from + slice); row += 1) {
      const minute = String(row % 60).padStart(2, '0')
      const day = String((row % 28) + 1).padStart(2, '0')
      lines.push(
        `V${row % 91_081},2024-01-${day} 10:${minute}:00,2024-01-${day} 11:${minute}:00,source ${row % 7},mobile\n`,
      )
    }
    writeFileSync(path, lines.join(''), { flag: 'a' })
  }
  return path
}

/** The next open dialogs answer with these files. */
export function chooseInDialog(app: ElectronApplication, filePaths: readonly string[]): Promise<void> {
  return app.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...paths] })
    },
    [...filePaths],
  )
}

/** Files dragged from the desktop and dropped in the middle of the window, with their real paths. */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const size = await page.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight }))
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: size.width / 2, y: size.height / 2, data })
  }
  await session.detach()
}
