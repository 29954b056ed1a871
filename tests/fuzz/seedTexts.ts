import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs'
import { join, resolve } from 'node:path'

const rows = (count: number, row: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => row(i)).join('\n')
const day = (index: number): string => new Date(Date.UTC(2019, 0, 1 + index)).toISOString().slice(0, 10)
const slashed = (index: number): string => `${1 + (index % 12)}/${1 + (index % 28)}/2019`

/** Small tables of the kinds analysts send, one for each thing that the reader decides. */
const generated: readonly string[] = [
  `CustomerID,Transaction_ID,Transaction_Date,Product_SKU,Product_Category ,Quantity,Avg_Price,Delivery_Charges,Coupon_Status\n${rows(
    60,
    (i) =>
      `${17850 + (i % 9)},${16679 + (i >> 1)},${day(i).replaceAll('-', '')},GGOENEBJ0${79000 + i},${['Nest-USA', 'Apparel', 'Office'][i % 3]},${1 + (i % 4)},${(i * 3.17).toFixed(2)},6.5,${['Used', 'Not Used', 'Clicked'][i % 3]}`,
  )}\n`,
  `Cliente;Género;Ciudad;Alta;Importe\r\n${rows(40, (i) => `0${100 + i};${i % 2 ? 'F' : 'M'};"Logroño, España";${slashed(i)};1.${100 + i},${10 + (i % 90)}\r`)}\n`,
  `event_time,event_type,product_id,category_id,brand,price,user_id,user_session\n${rows(
    80,
    (i) =>
      `2019-10-01 0${i % 10}:00:${10 + (i % 50)} UTC,${['view', 'cart', 'remove_from_cart', 'purchase'][i % 4]},${5000000 + i},20530135525${100000000 + i},${i % 2 ? '' : 'runail'},${i % 17 === 0 ? -1.5 : i / 7},${500 + (i % 13)},9d8f-${i % 20}`,
  )}\n`,
  `UserID,basket_icon_click,basket_add_list,device_mobile,ordered\n${rows(90, (i) => `u-${i},${i % 2},${i % 3 === 0 ? 1 : 0},1,${i % 11 === 0 ? 1 : 0}`)}`,
  `date\tsource_id\tcosts\n${rows(50, (i) => `${slashed(i)}\t${i % 5}\t${(i * 1.37).toFixed(2)}`)}\n`,
  `citrus fruit,margarine,ready soups\nwhole milk\n${rows(30, (i) => ['tropical fruit,yogurt,coffee', 'whole milk', 'pip fruit,yogurt,cream cheese,meat spreads', 'other vegetables'][i % 4] ?? '')}\n`,
  `Month,Product_Category,Coupon_Code,Discount_pct\n${rows(24, (i) => `${['Jan', 'Feb', 'Mar', 'Apr'][i % 4]},Cat ${i >> 2},SALE${i},${10 + 10 * (i % 3)}%`)}\n`,
  `Report of sales\nExported on 3/4/2019\n\nId|Name|"Total, €"\n${rows(30, (i) => `${i}|"Line ${i}\nsecond ""line"""|(${i * 12}.50) €`)}\nTotal||999\n`,
  `00001 19970101  1   11.77\n${rows(40, (i) => `${String(i).padStart(5, '0')} 199701${10 + (i % 20)}  ${i % 7}   ${(i * 2.5).toFixed(2)}`)}\n`,
  `Uid,Buy Ts,Revenue\n${rows(40, (i) => `${'1032930214590727'}${1000 + i},2017-06-01 00:${10 + (i % 50)}:00,${i / 3}`)}\n`,
  `when,score,note\n${rows(40, (i) => `2024-03-31T0${i % 10}:30:00+0${i % 4}:00,${i}e-${i % 9},"naïve, 漢字 🎩 &amp; ${i}"`)}\n`,
  'a\n1\n2\n',
  'name;value\n',
  `${rows(20, (i) => `{"id":${i},"at":"${day(i)}","tags":["a","b"]}`)}\n`,
  `${Array.from({ length: 600 }, (_, i) => `c ${i}`).join(',')}\n${rows(3, (r) => Array.from({ length: 600 }, (_, i) => (i % 7 === r ? '' : i * r)).join(','))}\n`,
]

const headBytes = 24_000

/** The texts, and the beginnings of real files where these are at hand. */
export function seedTexts(): { readonly generated: readonly Buffer[]; readonly real: readonly Buffer[] } {
  const folder = resolve('../shared/data')
  const paths = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(csv|txt)$/.test(name))
    : []
  return {
    generated: generated.map((text) => Buffer.from(text)),
    real: paths.sort().map((name) => headOf(join(folder, name))),
  }
}

function headOf(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(headBytes)
    return head.subarray(0, readSync(file, head, 0, headBytes, 0))
  } finally {
    closeSync(file)
  }
}
