import { basename, extname } from 'node:path'
import type { FileDescription, Recognition, TableDescription } from '../../shared/description'
import type { SourceInput } from '../../shared/engineInputs'
import { AppError } from '../../shared/errors'
import type { LayoutWish } from '../../shared/layoutWish'
import type { MapRolesStep, ReadOptions, Source } from '../../shared/project'
import { findRole, rolesOf, type TableKind, tableKinds } from '../../shared/roles'
import { hashTogether } from './import/parts/hashTogether'
import { lostIds, refuseLostIds } from './lostIds'
import { checkRoles, missingRoles } from './mapping'
import { toStoredPath } from './projectFile'

/** A table about to join a project. */
export interface NewTable {
  readonly description: TableDescription
  readonly source: Source
  readonly kind: TableKind
  readonly roles: Record<string, string | string[]>
  /** How its file was to be cut, where that was said. */
  readonly layout?: LayoutWish
}

export interface Wishes {
  readonly kinds: Readonly<Record<string, TableKind>>
  readonly maps: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** Turns described files into named tables with kind and roles, the person's wishes first. */
export function planTables(
  folder: string,
  files: readonly { readonly input: SourceInput; readonly description: FileDescription }[],
  taken: readonly string[],
  wishes: Wishes,
): NewTable[] {
  const names = new Set(taken.map((name) => name.toLowerCase()))
  const planned = files.flatMap(({ input, description }) =>
    chosenTables(input, description).map((table, _index, all) => {
      const wished = all.length === 1 ? (input.name ?? table.name) : table.name
      const name = freeName(wished, names)
      return { input, file: description, table, name }
    }),
  )
  refuseUnknownNames(
    wishes,
    planned.map(({ name }) => name),
  )
  return planned.map(({ input, file, table: asFile, name }) => {
    const table = renameTable(asFile, name)
    const columns = table.columns.map((column) => column.name)
    const wishedRoles = { ...(input.roles ?? {}), ...(byName(wishes.maps, name) ?? {}) }
    const kind = byName(wishes.kinds, name) ?? input.kind ?? kindFor(table, Object.keys(wishedRoles))
    const recognised = recognitionAs(table, kind)
    const checked = checkRoles(name, kind, wishedRoles, columns)
    const taken = new Set(Object.values(checked).flat())
    const said = new Set(Object.keys(wishedRoles).map((role) => findRole(kind, role)?.name))
    refuseLostIds(name, table, kind, checked)
    const lost = new Set(lostIds(table).map(({ column }) => column))
    const isKept = (role: string, column: string | string[]): boolean =>
      !said.has(role) && (typeof column !== 'string' || !(taken.has(column) || lost.has(column)))
    const kept = Object.fromEntries(
      Object.entries(recognised?.roles ?? {})
        .map(([role, column]) => [role, typeof column === 'string' ? column : [...column]] as const)
        .filter(([role, column]) => isKept(role, column)),
    )
    return {
      description: table,
      kind,
      roles: { ...kept, ...checked },
      ...(input.layout === undefined ? {} : { layout: input.layout }),
      source: {
        name,
        path: toStoredPath(folder, input.path),
        read: table.read,
        ...partsOf(folder, file, table),
        seen: {
          sha256: table.parts === undefined ? file.sha256 : hashTogether(table.parts.map(({ sha256 }) => sha256)),
          bytes: table.parts?.reduce((sum, { bytes }) => sum + bytes, 0) ?? file.bytes,
          rows: table.rows,
          columns: table.read.columns.map((column) => [column.name, column.type]),
        },
      },
    }
  })
}

/** The files of a table that is put together, or that stands in a folder which others may come into. */
function partsOf(folder: string, file: FileDescription, table: TableDescription): Pick<Source, 'folder' | 'parts'> {
  if (table.parts === undefined) return {}
  return {
    ...(file.format === 'folder' ? { folder: true, listing: [...(file.listing ?? [])] } : {}),
    parts: table.parts.map(({ path, read, own, asked, sha256, bytes, rows }) => ({
      path: toStoredPath(folder, path),
      read,
      ...(own.length === 0 ? {} : { own: [...own] }),
      ...(asked.length === 0 ? {} : { asked: [...asked] }),
      seen: { sha256, bytes, rows },
    })),
  }
}

/** Findings and questions name the table as the project does, whatever the file is called. */
export function renameTable(table: TableDescription, name: string): TableDescription {
  const start = `${table.name}.`
  return {
    ...table,
    name,
    findings: table.findings.map((finding) => (finding.table === table.name ? { ...finding, table: name } : finding)),
    choices: table.choices.map((choice) =>
      choice.key.startsWith(start) ? { ...choice, key: `${name}.${choice.key.slice(start.length)}` } : choice,
    ),
  }
}

/**
 * The same table twice would double every sum.
 * @throws AppError `bad-parameter` when a new table is the same part of the same content as another of its kind.
 */
export function refuseTwice(tables: readonly NewTable[], present: readonly Source[]): void {
  const seen = new Map(present.flatMap((source) => contentsOf(source).map((key) => [key, source.name])))
  for (const { source } of tables) {
    const other = contentsOf(source)
      .map((key) => seen.get(key))
      .find((name) => name !== undefined)
    if (other !== undefined) {
      throw new AppError('bad-parameter', `${basename(source.path)} is there already: it holds the same as ${other}.`, {
        hint: 'Leave one of them out; counted twice it would double every sum.',
        where: { file: source.path },
      })
    }
    for (const key of contentsOf(source)) seen.set(key, source.name)
  }
}

function contentsOf({ seen, read, parts }: Source): string[] {
  const key = (sha256: string, { sheet, headerRow }: ReadOptions): string => `${sha256} ${sheet ?? ''} ${headerRow}`
  return parts === undefined ? [key(seen.sha256, read)] : parts.map((part) => key(part.seen.sha256, part.read))
}

/** The recognised kind, unless the wished roles belong to another one: then the first kind that has them all. */
function kindFor(table: TableDescription, wished: readonly string[]): TableKind {
  const fits = (kind: TableKind): boolean => wished.every((role) => findRole(kind, role) !== undefined)
  const likely = [table.recognised, ...table.alternatives].map((recognition) => recognition.kind)
  const complete = (kind: TableKind): boolean => {
    const played = new Set([
      ...wished.map((role) => findRole(kind, role)?.name),
      ...Object.keys(recognitionAs(table, kind)?.roles ?? {}),
    ])
    return rolesOf[kind].every((role) => !role.required || played.has(role.name))
  }
  const kinds = [...likely, ...(Object.keys(rolesOf) as TableKind[])].filter((kind) => kind !== 'other' && fits(kind))
  return wished.length === 0 ? table.recognised.kind : (kinds.find(complete) ?? kinds[0] ?? table.recognised.kind)
}

/** A mapping without its required roles cannot build its view. */
export function requireRoles(name: string, step: Pick<MapRolesStep, 'kind' | 'roles'>): void {
  const missing = missingRoles(step.kind, step.roles)
  if (missing.length === 0) return
  throw new AppError(
    'missing-column',
    `${name} as ${tableKinds[step.kind].toLowerCase()} lacks a column for: ${missing.join(', ')}.`,
    {
      hint: `Say which column it is (--map ${name}.${missing[0] ?? 'role'}=COLUMN, or on the Data screen), or choose another kind of table.`,
      where: { file: name },
    },
  )
}

export function recognitionAs(table: TableDescription, kind: TableKind): Recognition | undefined {
  return [table.recognised, ...table.alternatives].find((candidate) => candidate.kind === kind)
}

function chosenTables(input: SourceInput, file: FileDescription): readonly TableDescription[] {
  if (input.sheet === undefined) {
    if (file.tables.length > 0) return file.tables
    throw new AppError('bad-file', `${file.fileName} holds no table.`, {
      hint:
        file.skipped.map((skipped) => `Sheet ${skipped.sheet}: ${skipped.reason}.`).join(' ') || 'Choose another file.',
      where: { file: input.path },
    })
  }
  const found = file.tables.filter((table) => table.sheet?.toLowerCase() === input.sheet?.toLowerCase())
  if (found.length > 0) return found
  const sheets = [
    ...file.tables.map((table) => table.sheet ?? table.name),
    ...file.skipped.map((skipped) => skipped.sheet),
  ]
  throw new AppError('bad-file', `${file.fileName} has no sheet "${input.sheet}".`, {
    hint: `Its sheets: ${sheets.join(', ')}.`,
    where: { file: input.path, sheet: input.sheet },
  })
}

function freeName(wished: string, names: Set<string>): string {
  let name = wished
  for (let number = 2; names.has(name.toLowerCase()); number += 1) name = `${wished} ${number}`
  names.add(name.toLowerCase())
  return name
}

function byName<Value>(wishes: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.entries(wishes).find(([wished]) => wished.toLowerCase() === name.toLowerCase())?.[1]
}

function refuseUnknownNames(wishes: Wishes, names: readonly string[]): void {
  const known = new Set(names.map((name) => name.toLowerCase()))
  for (const wished of [...Object.keys(wishes.kinds), ...Object.keys(wishes.maps)]) {
    if (!known.has(wished.toLowerCase())) {
      throw new AppError('bad-parameter', `There is no table "${wished}".`, { hint: `Tables: ${names.join(', ')}.` })
    }
  }
}

/** "Online_Sales" of "exports/Online_Sales.csv.gz". */
export function stemOf(path: string): string {
  const name = basename(path)
  const withoutGz = extname(name).toLowerCase() === '.gz' ? name.slice(0, -3) : name
  const ending = extname(withoutGz)
  return ending === '' ? withoutGz : withoutGz.slice(0, -ending.length)
}
