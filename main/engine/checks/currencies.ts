import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import type { CheckWork } from './checkedTable'
import { sumOf } from './days'

const codes = new Set(
  'USD EUR GBP CHF JPY CNY CAD AUD NZD SEK NOK DKK PLN CZK HUF RON BGN TRY RUB UAH MXN BRL ARS CLP COP PEN UYU INR KRW SGD HKD THB IDR MYR PHP ZAR AED SAR ILS EGP MAD $ € £ ¥ ₽ ₹ US$'.split(
    ' ',
  ),
)
const mostDistinct = 10

/** A text column with two to ten values, all of them currency codes or signs: its amounts cannot be added up. */
export async function checkCurrencies(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter(
    ({ type, distinct }) => type === 'text' && distinct >= 2 && distinct <= mostDistinct,
  )
  const found = await Promise.all(
    columns.map(async ({ name }) => {
      const values = await work.values(name)
      const [first, ...others] = values
      const isCurrency = values.every(({ value }) => codes.has(value.trim().toUpperCase()))
      const different = new Set(values.map(({ value }) => value.trim().toUpperCase()))
      if (first === undefined || !isCurrency || different.size < 2) return []
      return [
        work.say({
          id: 'currencies',
          severity: 'serious',
          column: name,
          title: 'Amounts in several currencies',
          count: sumOf(others.map(({ count }) => count)),
          unit: `rows not in ${first.value}`,
          examples: values.slice(0, 5).map(({ value, count }) => `${value}: ${count}`),
          rows: sql`${ident(name)} <> ${first.value}`,
          treatment: 'Added up as if they were one: convert them first',
        }),
      ]
    }),
  )
  return found.flat()
}
