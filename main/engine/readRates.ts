import { z } from 'zod'
import type { Choice } from '../../shared/description'
import { ident, sql } from '../../shared/sql'
import type { Database } from './database'
import { columnOf, type MappedSource } from './mapping'
import { mixesScales, type RateRange, type RateScale, scaleChoice, scaleOf } from './rateScale'
import type { RateScales } from './roleViews'
import { rawTable } from './viewParts'

/** How large the rates of coupons and taxes are; null without any. */
export interface RateRanges {
  readonly discount: RateRange | null
  readonly tax: RateRange | null
}

const rangeSchema = z.object({ least: z.number(), most: z.number(), isMixed: z.boolean().optional() }).nullable()
export const rateRangesSchema = z.object({ discount: rangeSchema, tax: rangeSchema })

export async function readRates(
  database: Database,
  sources: readonly MappedSource[],
  signal?: AbortSignal,
): Promise<RateRanges> {
  const rangeIn = async (kind: 'coupons' | 'tax', role: string): Promise<RateRange | null> => {
    const own = sources.filter((mapped) => mapped.kind === kind)
    const rows = (
      await Promise.all(
        own.map((mapped) =>
          database.query(
            z.object({ isFraction: z.boolean(), least: z.number(), most: z.number() }),
            sql`
              SELECT rate < 1 AS "isFraction", min(rate) AS least, max(rate) AS most
              FROM (SELECT TRY_CAST(${ident(columnOf(mapped, role) ?? '')} AS DOUBLE) AS rate FROM ${rawTable(mapped.source.name)})
              WHERE rate > 0
              GROUP BY 1`,
            { signal },
          ),
        ),
      )
    ).flat()
    const all = rangeOf(rows)
    const isMixed = mixesScales(
      rangeOf(rows.filter(({ isFraction }) => isFraction)),
      rangeOf(rows.filter(({ isFraction }) => !isFraction)),
    )
    return all === null || !isMixed ? all : { ...all, isMixed }
  }
  return { discount: await rangeIn('coupons', 'discountRate'), tax: await rangeIn('tax', 'taxRate') }
}

function rangeOf(rows: readonly RateRange[]): RateRange | null {
  if (rows.length === 0) return null
  return { least: Math.min(...rows.map(({ least }) => least)), most: Math.max(...rows.map(({ most }) => most)) }
}

/** The scales in force: what was chosen, else what the rates look like. */
export function scalesInForce(rates: RateRanges, made: ReadonlyMap<string, string>): RateScales {
  return {
    discount: scaleInForce('discountScale', rates.discount, made),
    tax: scaleInForce('taxScale', rates.tax, made),
  }
}

function scaleInForce(
  key: 'discountScale' | 'taxScale',
  range: RateRange | null,
  made: ReadonlyMap<string, string>,
): RateScale {
  if (range === null) return 'fraction'
  const chosen = scaleChoice(key, range, made)?.chosen ?? scaleOf(range, key === 'taxScale').scale
  return chosen === 'percent' || chosen === 'each' ? chosen : 'fraction'
}

/** The questions about rates that can be read two ways. */
export function scaleChoices({ discount, tax }: RateRanges, made: ReadonlyMap<string, string>): Choice[] {
  return [
    discount === null ? null : scaleChoice('discountScale', discount, made),
    tax === null ? null : scaleChoice('taxScale', tax, made),
  ].filter((choice) => choice !== null)
}
