import { describe, expect, test } from 'vitest'
import { createFormatter } from '../../shared/format'
import type { NumberFormat } from '../../shared/report'

const english = createFormatter({ locale: 'en-US', currency: 'USD' })
const spanish = createFormatter({ locale: 'es-ES', currency: 'EUR' })

describe('format', () => {
  test.each<[number | string | null, NumberFormat, string, string]>([
    [5397358.74634, 'cents', '5,397,358.75', '5.397.358,75'],
    [0.0954, 'percent', '9.5%', '9,5 %'],
    [1.18684, 'percent2', '118.68%', '118,68 %'],
    [-0.0004, 'percent', '0.0%', '0,0 %'],
    [-36643.27, 'money', '−36,643', '−36.643'],
    [0, 'count', '0', '0'],
    [null, 'money', '–', '–'],
    [Number.NaN, 'money', 'n/a', 'n/a'],
    [Number.POSITIVE_INFINITY, 'percent', 'n/a', 'n/a'],
    ['2026-11-22', 'date', '22 Nov 2026', '22 nov 2026'],
    ['2019-01', 'month', 'Jan 2019', 'ene 2019'],
    ['01234', 'id', '01234', '01234'],
  ])('%s as %s', (value, format, inEnglish, inSpanish) => {
    const plain = (text: string): string => text.replaceAll(/\s/g, ' ')
    expect(plain(english.value(value, format))).toBe(inEnglish)
    expect(plain(spanish.value(value, format))).toBe(inSpanish)
  })

  test('a share shows its count', () => {
    expect(english.share(130, 1362)).toBe('9.5% (130 of 1,362)')
    expect(english.share(0, 0)).toBe('n/a (of 0)')
  })

  test('differences of rates are points', () => {
    expect(english.points(-0.03)).toBe('−3.0 points')
    expect(english.points(0.012)).toBe('+1.2 points')
  })

  test('an interval', () => {
    expect(english.interval(0.081, 0.112)).toBe('8.1–11.2%')
  })
})
