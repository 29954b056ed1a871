import type { DuckDBResult } from '@duckdb/node-api'
import type { ColumnData, Columns } from '../../shared/analysis'

const numberTypes = /^(TINYINT|SMALLINT|INTEGER|UTINYINT|USMALLINT|FLOAT|DOUBLE)$/

/** Columns of a result as typed arrays (numbers, NaN for missing) or lists of texts. */
export async function readColumns(result: DuckDBResult): Promise<Columns> {
  const names = result.deduplicatedColumnNames()
  const types = result.columnTypes().map(String)
  const chunks = await result.fetchAllChunks()
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0)
  const columns: Record<string, ColumnData> = {}
  names.forEach((name, index) => {
    if (numberTypes.test(types[index] ?? '')) {
      const numbers = new Float64Array(rows)
      let at = 0
      for (const chunk of chunks) {
        const vector = chunk.getColumnVector(index)
        for (let row = 0; row < chunk.rowCount; row += 1) {
          const item = vector.getItem(row)
          numbers[at] = typeof item === 'number' ? item : Number.NaN
          at += 1
        }
      }
      columns[name] = numbers
    } else {
      const texts: (string | null)[] = []
      for (const chunk of chunks) {
        for (const item of chunk.getColumnValues(index)) texts.push(item === null ? null : String(item))
      }
      columns[name] = texts
    }
  })
  return columns
}

export type Scalar = string | number | boolean | null

/**
 * A value of DuckDB as it may cross a process and stand in JSON: ids and big integers stay text,
 * decimals become numbers, days and instants ISO text.
 */
export function toScalar(value: unknown): Scalar {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') return value >= -maxSafe && value <= maxSafe ? Number(value) : value.toString()
  if (value instanceof Date) return value.toISOString()
  const text = String(value)
  return isDecimal(value) ? Number(text) : text
}

const maxSafe = BigInt(Number.MAX_SAFE_INTEGER)

function isDecimal(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'scale' in value && 'width' in value
}
