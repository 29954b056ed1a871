import { basename } from 'node:path'
import type { FileDescription, TableDescription } from '../../../../shared/description'
import type { TableKind } from '../../../../shared/roles'
import { stemOf } from '../../tables'
import { wordsOf } from '../columnNames'
import { type KnownColumn, matchColumns } from '../matchColumns'

/** A table and the file it stands in. */
export interface FoundTable {
  readonly file: FileDescription
  readonly table: TableDescription
}

/** Files whose names belong together may differ in this share of their columns. */
const sharedColumns = 0.6

/** Tables of the same columns, in the order of their files; each group is one table. */
export function groupTables(found: readonly FoundTable[]): FoundTable[][] {
  const groups: FoundTable[][] = []
  for (const candidate of found) {
    const group = groups.find(([first]) => first !== undefined && belongTogether(first, candidate))
    if (group === undefined) groups.push([candidate])
    else group.push(candidate)
  }
  return groups
}

function belongTogether(one: FoundTable, other: FoundTable): boolean {
  // The tables of steps have the same two columns on purpose: each is a step of its own.
  if (one.table.recognised.kind === 'steps' || other.table.recognised.kind === 'steps') return false
  const isNamed = ({ table }: FoundTable): boolean => table.read.headerRow > 0 || table.read.keys !== undefined
  if (isNamed(one) !== isNamed(other)) return false
  if (!isNamed(one)) return isFamily(one, other) && haveSameTypes(one.table, other.table)
  if (signature(one.table) === signature(other.table)) return true
  return isFamily(one, other) && sharedOf(one.table, other.table) >= sharedColumns
}

/** The share of the columns of the wider table that the other has, too. */
export function sharedOf(one: TableDescription, other: TableDescription): number {
  const matches = matchColumns(knownColumns(one), knownColumns(other))
  return matches.length / Math.max(one.columns.length, other.columns.length)
}

/** Roles that only the values suggest do not tell that a column is the one that was called otherwise. */
const leastTrust = 0.6

/** Columns with the roles they play if the table is of this kind, where one column plays a role alone. */
export function knownColumns(table: TableDescription, kind: TableKind = table.recognised.kind): KnownColumn[] {
  const recognition = [table.recognised, ...table.alternatives].find(
    (candidate) => candidate.kind === kind && candidate.confidence >= leastTrust,
  )
  return table.columns.map(({ name, type }) => {
    const role = Object.entries(recognition?.roles ?? {}).find(([, column]) => column === name)
    return { name, type, role: role === undefined ? null : `${kind} ${role[0]}` }
  })
}

const signature = (table: TableDescription): string =>
  table.columns
    .map(({ name }) => wordsOf(name))
    .sort()
    .join('|')

const haveSameTypes = (one: TableDescription, other: TableDescription): boolean =>
  one.columns.map(({ type }) => type).join() === other.columns.map(({ type }) => type).join()

const isFamily = (one: FoundTable, other: FoundTable): boolean => familyOf(one.file.path) === familyOf(other.file.path)

const monthWords =
  /\b(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?|enero?|ene|febrero|marzo|abr(il)?|mayo|junio|julio|ago(sto)?|septiembre|octubre|noviembre|dic(iembre)?|part|parte|week|semana|day|dia|copy|copia|q[1-4]|h[12])\b/g

/** "sales" for sales_2024-01.csv and Sales March.xlsx: what is left without numbers and months. */
export function familyOf(path: string): string {
  return wordsOf(stemOf(path).replace(/\d+/g, ' '))
    .replace(monthWords, ' ')
    .replace(/\b\p{L}\b/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** What files of one table are called together: what their names share, else the folder they stand in. */
export function nameOfGroup(paths: readonly string[], folder: string): string {
  const [first = '', ...others] = paths.map(stemOf)
  let shared = first
  for (const other of others) while (!other.toLowerCase().startsWith(shared.toLowerCase())) shared = shared.slice(0, -1)
  // Of "sales_march" and "sales_may" the "ma" is no name.
  const isCut = others.length > 0 && /^\p{L}/u.test(first.slice(shared.length))
  const name = (isCut ? shared.replace(/\p{L}+$/u, '') : shared).replace(/[\s_.\-(0-9]+$/, '')
  return name.length >= 3 ? name : basename(folder)
}
