import { basename } from 'node:path'
import type { FileDescription, Finding, TableDescription } from '../../shared/description'
import { AppError } from '../../shared/errors'
import { nearestName } from '../../shared/nearestName'
import type { Project, Source } from '../../shared/project'
import type { TableKind } from '../../shared/roles'
import type { CallContext } from '../../shared/rpc'
import { describeGroups, type InputGroup } from './describeAll'
import { fileFinding } from './import/fileFinding'
import { type KnownColumn, matchColumns } from './import/matchColumns'
import { knownColumns } from './import/parts/groupTables'
import { renameColumns } from './import/renameColumns'
import { reread } from './importSources'
import { choicesMade, derivedOf } from './mapping'
import { fromStoredPath, toStoredPath } from './projectFile'
import { kindAndRoles, layoutFor } from './projectSteps'
import { wishesFor } from './readingWishes'
import type { SessionOptions } from './sessionOptions'
import { type NewTable, planTables } from './tables'

type Roles = Readonly<Record<string, string | readonly string[]>>

/**
 * Describes sources again (data file gone, or new files), keeping roles. Columns that go by another name now are
 * known again by their words or the role they play, and keep the name they had; missing ones become one error.
 */
export async function redescribe(
  folder: string,
  project: Project,
  names: readonly string[],
  options: SessionOptions,
  context: CallContext,
  paths: ReadonlyMap<string, readonly string[]> = new Map(),
): Promise<NewTable[]> {
  const sources = project.sources.filter((source) => names.includes(source.name))
  const groups = sources.map((source) => groupOf(folder, project, source, paths.get(source.name)))
  const described = await describeGroups(groups, options, context)
  return sources.map((source, index) => {
    const entry = described[index]
    if (entry === undefined) throw new Error('one description a source')
    const description = tableOf(folder, source, entry.description, paths.has(source.name))
    const { kind, roles } = kindAndRoles(project, source)
    // The sheet is named where it is not found, so that the error can name it.
    const { sheet, ...chosen } = entry.input
    const input = description === entry.description && sheet !== undefined ? { ...chosen, sheet } : chosen
    const computed = derivedOf(project.steps, source.name).map(({ name }) => name)
    const known = knownAgain(source, kind, rolesOfFile(roles, computed), description)
    const [table] = planTables(folder, [{ input, description: known }], [], { kinds: {}, maps: {} })
    if (table === undefined) throw new Error('planTables answers at least one table')
    const columns = [...table.description.columns.map((column) => column.name), ...computed]
    requireColumns(source.name, roles, columns)
    return {
      ...table,
      kind,
      roles,
      source: reread(
        { ...table.source, name: source.name, path: toStoredPath(folder, input.path) },
        table.description,
        choicesMade(project),
        wishesFor(project, source.name),
      ),
    }
  })
}

function groupOf(folder: string, project: Project, source: Source, given: readonly string[] | undefined): InputGroup {
  const kept = source.folder || source.parts === undefined ? [source.path] : source.parts.map((part) => part.path)
  const paths = given ?? kept.map((path) => fromStoredPath(folder, path))
  const { sheet } = source.read
  const layout = layoutFor(project, source.name)
  return {
    input: {
      name: source.name,
      path: paths[0] ?? '',
      ...(sheet === undefined ? {} : { sheet }),
      ...(layout === undefined ? {} : { layout }),
    },
    paths,
  }
}

/** The table of a source as its file gives it now, recognised anew. */
export async function describeAnew(
  folder: string,
  project: Project,
  source: Source,
  options: SessionOptions,
  context: CallContext,
): Promise<NewTable> {
  const group = groupOf(folder, project, source, undefined)
  const [entry] = await describeGroups([group], options, context)
  if (entry === undefined) throw new Error('one description a source')
  const description = tableOf(folder, source, entry.description, false)
  const [table] = planTables(folder, [{ input: group.input, description }], [], { kinds: {}, maps: {} })
  if (table === undefined) throw new Error('planTables answers at least one table')
  return table
}

/** The description with nothing but the table that takes the place of the source. */
function tableOf(folder: string, source: Source, file: FileDescription, isNew: boolean): FileDescription {
  const { tables } = file
  if (file.format === 'folder') {
    const own = new Set(source.parts?.map((part) => fromStoredPath(folder, part.path)))
    const wanted: KnownColumn[] = source.seen.columns.map(([name, type]) => ({ name, type, role: null }))
    const scored = tables
      .map((table) => ({
        table,
        known: table.parts?.filter((part) => own.has(part.path)).length ?? 0,
        columns: matchColumns(wanted, knownColumns(table)).length,
      }))
      .sort((one, other) => other.known - one.known || other.columns - one.columns)
    const chosen = scored.slice(0, 1).map(({ table }) => ({ ...table, sheet: null }))
    refuseLostParts(source, file, chosen[0])
    return { ...file, tables: chosen }
  }
  const [only] = tables
  if (isNew && tables.length === 1 && only !== undefined) return { ...file, tables: [only] }
  const { sheet } = source.read
  const found =
    sheet === undefined ? tables : tables.filter((table) => table.sheet?.toLowerCase() === sheet.toLowerCase())
  return found.length === 0 ? file : { ...file, tables: found }
}

