import type { Finding } from '../../shared/description'
import { AppError } from '../../shared/errors'
import { rolesOf, type TableKind } from '../../shared/roles'

/** In more than this share of the rows, ids that lost their last digits make a column useless as a key. */
const mostLost = 0.01

interface Described {
  readonly rows: number
  readonly findings: readonly Finding[]
}

/** The findings about columns whose ids a spreadsheet wrote as 1.03E+19: different customers became one. */
export function lostIds({ findings, rows }: Described): Finding[] {
  return findings.filter(({ id, count }) => id === 'scientificIds' && count > rows * mostLost)
}

/**
 * Counting customers by ids that lost their digits gives a wrong number, whoever asks for it.
 * @throws AppError `bad-parameter` when such a column is to play the role of an id.
 */
export function refuseLostIds(
  table: string,
  described: Described,
  kind: TableKind,
  roles: Readonly<Record<string, string | readonly string[]>>,
): void {
  for (const { name, type } of rolesOf[kind]) {
    const lost = lostIds(described).find(({ column }) => column !== null && [roles[name]].flat().includes(column))
    if (type !== 'id' || lost === undefined) continue
    const [example] = lost.examples
    throw new AppError('bad-parameter', `${lost.column ?? ''} cannot be the ${name}: its ids have lost their digits.`, {
      hint: `A spreadsheet wrote ${lost.count.toLocaleString('en-US')} of ${described.rows.toLocaleString('en-US')} ids like ${example ?? '1.03E+19'}, so that different ones became the same. Ask for the file as it was before the spreadsheet, or leave the role away.`,
      where: {
        file: table,
        ...(lost.column === null ? {} : { column: lost.column }),
        ...(example === undefined ? {} : { value: example }),
      },
    })
  }
}
