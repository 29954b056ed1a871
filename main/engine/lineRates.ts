import { raw, type Sql, sql } from '../../shared/sql'
import type { KeyRules } from './keyChoices'
import { categoryKey, preparedSchema } from './viewParts'

/** How the rates of coupons and taxes are found for a line. */
export interface RateRules {
  readonly keys: KeyRules
  /** What the rates of the views are multiplied by: 1, or 100 or 0.01 to read them in the other scale. */
  readonly discountFactor: number
  readonly taxFactor: number
}

/**
 * Common table expressions `coupon_rates` and `tax_rates`: one rate for each category that lines have, whatever its
 * capitals and blanks.
 * @param categories a question for the categories of lines, in a column `category`.
 */
export function rateTables(categories: Sql, { keys, discountFactor, taxFactor }: RateRules): Sql {
  return sql`line_categories AS (
        SELECT category, ${categoryKey(raw('category'))} AS category_key
        FROM (SELECT DISTINCT category FROM (${categories})) WHERE category IS NOT NULL
      ), coupon_rates AS (
        SELECT year, month, line_categories.category, ${scaled(oneRate('discount_rate', keys.couponKeys), discountFactor)} AS discount_rate
        FROM ${numbered('coupons')} JOIN line_categories ON category_key = ${categoryKey(raw('coupons.category'))}
        GROUP BY year, month, line_categories.category ${onlyAgreed('discount_rate', keys.couponKeys)}
      ), tax_rates AS (
        SELECT line_categories.category, ${scaled(oneRate('tax_rate', keys.taxKeys), taxFactor)} AS tax_rate
        FROM ${numbered('tax')} JOIN line_categories ON category_key = ${categoryKey(raw('tax.category'))}
        GROUP BY line_categories.category ${onlyAgreed('tax_rate', keys.taxKeys)}
      )`
}

/** Joins the rates to `lines`; a coupon of its year goes before one of the month of any year. */
export const rateJoins = raw(`LEFT JOIN coupon_rates AS coupons_of_year ON coupons_of_year.year = year(lines.ordered_on)
        AND coupons_of_year.month = month(lines.ordered_on) AND coupons_of_year.category = lines.category
      LEFT JOIN coupon_rates AS coupons_of_month ON coupons_of_month.year IS NULL
        AND coupons_of_month.month = month(lines.ordered_on) AND coupons_of_month.category = lines.category
      LEFT JOIN tax_rates ON tax_rates.category = lines.category`)

export const couponRate = raw('coalesce(coupons_of_year.discount_rate, coupons_of_month.discount_rate)')
export const taxRate = raw('tax_rates.tax_rate')

/** The prepared order lines with the rates that other rules would find for them. */
export function linesUnder(rules: RateRules): Sql {
  const lines = raw(`${preparedSchema}.order_lines`)
  return sql`(
      WITH ${rateTables(sql`SELECT category FROM ${lines}`, rules)}
      SELECT lines.* REPLACE (${couponRate} AS coupon_rate, ${taxRate} AS tax_rate)
      FROM ${lines} AS lines
      ${rateJoins}
    )`
}

const scaled = (rate: Sql, factor: number): Sql =>
  factor === 1 ? rate : sql`CAST(${rate} AS DOUBLE) * ${raw(String(factor))}`

/** The rows of a view with their place in it: what stands first in a file comes first. */
const numbered = (view: 'coupons' | 'tax'): Sql =>
  raw(`(SELECT *, row_number() OVER () AS place FROM ${view}) AS ${view}`)

/** One rate of a key that may stand in several rows. */
function oneRate(column: string, rule: KeyRules['couponKeys']): Sql {
  switch (rule) {
    case 'leaveOut':
      return raw(`min(${column})`)
    case 'first':
      return raw(`min_by(${column}, place)`)
    case 'sum':
      return raw(`CAST(least(1, sum(DISTINCT ${column})) AS DECIMAL(9,6))`)
    default:
      return rule satisfies never
  }
}

const onlyAgreed = (column: string, rule: KeyRules['couponKeys']): Sql =>
  raw(rule === 'leaveOut' ? `HAVING count(DISTINCT ${column}) = 1` : '')
