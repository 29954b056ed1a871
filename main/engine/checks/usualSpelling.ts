import type { ValueCount } from './checkedTable'

/** Letters of Cyrillic and Greek that cannot be told from Latin ones on a screen, and the Latin ones. */
const alike = 'аеорсхуіѕАВЕКМНОРСТХУІЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοѵ'
const latin = 'aeopcxyisABEKMHOPCTXYISABEZHIKMNOPTYXov'

const foldLetter = (letter: string): string => latin[alike.indexOf(letter)] ?? letter

const isForeign = (text: string): boolean => /[A-Za-z]/.test(text) && [...text].some((letter) => alike.includes(letter))

/** A text without what is easily written differently: capitals, accents, blanks, letters that look the same. */
export const plainText = (text: string): string =>
  [...text]
    .map(foldLetter)
    .join('')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_\u00a0]+/g, ' ')
    .trim()

type Capitals = 'upper' | 'lower' | 'mixed'

const capitalsOf = (text: string): Capitals =>
  text === text.toUpperCase() ? 'upper' : text === text.toLowerCase() ? 'lower' : 'mixed'

/**
 * Which of several spellings is the usual one, the same way for a whole column. Letters of another alphabet between
 * Latin ones are never it. Where a fifth of the cells or more is in other capitals than the rest, the column was written
 * twice: a spelling with small and capital letters is the original (capitals only can be made of it, not the other way
 * round), unless two in three cells are written otherwise. Where it is less, the most frequent spelling is, if four in
 * five cells of the group have it, and else the one in the capitals of the column.
 */
export function usualSpelling(
  groups: readonly (readonly ValueCount[])[],
): (group: readonly ValueCount[]) => ValueCount {
  const votes: Record<Capitals, number> = { upper: 0, lower: 0, mixed: 0 }
  for (const { value, count } of groups.flat()) votes[capitalsOf(value)] += count
  const all = votes.upper + votes.lower + votes.mixed
  const [first = 'mixed'] = (['mixed', 'upper', 'lower'] as const).toSorted((one, other) => votes[other] - votes[one])
  const isTwice = all - votes[first] >= all * 0.2
  const usual = votes.mixed > all / 3 ? 'mixed' : first
  return (group) => {
    const known = group.filter(({ value }) => !isForeign(value))
    const own = (known.length === 0 ? group : known).toSorted((one, other) => other.count - one.count)
    const most = own[0] ?? { value: '', count: 0 }
    const rows = group.reduce((sum, { count }) => sum + count, 0)
    const isClear = !isTwice && most.count >= rows * 0.8
    return isClear ? most : (own.find(({ value }) => capitalsOf(value) === usual) ?? most)
  }
}
