import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileFormula, type FormulaColumn } from '../../shared/formula/compileFormula'
import { toReadable } from '../../shared/sql'

const columns: readonly FormulaColumn[] = [
  { name: 'quantity', type: 'integer' },
  { name: 'price', type: 'decimal' },
  { name: 'Coupon Status', type: 'text' },
  { name: 'client', type: 'id' },
  { name: 'day', type: 'date' },
  { name: 'seen', type: 'timestamp' },
  { name: 'returned', type: 'flag' },
  { name: 'nothing', type: 'empty' },
]

let close: () => void
let answer: (formula: string) => Promise<unknown>

beforeAll(async () => {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`CREATE TABLE one AS SELECT 3::BIGINT AS quantity, 2.50::DECIMAL(18,6) AS price, 'Used' AS "Coupon Status",
    ' 007.0 ' AS client, DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 21:30:15' AS seen, 1 AS returned, NULL::VARCHAR AS nothing`)
  answer = async (formula) => {
    const { sql } = compileFormula(formula, columns)
    const reader = await connection.runAndReadAll(`SELECT ${toReadable(sql)} AS value FROM one`)
    const value: unknown = reader.getRowsJson()[0]?.[0]
    return typeof value === 'string' && /^-?\d+$/.test(value) && reader.columnTypes()[0]?.toString() === 'BIGINT'
      ? Number(value)
      : value
  }
  close = () => {
    connection.closeSync()
    instance.closeSync()
  }
})
afterAll(() => close())

describe('a formula over one row', () => {
  test.each<[string, unknown]>([
    ['quantity * price', 7.5],
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['-quantity + 10 % 4', -1],
    ['7 / 2', 3.5],
    ['0.1 + 0.2', 0.3],
    ['quantity / 0', null],
    ['quantity % 0', null],
    ['quantity / (quantity - 3)', null],
    ['power(10, 400)', null],
    ['price >= 2.5 AND NOT quantity = 4', 1],
    ['price < 2 OR returned', 1],
    ['quantity IN (1, 2, 3)', 1],
    ['quantity NOT IN (1, 2, 3)', 0],
    ['quantity BETWEEN 4 AND 9', 0],
    ["[Coupon Status] LIKE 'U%'", 1],
    ['"Coupon Status" = \'Used\'', 1],
    ["[coupon status] || '!'", 'Used!'],
    ['nothing IS NULL', 1],
    ['quantity IS NOT EMPTY', 1],
    ["CASE WHEN price > 100 THEN 'dear' WHEN price > 2 THEN 'fair' ELSE 'cheap' END", 'fair'],
    ["CASE WHEN price > 100 THEN 'dear' END", null],
    ['if(returned, 0, quantity * price)', 0],
    ["if(quantity > 5, 'many')", null],
    ["coalesce(nothing, 'none')", 'none'],
    ['min(quantity, price, 10)', 2.5],
    ['greatest(quantity, price)', 3],
    ['round(price)', 3],
    ['round(10 / 3, 2)', 3.33],
    ['floor(-1.5)', -2],
    ['abs(-quantity)', 3],
    ['sqrt(-1)', null],
    ['ln(0)', null],
    ['upper([Coupon Status])', 'USED'],
    ["length('año')", 3],
    ["substr('abcdef', 2, 3)", 'bcd'],
    ["replace('a-b-c', '-', '')", 'abc'],
    ["concat(quantity, ' of ', nothing, price)", '3 of 2.5'],
    ['trim(client)', '007.0'],
    ['key(client)', '7'],
    ["clean('  a   b ')", 'a b'],
    ["contains('basket', 'ask')", 1],
    ["starts_with('basket', 'b')", 1],
    ["number('12.5') * 2", 25],
    ["number('twelve')", null],
    ['number(client)', 7],
    ['year(day) * 100 + month(day)', 202_402],
    ['weekday(day)', 4],
    ['week(day)', 9],
    ['hour(seen)', 21],
    ['hour(day)', 0],
    ['dayPart(seen)', 'evening'],
    ['month_start(seen)', '2024-02-01'],
    ['weekStart(day)', '2024-02-26'],
    ["date('2024-01-31')", '2024-01-31'],
    ["date('31 January')", null],
    ['date(seen)', '2024-02-29'],
    ["daysBetween('2024-02-01', day)", 28],
    ["day - DATE '2024-01-01'", 59],
    ['day + 1', '2024-03-01'],
    ['seen - 1', '2024-02-28 21:30:15'],
    ['addMonths(day, 12)', '2025-02-28'],
    ["minutesBetween('2024-02-29 21:00', seen)", 30.25],
    ["day >= '2024-02-01'", 1],
    ["day BETWEEN '2024-02-01' AND '2024-02-28'", 0],
    ['returned + 1', 2],
    ["'it''s'", "it's"],
    ["'x'' OR 1=1 --'", "x' OR 1=1 --"],
    ['9e15 * 10 + quantity', 90_000_000_000_000_000],
  ])('%s', async (formula, expected) => {
    expect(await answer(formula)).toBe(expected)
  })
})

