import { expect, test } from 'vitest'
import { countedUnit } from '../../shared/countedUnit'
import { createFormatter } from '../../shared/format'

const format = createFormatter({ locale: 'en-US', currency: null })

test.each([
  [1, 'rows', '1 row'],
  [1, 'row', '1 row'],
  [1, 'categories', '1 category'],
  [1, 'cells below the first', '1 cell below the first'],
  [0, 'lines', '0 lines'],
  [2300, 'lines', '2,300 lines'],
])('%d %s', (count, unit, written) => {
  expect(countedUnit(count, unit, format)).toBe(written)
})
