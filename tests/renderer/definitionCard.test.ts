import { expect, test } from 'vitest'
import { definitionParts, definitionText } from '../../renderer/questions/definitionCard'

const card = `# Cohort retention

## Question
How many new customers
come back?

## Formula
active / size

- first **item**
- second \`item\`

## Source

## Caveats
Month 0 is 100 %.
`

test('a card is its headings with the text below each; an empty part is left out', () => {
  expect(definitionParts(card)).toEqual([
    { heading: 'Question', paragraphs: ['How many new customers come back?'] },
    { heading: 'Formula', paragraphs: ['active / size', 'first item', 'second item'] },
    { heading: 'Caveats', paragraphs: ['Month 0 is 100 %.'] },
  ])
})

test('one part is found by its name, whatever its case; a missing one is null', () => {
  expect(definitionText(card, 'caveats')).toBe('Month 0 is 100 %.')
  expect(definitionText(card, 'Options')).toBeNull()
})

test('text without headings has no parts', () => {
  expect(definitionParts('Just a sentence.')).toEqual([])
})