test.each([
  ['quantity * 2', 'integer'],
  ['quantity / 2', 'decimal'],
  ['quantity * price', 'decimal'],
  ['round(price)', 'integer'],
  ['round(price, 1)', 'decimal'],
  ['if(returned, 0, quantity)', 'integer'],
  ['max(quantity, 0)', 'integer'],
  ['day + 1', 'date'],
  ['seen + 1', 'timestamp'],
  ['price > 1', 'flag'],
  ['key(client)', 'text'],
  ['NULL', 'text'],
])('%s gives a column of type %s', (formula, type) => {
  expect(compileFormula(formula, columns).type).toBe(type)
})

test('the columns it reads, each once', () => {
  expect(compileFormula('quantity + PRICE * [quantity]', columns).columns).toEqual(['quantity', 'price'])
})

describe('an error points at its place', () => {
  test.each([
    {
      formula: 'quantity * pricee',
      marks: '           ^^^^^^',
      says: 'There is no column "pricee".',
      hint: 'Did you mean price?',
    },
    {
      formula: 'coupon_status = 1',
      marks: '^^^^^^^^^^^^^',
      says: 'There is no column "coupon_status".',
      hint: 'Did you mean [Coupon Status]?',
    },
    {
      formula: '"Used" = [Coupon Status]',
      marks: '^^^^^^',
      says: 'There is no column "Used".',
      hint: "A text stands in single quotes: '…'.",
    },
    { formula: 'round(price', marks: '           ^', says: 'A comma or a closing bracket is missing here.' },
    { formula: '(price + 1', marks: '^', says: 'This bracket is never closed.' },
    { formula: 'price + 1)', marks: '         ^', says: 'This bracket closes nothing.' },
    { formula: 'price +', marks: '       ^', says: 'The formula ends too early: a value is missing.' },
    { formula: 'price * * 2', marks: '        ^', says: 'A value is missing before "*".' },
    { formula: 'price 2', marks: '      ^', says: '"2" is not expected here.' },
    { formula: 'rond(price)', marks: '^^^^', says: 'There is no function "rond".', hint: 'Did you mean round(…)?' },
    { formula: 'substr(client)', marks: '^^^^^^^^^^^^^^', says: 'It is written substr(text, from, length).' },
    {
      formula: 'client * 2',
      marks: '^^^^^^',
      says: 'This is a text, but a number is needed here.',
      hint: 'number(…) reads a text as a number.',
    },
    { formula: "client + 'x'", marks: '^^^^^^', says: 'A text cannot be added.' },
    {
      formula: 'client = 5',
      marks: '         ^',
      says: 'This is a number, but a text is expected beside the others.',
      hint: 'text(…)',
    },
    { formula: 'price = NULL', marks: '^^^^^^^^^^^^', says: 'Nothing is equal to NULL.', hint: 'IS NULL' },
    { formula: 'if(price, 1, 2)', marks: '   ^^^^^', says: 'This is a number, but yes or no is needed here.' },
    {
      formula: "CASE WHEN returned THEN 1 ELSE 'a' END",
      marks: `${' '.repeat(31)}^^^`,
      says: 'This is a text, but a number is expected beside the others.',
    },
    {
      formula: 'CASE WHEN returned 1 END',
      marks: '                   ^',
      says: 'THEN is missing: CASE WHEN test THEN value END.',
    },
    { formula: 'price; DROP TABLE x', marks: '     ^', says: '";" means nothing in a formula.' },
    { formula: "'abc", marks: '^', says: 'This quote is never closed.' },
    { formula: "DATE '2024-02-30'", marks: '^^^^^^^^^^^^^^^^^', says: "'2024-02-30' is no day." },
    { formula: '', marks: '^', says: 'The formula ends too early: a value is missing.' },
    { formula: 'price NOT 3', marks: '          ^', says: 'After NOT stands IN, BETWEEN or LIKE here.' },
    { formula: 'read_csv(client)', marks: '^^^^^^^^', says: 'There is no function "read_csv".' },
    { formula: 'constructor(1)', marks: '^^^^^^^^^^^', says: 'There is no function "constructor".' },
  ])('$formula', ({ formula, marks, says, hint }) => {
    const lines = `${formula}\n${marks}`
    let thrown: unknown
    try {
      compileFormula(formula, columns)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code: 'bad-parameter', message: says })
    expect((thrown as { hint: string }).hint).toContain(hint ?? '')
    expect((thrown as { hint: string }).hint.endsWith(lines)).toBe(true)
    expect(thrown).toMatchObject({ data: { position: marks.indexOf('^'), length: marks.trim().length } })
  })

  test('in the line where it is', () => {
    expect(() => compileFormula('price\n  * pricee\n  + 1', columns)).toThrow(
      expect.objectContaining({ hint: 'Did you mean price?\n  * pricee\n    ^^^^^^' }),
    )
  })
})

test.each([
  `${'('.repeat(5000)}1`,
  `${'NOT '.repeat(2000)}returned`,
  `${'-'.repeat(2000)}1`,
  Array.from({ length: 2000 }, () => '1').join(' + '),
  'x'.repeat(20_000),
  '1e999',
  "'a\0b'",
])('a monstrous formula is refused, not run (%#)', (formula) => {
  expect(() => compileFormula(formula, columns)).toThrow(expect.objectContaining({ code: 'bad-parameter' }))
})

test('the longest chain that is allowed runs', async () => {
  expect(await answer(Array.from({ length: 440 }, () => '1').join(' + '))).toBe(440)
})
