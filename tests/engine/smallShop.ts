import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallContext } from '../../shared/rpc'

export const quiet: CallContext = { signal: new AbortController().signal, onProgress: () => undefined }

export interface SmallShop {
  /** A folder of this test alone. */
  readonly folder: string
  /** A place for a project that does not exist yet. */
  readonly project: string
  readonly tempFolder: string
  readonly sales: string
  readonly coupons: string
  remove(): void
}

/** Three order lines of two customers; a coupon of 10 % on toys in January. Gross 2×10 + 1×20 + 4×5 = 60. */
export function smallShop(): SmallShop {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-shop-'))
  mkdirSync(join(folder, 'files'))
  const sales = join(folder, 'files', 'sales.csv')
  writeFileSync(
    sales,
    'customer_id,order_id,order_date,product_id,category,quantity,unit_price,coupon_status\n' +
      'C1,A1,2024-01-30,P1,Toys,2,10.00,Used\nC2,A2,2024-01-31,P2,Books,1,20.00,Not Used\nC1,A3,2024-02-29,P1,Toys,4,5.00,Not Used\n',
  )
  const coupons = join(folder, 'files', 'coupons.csv')
  writeFileSync(
    coupons,
    'Month,Category,Coupon_Code,Discount_pct\nJan,Toys,TEN,10\nFeb,Toys,TEN,10\nJan,Books,TEN,10\n',
  )
  return {
    folder,
    project: join(folder, 'project'),
    tempFolder: join(folder, 'temp'),
    sales,
    coupons,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
