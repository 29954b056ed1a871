import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, raw, sql } from '../../../shared/sql'
import { mixesScales } from '../rateScale'
import type { CheckedColumn, CheckWork } from './checkedTable'

/**
 * Tax rates and discounts of which some are percent (18) and others fractions (0.18). Rates of both sorts may stand
 * side by side by right (0.5 % and 18 %); it is a mix where a hundred times the small ones are as large as the others.
 * Also taxes that are factors (1.18, all below 2), and discounts above all there is (100 %, or 1 among fractions), in at
 * most a third of the rows.
 */
export async function checkMixedRates(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter(
    ({ role, type }) => (role === 'taxRate' || role === 'discountRate') && (type === 'decimal' || type === 'integer'),
  )
  const found = await Promise.all(
    columns.map(async (column) => (await mixIn(work, column)) ?? (await oddRates(work, column))),
  )
  return found.flatMap((finding) => (finding === undefined ? [] : [finding]))
}

async function mixIn(work: CheckWork, { name }: CheckedColumn): Promise<Finding | undefined> {
  const rate = sql`CAST(${ident(name)} AS DOUBLE)`
  const sorts = await work.ask(
    z
      .tuple([z.boolean(), z.number(), z.number(), z.number()])
      .transform(([isFraction, rows, least, most]) => ({ isFraction, rows, least, most })),
    sql`
      SELECT ${rate} < 1 AS is_fraction, count(*)::DOUBLE, min(${rate}), max(${rate})
      FROM ${work.relation}
      WHERE ${rate} > 0
      GROUP BY 1`,
  )
  const fractions = sorts.find(({ isFraction }) => isFraction)
  const percents = sorts.find(({ isFraction }) => !isFraction)
  if (fractions === undefined || percents === undefined || !mixesScales(fractions, percents)) return undefined
  const [fewer, word] = fractions.rows <= percents.rows ? [fractions, 'fractions'] : [percents, 'percent']
  return work.say({
    id: 'mixedRates',
    severity: 'serious',
    column: name,
    title: `${name} is written in percent in some rows and as a fraction in others`,
    count: fewer.rows,
    unit: `rows as ${word}`,
    examples: [`${fractions.least} to ${fractions.most}`, `${percents.least} to ${percents.most}`],
    rows: fewer === fractions ? sql`${rate} > 0 AND ${rate} < 1` : sql`${rate} >= 1`,
    treatment: 'Each is read as it looks: 0.18 and 18 are both 18 %; see the choice. Write them alike in the file',
  })
}

/** Rates that cannot be what they say: factors among taxes, discounts of more than everything. */
async function oddRates(work: CheckWork, { name, role }: CheckedColumn): Promise<Finding | undefined> {
  const rate = sql`CAST(${ident(name)} AS DOUBLE)`
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number().nullable(), z.number(), z.number(), z.number().nullable(), z.number().nullable()]),
    sql`
      SELECT count(*)::DOUBLE, max(${rate}), count(*) FILTER (WHERE ${rate} > 1)::DOUBLE, count(*) FILTER (WHERE ${rate} > 100)::DOUBLE,
        max(${rate}) FILTER (WHERE ${rate} <= 100), max(${rate}) FILTER (WHERE ${rate} <= 1)
      FROM ${work.relation} WHERE ${rate} > 0`,
  )
  const [rows, most, aboveOne, aboveHundred, usualMost, fractionMost] = answer ?? [0, null, 0, 0, null, null]
  if (most === null) return undefined
  if (role === 'taxRate' && most > 1 && most < 2)
    return work.say({
      id: 'factorRates',
      severity: aboveOne === rows ? 'warning' : 'serious',
      column: name,
      title: `Tax rates written as factors: ${most} for ${Math.round((most - 1) * 10_000) / 100} %`,
      count: aboveOne,
      unit: 'rows',
      examples: [String(most)],
      rows: sql`${rate} > 1`,
      fix: { label: 'Take the 1 off', value: sql`${ident(name)} - 1` },
      treatment: `Read as ${Math.round((most - 1) * 10_000) / 100} %`,
    })
  if (aboveHundred > 0 && aboveHundred <= rows / 3 && usualMost !== null) {
    const isHundredfold = most / 100 <= usualMost * 2
    return tooHigh(work, name, { count: aboveHundred, most, bound: 100, isHundredfold })
  }
  // A few whole numbers among fractions: 10 beside 0.1 is told as a mix, 3 beside 0.1 is an error.
  if (role === 'discountRate' && fractionMost !== null && aboveOne > 0 && aboveOne <= rows / 3 && most < 5)
    return tooHigh(work, name, { count: aboveOne, most, bound: 1, isHundredfold: false })
  return undefined
}

interface TooHigh {
  readonly count: number
  readonly most: number
  /** What everything is: 100 percent, or 1. */
  readonly bound: number
  readonly isHundredfold: boolean
}

function tooHigh(work: CheckWork, name: string, { count, most, bound, isHundredfold }: TooHigh): Finding {
  return work.say({
    id: 'ratesAboveAll',
    severity: 'serious',
    column: name,
    title: `${name} is above 100 %`,
    count,
    unit: 'rows',
    examples: [String(most)],
    rows: sql`CAST(${ident(name)} AS DOUBLE) > ${raw(String(bound))}`,
    ...(isHundredfold ? { fix: { label: 'Divide by 100', value: sql`${ident(name)} / 100` } } : {}),
    treatment: 'Counted as they are: amounts after them turn negative. Put them right or leave these rows out',
  })
}
