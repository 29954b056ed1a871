import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeMutant } from './makeMutant'
import { type MutantReader, openMutantReader } from './readMutant'

// `npm run fuzz` tries more of them, in a program of its own; a seed that found something has a test beside its cause.
const count = 300
/** Nothing hangs for so long, however busy the machine is; the program measures. */
const longestMs = 60_000

let reader: MutantReader
beforeAll(async () => {
  reader = await openMutantReader()
})
afterAll(() => reader.remove())

test(
  `${count} damaged files end in tables or in an error with cause and remedy`,
  async () => {
    const ends = new Map<string, number>()
    for (let seed = 1; seed <= count; seed += 1) {
      const ending = await Promise.race([
        seed % 40 === 0 ? reader.readAsProject(seed) : reader.read(seed),
        new Promise<never>((_, reject) => setTimeout(() => reject(new Error(`seed ${seed} hangs`)), longestMs).unref()),
      ])
      expect(ending.kind, `seed ${seed}: ${ending.text}`).not.toBe('fault')
      ends.set(ending.text, (ends.get(ending.text) ?? 0) + 1)
    }
    // Both happen, or the damage is too great or too small to say anything.
    expect(Math.min(ends.get('tables') ?? 0, ends.get('bad-file') ?? 0)).toBeGreaterThan(count / 10)
  },
  count * 2000,
)

test('a seed gives the same file each time', () => {
  for (const seed of [3, 4, 5]) expect(makeMutant(seed)).toEqual(makeMutant(seed))
})
