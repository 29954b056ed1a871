import { expect, test } from 'vitest'
import { choiceTitle, optionEffects } from '../../renderer/screens/data/choiceEffect'
import type { Choice } from '../../shared/description'
import { createFormatter } from '../../shared/format'

const format = createFormatter({ locale: 'en-US', currency: 'USD' })

const choice = (totals: readonly (number | null)[]): Choice => ({
  key: 'discount',
  question: 'Which lines get the discount?',
  why: '',
  options: totals.map((total, index) => ({ key: `option${index}`, label: '', rule: '', total })),
  chosen: 'option0',
  decidedBy: 'default',
})

// 4,714,511.56 − 5,397,358.75 = −682,847.19, which is 12.65 % of 5,397,358.75.
test('each option says how far it moves the total from the reading in use', () => {
  const effects = optionEffects(choice([5_397_358.75, 4_714_511.56]), format)
  expect(effects.map(({ difference }) => difference)).toEqual(['', '−682,847.19 (−12.7%)'])
  expect(effects.map(({ scale }) => scale)).toEqual([1, expect.closeTo(0.8735, 4)])
  expect(effects.map(({ isChosen }) => isChosen)).toEqual([true, false])
})

test('the title carries the largest effect', () => {
  expect(choiceTitle(choice([5_397_358.75, 5_079_711.28, 4_714_511.56]), format)).toBe(
    'Which lines get the discount? The total moves by up to 682,847',
  )
})

test('a choice that moves no total is only a question', () => {
  expect(choiceTitle(choice([null, null]), format)).toBe('Which lines get the discount?')
  expect(choiceTitle(choice([100, 100]), format)).toBe('Which lines get the discount?')
  expect(optionEffects(choice([null, null]), format).map(({ scale }) => scale)).toEqual([null, null])
})
