import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutRows, rowCutter } from '../../../main/engine/import/cutRows'

const comma = { delimiter: ',', quote: '"' }

describe('rows of a text', () => {
  test.each([
    {
      name: 'plain',
      text: 'a,b\n1,2\n',
      rows: [
        ['a', 'b'],
        ['1', '2'],
      ],
    },
    {
      name: 'no line end at the end',
      text: 'a,b\n1,2',
      rows: [
        ['a', 'b'],
        ['1', '2'],
      ],
    },
    { name: 'three kinds of line ends', text: 'a\r\nb\nc\rd', rows: [['a'], ['b'], ['c'], ['d']] },
    { name: 'a blank line', text: 'a,b\n\n1,2\n', rows: [['a', 'b'], [''], ['1', '2']] },
    { name: 'a quoted delimiter and line end', text: '"a,\nb",c\n', rows: [['a,\nb', 'c']] },
    { name: 'doubled quotes', text: '"a ""b""",c\n', rows: [['a "b"', 'c']] },
    { name: 'quotes with a backslash', text: '"a \\"b\\" c",d\n', rows: [['a "b" c', 'd']] },
    { name: 'quotes inside a quoted cell', text: '"a "b" c",d\n', rows: [['a "b" c', 'd']] },
    { name: 'text behind a closing quote', text: '"x" y,8\n', rows: [['"x" y', '8']] },
    { name: 'inches', text: '5" pipe,3\n', rows: [['5" pipe', '3']] },
    {
      name: 'a quote that never closes',
      text: '"a,1\nb,2\n',
      rows: [
        ['"a', '1'],
        ['b', '2'],
      ],
    },
    {
      name: 'a quote that never closes before quoted cells',
      text: '"a,1\n"b ""c""",2\n',
      rows: [
        ['"a', '1'],
        ['b "c"', '2'],
      ],
    },
    {
      name: 'empty cells',
      text: ',\n"",\n',
      rows: [
        ['', ''],
        ['', ''],
      ],
    },
  ])('$name', ({ text, rows }) => {
    expect(cutRows(text, comma)).toEqual(rows)
  })

  test('blanks and tabs in any number set cells apart when the blank is the delimiter', () => {
    expect(cutRows('  a  b\t c \n 1   2  3\n', { delimiter: ' ', quote: '"' })).toEqual([
      ['a', 'b', 'c'],
      ['1', '2', '3'],
    ])
  })

  test('what was written strictly is read back, in whatever pieces it comes', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r', ' ', '\\', '1') })
    // A backslash before a quote is an escape to many programs, so it is left out of what must be read back.
    const readable = cell.filter((text) => !/\\"|\\$/.test(text) && !/^ | $/.test(text))
    fc.assert(
      fc.property(
        fc.array(fc.array(readable, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(40), { maxLength: 12 }),
        (rows, cuts) => {
          const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n')
          const found: string[][] = []
          const cutter = rowCutter(comma, (cells) => found.push(cells))
          let from = 0
          for (const length of cuts) {
            cutter.push(text.slice(from, from + length))
            from += length
          }
          cutter.push(text.slice(from))
          cutter.end()
          expect(found).toEqual(rows)
        },
      ),
      { numRuns: 500 },
    )
  })
})
