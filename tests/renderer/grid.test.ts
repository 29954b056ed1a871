import { describe, expect, test } from 'vitest'
import { edgesOf, holds, rangeAsText } from '../../renderer/screens/data/grid/cellRange'
import { nextSorts, withFilter } from '../../renderer/screens/data/grid/gridState'
import { chartOf, likelyChart } from '../../renderer/screens/data/scratch/answerChart'
import { quoted } from '../../renderer/screens/data/scratch/scratchTables'

describe('sorting by heads', () => {
  test('a click goes up, down, off', () => {
    const up = nextSorts([], 'a', false)
    const down = nextSorts(up, 'a', false)
    expect([up, down, nextSorts(down, 'a', false)]).toEqual([
      [{ column: 'a', descending: false }],
      [{ column: 'a', descending: true }],
      [],
    ])
  })

  test('with shift the others stay in their place', () => {
    const two = nextSorts(nextSorts([], 'a', false), 'b', true)
    expect(nextSorts(two, 'a', true)).toEqual([
      { column: 'a', descending: true },
      { column: 'b', descending: false },
    ])
    expect(nextSorts(two, 'c', false)).toEqual([{ column: 'c', descending: false }])
  })
})

test('a changed filter keeps its place', () => {
  const filters = [
    { is: 'missing', column: 'a' },
    { is: 'missing', column: 'b' },
  ] as const
  expect(withFilter(filters, 'a', { is: 'present', column: 'a' }).map(({ column, is }) => `${column} ${is}`)).toEqual([
    'a present',
    'b missing',
  ])
  expect(withFilter(filters, 'a', null)).toEqual([{ is: 'missing', column: 'b' }])
})

describe('copied cells', () => {
  const range = { anchor: { row: 5, column: 2 }, focus: { row: 3, column: 0 } }

  test('a range may be drawn in any direction', () => {
    expect(edgesOf(range)).toEqual({ top: 3, bottom: 5, left: 0, right: 2 })
    expect([holds(range, 4, 1), holds(range, 6, 1), holds(null, 4, 1)]).toEqual([true, false, false])
  })

  test('have a head, one line a row, and no formulas', () => {
    expect(
      rangeAsText(
        ['a', 'b'],
        [
          ['=1+1', 2.5],
          ['two\nlines', null],
        ],
      ),
    ).toBe("a\tb\n'=1+1\t2.5\ntwo lines\t")
    expect(rangeAsText(['a'], [['alone']])).toBe('alone')
  })
})

describe('the picture of an answer', () => {
  const day = { name: 'day', type: 'date' } as const
  const name = { name: 'name', type: 'text' } as const
  const one = { name: 'one', type: 'integer' } as const
  const two = { name: 'two', type: 'decimal' } as const

  test.each([
    [[name], undefined],
    [[day, one], { kind: 'line', x: 'day', y: 'one' }],
    [[name, one], { kind: 'bar', x: 'name', y: 'one' }],
    [[one, two], { kind: 'scatter', x: 'one', y: 'two' }],
  ] as const)('%o', (columns, chart) => {
    expect(likelyChart(columns)).toEqual(chart)
  })

  test('rows without a number are left out, and none is no picture', () => {
    const columns = [{ name: 'source_row', type: 'integer' }, name, one]
    const bars = { kind: 'bar', x: 'name', y: 'one' } as const
    expect(
      chartOf(bars, [name, one], {
        columns,
        rows: [
          [1, 'a', 5],
          [2, 'b', null],
          [3, null, 7],
        ],
      }),
    ).toMatchObject({
      bars: [
        { label: 'a', value: 5 },
        { label: 'missing', value: 7 },
      ],
    })
    expect(chartOf(bars, [name, one], { columns, rows: [[1, 'a', null]] })).toBeUndefined()
  })
})

test.each([
  ['orders', 'orders'],
  ['Order Lines', '"Order Lines"'],
  ['a"b', '"a""b"'],
])('%s is written %s', (name, sql) => {
  expect(quoted(name)).toBe(sql)
})
