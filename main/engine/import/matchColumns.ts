import type { ColumnType } from '../../../shared/project'
import { wordsOf } from './columnNames'

/** A column as far as it is needed to know it again under another name. */
export interface KnownColumn {
  readonly name: string
  readonly type: ColumnType
  /** The role it plays, when it is played by one column only. */
  readonly role: string | null
}

export interface ColumnMatch {
  readonly wanted: string
  readonly found: string
  /** What they have in common: the name itself, its words, or the role they play. */
  readonly by: 'name' | 'words' | 'role'
}

/** The columns of one table known again in another: by name, by its words, by what recognition takes them for. */
export function matchColumns(wanted: readonly KnownColumn[], present: readonly KnownColumn[]): ColumnMatch[] {
  const matches: ColumnMatch[] = []
  const free = new Set(present)
  const open = new Set(wanted)
  const tests: readonly [ColumnMatch['by'], (one: KnownColumn, other: KnownColumn) => boolean][] = [
    ['name', (one, other) => one.name === other.name],
    ['name', (one, other) => plain(one.name) === plain(other.name)],
    ['words', (one, other) => wordsOf(one.name) !== '' && wordsOf(one.name) === wordsOf(other.name)],
    ['words', (one, other) => bare(one.name) !== '' && bare(one.name) === bare(other.name)],
    ['role', (one, other) => one.role !== null && one.role === other.role && areAlike(one.type, other.type)],
  ]
  for (const [by, test] of tests) {
    for (const one of [...open]) {
      const fitting = [...free].filter((other) => test(one, other))
      const [found] = fitting
      if (found === undefined || (by === 'role' && fitting.length > 1)) continue
      matches.push({ wanted: one.name, found: found.name, by })
      open.delete(one)
      free.delete(found)
    }
  }
  return matches
}

const plain = (name: string): string => name.trim().toLowerCase()
const bare = (name: string): string => wordsOf(name).replaceAll(' ', '')

const families: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  id: 'text',
  empty: 'any',
  integer: 'number',
  decimal: 'number',
  flag: 'number',
  date: 'time',
  timestamp: 'time',
}

/** Whether values of the two types may stand in one column: an id may look like a number. */
export function areAlike(one: ColumnType, other: ColumnType): boolean {
  const isKey = (type: ColumnType): boolean => type === 'id' || type === 'integer' || type === 'text'
  const [first, second] = [families[one], families[other]]
  return (
    first === second ||
    first === 'any' ||
    second === 'any' ||
    (isKey(one) && isKey(other) && (one === 'id' || other === 'id'))
  )
}
