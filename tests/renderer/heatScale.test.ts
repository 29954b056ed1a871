import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heatScale } from '../../renderer/charts/heatScale'

test('higher values never have a lighter colour, and the colours run from 0 to 6', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (values) => {
      const { binOf } = heatScale(values)
      const bins = [...values].sort((one, other) => one - other).map(binOf)
      expect(bins).toEqual([...bins].sort((one, other) => one - other))
      expect(Math.min(...bins)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...bins)).toBeLessThanOrEqual(6)
    }),
  )
})

test('seven equal groups have seven colours at round borders', () => {
  const values = Array.from({ length: 70 }, (_, index) => index / 100)
  const { binOf, edges } = heatScale(values)
  expect(new Set(values.map(binOf)).size).toBe(7)
  expect(edges).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((edge) => expect.closeTo(edge)))
})

test('one value alone has one colour and no borders', () => {
  const { binOf, edges } = heatScale([0.5, 0.5])
  expect(edges).toEqual([])
  expect(binOf(0.5)).toBe(0)
})
