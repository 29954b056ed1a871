import { expect, test } from 'vitest'
import { z } from 'zod'
import { inWords, paramFields, paramValue } from '../../renderer/forms/paramFields'

const schemaOf = (params: z.ZodType): unknown => z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' })

test('an enum becomes a choice with its default, in words', () => {
  const schema = schemaOf(z.object({ counted: z.enum(['on', 'onOrAfter']).default('on').describe('Counted') }))
  expect(paramFields(schema)).toEqual([
    {
      kind: 'choice',
      name: 'counted',
      label: 'Counted',
      options: [
        { value: 'on', label: 'On' },
        { value: 'onOrAfter', label: 'On or after' },
      ],
      fallback: 'on',
    },
  ])
})

test('a union of constants is a choice of numbers', () => {
  const horizon = z.union([z.literal(12), z.literal(24)]).default(12)
  expect(paramFields(schemaOf(z.object({ horizon })))).toMatchObject([
    { kind: 'choice', label: 'Horizon', options: [{ value: 12 }, { value: 24 }], fallback: 12 },
  ])
})

test('numbers keep their limits, integers are whole, booleans are flags', () => {
  const schema = schemaOf(
    z.object({
      bands: z.number().int().min(3).max(10).default(5).describe('Bands'),
      share: z.number().min(0).optional(),
      strict: z.boolean().default(true),
    }),
  )
  expect(paramFields(schema)).toMatchObject([
    { kind: 'number', name: 'bands', min: 3, max: 10, isWhole: true, fallback: 5 },
    { kind: 'number', name: 'share', min: 0, max: null, isWhole: false, fallback: null },
    { kind: 'flag', name: 'strict', fallback: true },
  ])
})

test('what stands in brackets after a label is its hint', () => {
  const before = z
    .string()
    .regex(/^(\d{4}-\d{2})?$/)
    .default('')
    .describe('Before (yyyy-mm, empty for the last)')
  expect(paramFields(schemaOf(z.object({ before })))).toEqual([
    {
      kind: 'text',
      name: 'before',
      label: 'Before',
      hint: 'yyyy-mm, empty for the last',
      fallback: '',
      pattern: '^(\\d{4}-\\d{2})?$',
    },
  ])
})

test('lists and objects have no field, and nonsense has none either', () => {
  expect(paramFields(schemaOf(z.object({ tiers: z.array(z.object({ name: z.string() })).default([]) })))).toEqual([])
  expect(paramFields(null)).toEqual([])
})

test('a param that was not set has its default', () => {
  const [field] = paramFields(schemaOf(z.object({ grain: z.enum(['month', 'week']).default('month') })))
  if (field === undefined) throw new Error('no field')
  expect(paramValue(field, {})).toBe('month')
  expect(paramValue(field, { grain: 'week' })).toBe('week')
})

test.each([
  ['onOrAfter', 'On or after'],
  ['used', 'Used'],
  ['revenueView', 'Revenue view'],
])('%s in words is "%s"', (name, words) => {
  expect(inWords(name)).toBe(words)
})
