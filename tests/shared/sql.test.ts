import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ident, join, sql, toPrepared, toReadable } from '../../shared/sql'

describe('sql', () => {
  test('values bind and never become text', () => {
    const statement = sql`SELECT ${"x'; DROP TABLE a; --"} AS value WHERE ${2} > ${1}`
    expect(toPrepared(statement)).toBe('SELECT $1 AS value WHERE $2 > $3')
    expect(statement.values).toEqual(["x'; DROP TABLE a; --", 2, 1])
  })

  test('statements nest and keep the order of their values', () => {
    const inner = sql`a = ${1}`
    const outer = sql`SELECT 1 WHERE ${inner} AND b = ${2} AND ${join([sql`c = ${3}`, sql`d = ${4}`], ' OR ')}`
    expect(toPrepared(outer)).toBe('SELECT 1 WHERE a = $1 AND b = $2 AND c = $3 OR d = $4')
    expect(outer.values).toEqual([1, 2, 3, 4])
  })

  test('the readable text writes values as literals and evens out the margin', () => {
    expect(
      toReadable(sql`
        SELECT name
        FROM people
        WHERE name = ${"O'Hara"}`),
    ).toBe("SELECT name\nFROM people\nWHERE name = 'O''Hara'")
  })

  test('any text is a safe name and a safe value in a real database', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), fc.string(), async (name, value) => {
        fc.pre(!name.includes('\0') && !value.includes('\0') && name.isWellFormed() && value.isWellFormed())
        const statement = sql`SELECT ${value}::VARCHAR AS ${ident(name)}`
        for (const reader of [
          await connection.runAndReadAll(toPrepared(statement), [value]),
          await connection.runAndReadAll(toReadable(statement)),
        ]) {
          expect(reader.columnNames()).toEqual([name])
          expect(reader.getRows()).toEqual([[value]])
        }
      }),
      { numRuns: 60, seed: 7 },
    )
    connection.closeSync()
  })

  test('an empty name is refused', () => {
    expect(() => ident('')).toThrow(RangeError)
  })
})
