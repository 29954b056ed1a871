import { describe, expect, test } from 'vitest'
import { type ColumnFilter, filterText, readFilter, type TableColumn } from '../../shared/tableView'

const columns: readonly TableColumn[] = [
  { name: 'category', type: 'text' },
  { name: 'price', type: 'decimal' },
  { name: 'day', type: 'date' },
]

describe('a filter on the command line', () => {
  test.each<[string, ColumnFilter | undefined]>([
    ['category=Kitchen|Garden', { is: 'oneOf', column: 'category', values: ['Kitchen', 'Garden'] }],
    ['Category~lamp = new', { is: 'contains', column: 'category', text: 'lamp = new' }],
    ['category=', { is: 'missing', column: 'category' }],
    ['category=*', { is: 'present', column: 'category' }],
    ['price>=10', { is: 'range', column: 'price', from: 10, to: null }],
    ['price<20', { is: 'range', column: 'price', from: null, to: 20, below: true }],
    ['price=1.5..2', { is: 'range', column: 'price', from: 1.5, to: 2 }],
    ['day=2024-01-01..', { is: 'range', column: 'day', from: '2024-01-01', to: null }],
    ['day=2024-01-31', { is: 'range', column: 'day', from: '2024-01-31', to: '2024-01-31' }],
    ['colour=red', undefined],
    ['price', undefined],
    ['price>5', undefined],
  ])('%s', (text, filter) => {
    expect(readFilter(text, columns)).toEqual(filter)
  })
})

test.each<[ColumnFilter, string]>([
  [{ is: 'oneOf', column: 'a', values: ['x', '', 'z', 'u', 'v'] }, 'a is x or empty text or z or 2 more'],
  [{ is: 'contains', column: 'a', text: 'x' }, 'a contains “x”'],
  [{ is: 'range', column: 'a', from: 1, to: 2 }, 'a from 1 to 2'],
  [{ is: 'range', column: 'a', from: 1, to: 1 }, 'a is 1'],
  [{ is: 'range', column: 'a', from: null, to: 2, below: true }, 'a below 2'],
  [{ is: 'missing', column: 'a' }, 'a is missing'],
])('words of %o', (filter, words) => {
  expect(filterText(filter)).toBe(words)
})
