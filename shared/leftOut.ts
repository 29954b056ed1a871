import { z } from 'zod'
import type { AnalysisResult, Engine } from './analysis'
import { AppError } from './errors'
import type { Formatter } from './format'
import type { Block } from './report'
import { sql } from './sql'

type LeftOut = AnalysisResult['leftOut']

/** Order lines that name no customer; none when every line does. */
export async function linesWithoutCustomer(engine: Engine): Promise<LeftOut> {
  const [row] = await engine.query(
    z.object({ lines: z.number() }),
    sql`SELECT count(*)::INTEGER AS lines FROM orders WHERE customer IS NULL`,
  )
  const rows = row?.lines ?? 0
  return rows === 0 ? [] : [{ reason: 'order lines without a customer', rows }]
}

/** One caveat for each reason. */
export function leftOutCaveats(leftOut: LeftOut, format: Formatter): Block[] {
  return leftOut.map(({ reason, rows }) => ({
    kind: 'sentence',
    tone: 'caveat',
    text: `Left out: ${format.count(rows)} ${reason}.`,
  }))
}

/** Nobody to count: no order line names a customer. */
export function noCustomers(): AppError {
  return new AppError('not-enough-data', 'No order line names a customer.', {
    hint: 'Give the customer role to a column on the Data screen.',
  })
}
