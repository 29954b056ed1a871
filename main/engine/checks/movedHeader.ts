import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, sql } from '../../../shared/sql'
import { isAmountName, isTimeName, wordsOf } from '../import/columnNames'
import type { CheckWork } from './checkedTable'

const mostColumns = 60
const sampledRows = 400
const leastNames = 3
const leastMisfits = 2

type Content = 'day' | 'number' | 'word' | 'other'

/**
 * A header that stands a column too far to the left or right: of the names that say what is below them (a time, an
 * amount, a word), three at least, two or more do not fit their column, and all fit when moved by one.
 */
export async function checkMovedHeader(work: CheckWork): Promise<Finding[]> {
  const { columns, rows } = work.table
  if (columns.length < 4 || columns.length > mostColumns) return []
  const promised = columns.map(({ name }) => promiseOf(name))
  if (promised.filter((promise) => promise !== undefined).length < leastNames) return []
  const contents = await contentsOf(work)
  const misfits = (by: number): number =>
    promised.filter((promise, index) => promise !== undefined && contents[index + by] !== promise).length
  // A name moved beyond the edge has nothing below it.
  const way = misfits(0) < leastMisfits ? undefined : ([-1, 1] as const).find((by) => fitsMoved(promised, contents, by))
  if (way === undefined) return []
  const examples = columns.flatMap(({ name }, index) => {
    const promise = promised[index]
    return promise === undefined || contents[index] === promise
      ? []
      : [`${name} holds ${nouns[contents[index] ?? 'other']}`]
  })
  return [
    work.say({
      id: 'headerMoved',
      severity: 'serious',
      title: `The header stands one column too far to the ${way === -1 ? 'right' : 'left'}: names do not fit what is below them`,
      count: columns.length,
      unit: 'columns',
      examples: examples.slice(0, 4),
      treatment: `Read as named, for ${rows === 1 ? 'the row' : 'all rows'}: every column has the name of its neighbour. Put the header right in the file`,
    }),
  ]
}

const nouns: Readonly<Record<Content, string>> = {
  day: 'dates',
  number: 'numbers',
  word: 'words',
  other: 'other values',
}

function fitsMoved(promised: readonly (Content | undefined)[], contents: readonly Content[], by: number): boolean {
  return promised.every((promise, index) => {
    const content = contents[index + by]
    return promise === undefined || content === undefined || content === promise
  })
}

/** What a name says of the cells below it; undefined where it says nothing clear. */
function promiseOf(name: string): Content | undefined {
  const words = wordsOf(name)
  if (/\b(date|fecha|datum|timestamp|datetime)\b/.test(words) && isTimeName(name)) return 'day'
  if (
    /\b(category|description|country|city|name|status|gender|categoria|descripcion|pais|ciudad|nombre|estado)\b/.test(
      words,
    )
  )
    return 'word'
  return isAmountName(name) && !isTimeName(name) ? 'number' : undefined
}

/** What at least nine in ten filled cells of each column look like. */
async function contentsOf(work: CheckWork): Promise<readonly Content[]> {
  const counts = work.table.columns.flatMap(({ name }) => {
    const cell = sql`trim(CAST(${ident(name)} AS VARCHAR))`
    return [
      sql`count(*) FILTER (WHERE regexp_matches(${cell}, ${dayPattern}))::DOUBLE`,
      sql`count(*) FILTER (WHERE regexp_full_match(${cell}, ${'-?[0-9]+([.,][0-9]+)*'}))::DOUBLE`,
      sql`count(*) FILTER (WHERE regexp_matches(${cell}, ${'[[:alpha:]]{2}'}))::DOUBLE`,
      sql`count(${ident(name)})::DOUBLE`,
    ]
  })
  const [answer = []] = await work.ask(
    z.array(z.number()),
    sql`SELECT ${join(counts, ', ')} FROM (FROM ${work.glance} LIMIT ${sampledRows})`,
  )
  return work.table.columns.map((_, index) => {
    const [days = 0, numbers = 0, words = 0, filled = 0] = answer.slice(index * 4, index * 4 + 4)
    if (filled === 0) return 'other'
    if (days >= filled * 0.9) return 'day'
    if (numbers >= filled * 0.9) return 'number'
    return words >= filled * 0.9 ? 'word' : 'other'
  })
}

const dayPattern =
  '^((19|20)[0-9]{2}[-/.]?[01][0-9][-/.]?[0-3][0-9]|[0-9]{1,2}[-/. ][0-9a-zA-Z]{1,9}[-/. ](19|20)?[0-9]{2})([ T].*)?$'
