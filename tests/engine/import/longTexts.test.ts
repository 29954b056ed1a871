import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from './importFolder'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

/** Long enough for several threads to start in the middle of the file. */
const rows = 40_000

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

describe('texts that are shared out among threads', () => {
  test.each([
    { name: 'lines that look like rows', note: (row: number) => `${row},fake,line\n${row},fake,line`, every: 3 },
    { name: 'rows turned inside out', note: (row: number) => `x\n${row},fake,line\n${row},p,`, every: 2 },
    {
      name: 'long passages',
      note: (row: number) => Array.from({ length: 2000 }, (_, index) => `${row},fake,line${index}`).join('\n'),
      every: 4000,
    },
    { name: 'plain lines', note: (row: number) => `first ${row}\nsecond "${row}"`, every: 1 },
  ])('line ends in cells: $name', async ({ note, every }) => {
    const notes = Array.from({ length: rows }, (_, row) => ((row + 1) % every === 0 ? note(row) : `note number ${row}`))
    const text = notes.map((cell, row) => `${row},${/[\n"]/.test(cell) ? quoted(cell) : cell},end ${row}\n`)
    const imported = await files.importText(`n,note,last\n${text.join('')}`)
    expect(imported.rows).toHaveLength(rows)
    expect(imported.values('n').every((value, row) => value === row)).toBe(true)
    expect(imported.values('note').every((value, row) => value === notes[row])).toBe(true)
    expect(imported.values('last').every((value, row) => value === `end ${row}`)).toBe(true)
    expect(imported.read.ragged).toBeUndefined()
  })

  test('a cell of several megabytes between common ones', async () => {
    const long = `${'word "quoted", '.repeat(200_000)}end`
    const text = Array.from({ length: rows }, (_, row) => `${row},${row === 777 ? quoted(long) : `note ${row}`}\n`)
    const imported = await files.importText(`n,note\n${text.join('')}`)
    expect(imported.read.sequential).toBe(true)
    expect(imported.rows).toHaveLength(rows)
    expect(imported.rows[777]?.[1] === long).toBe(true)
    expect(imported.rows[778]).toEqual([778, 'note 778'])
    expect(imported.rows.at(-1)).toEqual([rows - 1, `note ${rows - 1}`])
  })

  test('and a line of exactly the length that is read where it stands', async () => {
    for (const length of [1024 * 1024 - 3, 1024 * 1024 - 2, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1]) {
      const long = 'x'.repeat(length - 2)
      const imported = await files.importText(`n,note\n1,a\n2,${long}\n3,b\n`)
      expect(imported.values('note').every((value, index) => value === ['a', long, 'b'][index])).toBe(true)
    }
  })
})
