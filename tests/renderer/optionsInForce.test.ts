import { expect, test } from 'vitest'
import { optionsBefore, optionsInForce } from '../../renderer/questions/optionsInForce'
import { firstNumber, numberAt } from '../../renderer/report/numberAt'
import { createFormatter } from '../../shared/format'
import type { Block } from '../../shared/report'

const listing = {
  params: {
    type: 'object',
    properties: {
      grain: { type: 'string', enum: ['week', 'month'], default: 'month', description: 'Period' },
      bands: { type: 'integer', default: 5, description: 'Bands' },
    },
  },
}
const choices = { revenueView: 'invoice' }

test('options in force are the parameters and the choices, in words', () => {
  expect(optionsInForce({ params: { grain: 'week', bands: 4 }, choices }, listing)).toEqual([
    'period week',
    'bands 4',
    'revenue view invoice',
  ])
})

test('only what was otherwise is named', () => {
  const before = { params: { grain: 'month', bands: 5 }, choices }
  expect(optionsBefore(before, { params: { grain: 'week', bands: 5 }, choices }, listing)).toEqual(['period month'])
  expect(optionsBefore(before, { ...before, choices: { revenueView: 'net' } }, listing)).toEqual([
    'revenue view invoice',
  ])
  expect(optionsBefore(before, before, listing)).toEqual([])
})

test('a key figure is found again by its place and name, with its value of now', () => {
  const format = createFormatter({ locale: 'en-US', currency: null })
  const blocks = (value: number): Block[] => [
    { kind: 'sentence', tone: 'plain', text: 'Hello' },
    { kind: 'metrics', items: [{ label: 'Orders', value, format: 'count', means: 'Distinct orders' }] },
  ]
  const first = firstNumber(blocks(1200), format)
  expect(first).toMatchObject({ what: 'Orders', value: '1,200' })
  expect(numberAt(blocks(900), first?.key ?? '', format)).toMatchObject({ what: 'Orders', value: '900' })
  expect(numberAt(blocks(900), 'block1.Customers', format)).toBeNull()
  expect(firstNumber([], format)).toBeNull()
})