/** A part that is still in the folder must not fall out of its table unnoticed. */
function refuseLostParts(source: Source, file: FileDescription, table: TableDescription | undefined): void {
  const present = new Set(table?.parts?.map((part) => part.fileName))
  const hashes = new Set(table?.parts?.map((part) => part.sha256))
  for (const part of source.parts ?? []) {
    const name = basename(part.path)
    if (present.has(name) || !file.listing?.includes(name) || hashes.has(part.seen.sha256)) continue
    const skipped = file.skipped.find(({ sheet }) => sheet === name)
    // A copy of another part is read once.
    const isCopy = table?.findings.some(
      ({ id, examples }) => id === 'partTwice' && examples.some((one) => one.startsWith(`${name} `)),
    )
    if (skipped === undefined && isCopy) continue
    const what = skipped === undefined ? 'has other columns now' : skipped.reason
    throw new AppError('bad-file', `${name}, a part of ${source.name}, ${what}.`, {
      hint: 'Repair it or take it out of the folder, and read again. The project stays as it was.',
      where: { file: name },
    })
  }
}

/** Gives columns with new names the names that the project knows them by, and says so. */
function knownAgain(source: Source, kind: TableKind, roles: Roles, file: FileDescription): FileDescription {
  const roleOf = (name: string): string | null => {
    const role = Object.entries(roles).find(([, column]) => column === name)
    return role === undefined ? null : `${kind} ${role[0]}`
  }
  const wanted = source.seen.columns.map(([name, type]): KnownColumn => ({ name, type, role: roleOf(name) }))
  return {
    ...file,
    tables: file.tables.map((table) => {
      const matches = matchColumns(wanted, knownColumns(table, kind)).filter(
        ({ wanted: name, found }) => name !== found,
      )
      const names = new Map(matches.map(({ wanted: name, found }) => [found, name]))
      const renamed = renameColumns(table, names)
      return { ...renamed, findings: [...renamedFindings(renamed, names), ...renamed.findings] }
    }),
  }
}

function renamedFindings(table: TableDescription, names: ReadonlyMap<string, string>): Finding[] {
  return [...names].map(([from, to]) => ({
    ...fileFinding(table.name, renamedColumn, 'Column with another name than before', 1, 'column', `Read as "${to}"`),
    column: to,
    examples: [from],
  }))
}

/** Roles that columns of the file play; computed columns are found anew. */
function rolesOfFile(roles: Roles, computed: readonly string[]): Roles {
  const names = new Set(computed)
  return Object.fromEntries(
    Object.entries(roles).flatMap(([role, played]) => {
      const left = [played].flat().filter((column) => !names.has(column))
      if (left.length === 0) return []
      return [[role, typeof played === 'string' ? played : left] as const]
    }),
  )
}

/** The finding of a column that was known again under another name. */
export const renamedColumn = 'renamedColumn'

/** Every mapped column the new file lacks in one error: role, old column and best match. Extra columns do not matter. */
function requireColumns(sourceName: string, roles: Roles, columns: readonly string[]): void {
  const present = new Set(columns.map((column) => column.trim().toLowerCase()))
  const lost = Object.entries(roles).flatMap(([role, played]) =>
    [played].flat().flatMap((column) => (present.has(column.trim().toLowerCase()) ? [] : [{ role, column }])),
  )
  if (lost.length === 0) return
  const lines = lost.map(({ role, column }) => {
    const nearest = nearestName(column, columns)
    return `${role}: "${column}" is missing${nearest === undefined ? '' : `; did it become "${nearest}"?`}`
  })
  throw new AppError(
    'missing-column',
    `The new file for ${sourceName} lacks ${lost.length} mapped ${lost.length === 1 ? 'column' : 'columns'}: ${lost.map(({ column }) => column).join(', ')}.`,
    {
      hint: `${lines.join('\n')}\nIts columns: ${columns.join(', ')}. The project stays as it was.`,
      where: { file: sourceName, column: lost[0]?.column ?? '' },
      data: { lost },
    },
  )
}

/** Tables whose reading differs between two states of a project, or which one of them lacks. */
export async function changedTables(
  folder: string,
  current: Project,
  target: Project,
  descriptions: ReadonlyMap<string, TableDescription>,
  options: SessionOptions,
  context: CallContext,
): Promise<NewTable[]> {
  const changed = target.sources.filter((source) => {
    const now = current.sources.find((candidate) => candidate.name === source.name)
    return (
      now === undefined ||
      JSON.stringify([now.path, now.read, now.parts, now.seen.sha256]) !==
        JSON.stringify([source.path, source.read, source.parts, source.seen.sha256])
    )
  })
  // Another layout has other columns, which the description at hand does not know.
  const isLaidOut = ({ name }: Source): boolean =>
    JSON.stringify(layoutFor(current, name)) === JSON.stringify(layoutFor(target, name))
  const known = changed.flatMap((source) => {
    const description = isLaidOut(source) ? descriptions.get(source.name) : undefined
    return description === undefined ? [] : [{ description, source, ...kindAndRoles(target, source) }]
  })
  const described = new Set(known.map(({ source }) => source.name))
  const unknown = changed.filter((source) => !described.has(source.name)).map((source) => source.name)
  return unknown.length === 0 ? known : [...known, ...(await redescribe(folder, target, unknown, options, context))]
}
