import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import type { ProjectFacts } from '../../shared/analysis'
import type { CaseModel } from '../../shared/caseModel'
import type { TableDescription } from '../../shared/description'
import { AppError, throwIfCancelled } from '../../shared/errors'
import type { ProjectState, SourceInput, SourceState } from '../../shared/engineApi'
import { type Project, projectFormat, type Settings, type Source, settingsSchema, type Step } from '../../shared/project'
import type { CallContext } from '../../shared/rpc'
import type { TableKind } from '../../shared/roles'
import { raw, sql } from '../../shared/sql'
import { casebookSchema, type RunSurroundings } from './analysisRunner'
import { Database, inTransaction, runAll } from './database'
import { type Derived, derive, writeMeta } from './derived'
import { describeFile } from './import/describeFile'
import { importTable } from './import/importTable'
import { applyReadingChoice } from './import/readingChoices'
import { describeReading } from './describeReading'
import { writeHeadline } from './headline'
import { checkRoles, choicesMade, hasRole, type MappedSource, mappedSources, mapStep, nextStepId } from './mapping'
import { dataFileName, fromStoredPath, projectFileName, readProject, requireFreeFolder, toStoredPath, writeProject } from './projectFile'
import { ReadWriteLock } from './readWriteLock'
import { rawTable, rawSchema } from './roleViews'
import { type NewTable, planTables, recognitionAs, requireRoles, type Wishes } from './tables'
import { roleOf } from './tablePages'
import { appVersion } from './versions'

export interface SessionOptions {
  /** A folder for spilled data and transcoded files; made when missing. */
  readonly tempFolder: string
  /** One thread makes floating sums repeat exactly; tests use it. */
  readonly threads?: number
}

export interface NewProject {
  readonly folder: string
  readonly name: string
  readonly sources: readonly SourceInput[]
  readonly choices: Readonly<Record<string, string>>
  readonly wishes: Wishes
  readonly settings: Partial<Settings>
  readonly strict: boolean
}

/** An open project: its file, its database and what follows from them. One at a time in an engine. */
export class ProjectSession {
  readonly folder: string
  readonly #options: SessionOptions
  readonly #lock = new ReadWriteLock()
  #project: Project
  #database: Database
  #derived: Derived
  #descriptions: ReadonlyMap<string, TableDescription>
  #past: Project[] = []
  #future: Project[] = []
  #savedAt = new Date()
  #moved: ReadonlyMap<string, 'moved' | 'changed'> = new Map()

  private constructor(folder: string, options: SessionOptions, project: Project, database: Database, derived: Derived, descriptions: ReadonlyMap<string, TableDescription>) {
    this.folder = folder
    this.#options = options
    this.#project = project
    this.#database = database
    this.#derived = derived
    this.#descriptions = descriptions
  }

  /** Makes the folder, imports, maps and joins; on any failure nothing is left behind. */
  static async create(wanted: NewProject, options: SessionOptions, context: CallContext): Promise<ProjectSession> {
    const folder = resolve(wanted.folder)
    await requireFreeFolder(folder)
    const existed = existsSync(folder)
    const described = await describeAll(wanted.sources, options, context)
    const tables = planTables(folder, described, [], wanted.wishes)
    let session: ProjectSession | undefined
    try {
      await mkdir(folder, { recursive: true })
      const empty: Project = {
        format: projectFormat,
        app: appVersion,
        name: wanted.name,
        settings: settingsSchema.parse(wanted.settings),
        sources: [],
        steps: [],
      }
      const project = withChoices(addTables(empty, tables), wanted.choices)
      const read = await importInto(folder, project, tables, options, context)
      const database = await openLocked(folder, options)
      const derived = await derive(database, read, context.signal)
      session = new ProjectSession(folder, options, read, database, derived, byName(tables))
      refuseUnknownChoices(wanted.choices, session)
      if (wanted.strict) refuseOpenChoices(session)
      throwIfCancelled(context.signal)
      await writeProject(folder, read)
      return session
    } catch (error) {
      session?.close()
      if (existed) {
        for (const name of [dataFileName, `${dataFileName}.wal`, projectFileName]) await rm(join(folder, name), { force: true })
      } else {
        await rm(folder, { recursive: true, force: true })
      }
      throw error
    }
  }

  static async open(folder: string, options: SessionOptions, context: CallContext): Promise<ProjectSession> {
    const at = resolve(folder)
    const project = await readProject(at)
    let database = await openLocked(at, options)
    try {
      const descriptions = await readDescriptions(database)
      const missing = await missingTables(database, project)
      if (missing.length > 0) {
        database.close()
        const tables = await redescribe(at, project, missing, options, context)
        await importInto(at, project, tables, options, context)
        database = await openLocked(at, options)
        for (const table of tables) descriptions.set(table.source.name, table.description)
      }
      const session = new ProjectSession(at, options, project, database, await derive(database, project, context.signal), descriptions)
      session.#moved = movedSources(at, project)
      return session
    } catch (error) {
      database.close()
      throw error
    }
  }

  close(): void {
    this.#database.close()
  }

  /** Runs a question while no import rebuilds the data. */
  read<Answer>(work: (database: Database) => Promise<Answer>): Promise<Answer> {
    return this.#lock.read(() => work(this.#database))
  }

  get mapped(): readonly MappedSource[] {
    return mappedSources(this.#project)
  }

  get settings(): Settings {
    return this.#project.settings
  }

  get name(): string {
    return this.#project.name
  }

  get derived(): Derived {
    return this.#derived
  }

  get project(): Project {
    return this.#project
  }

  facts(): ProjectFacts {
    const sources = this.mapped
    return {
      revenueView: this.#derived.orderChoices.revenueView,
      period: this.#derived.period,
      has: (view, roleName) => hasRole(sources, view, roleName),
    }
  }

  async surroundings(database: Database, duckdbVersion: string): Promise<RunSurroundings> {
    return {
      database,
      facts: this.facts(),
      settings: this.#project.settings,
      choices: Object.fromEntries(this.#derived.choices.map((choice) => [choice.key, choice.chosen])),
      fingerprint: this.#derived.fingerprint,
      duckdbVersion,
    }
  }

  source(name: string): MappedSource {
    const sources = this.mapped
    const found = sources.find((mapped) => mapped.source.name.toLowerCase() === name.toLowerCase())
    if (found !== undefined) return found
    throw new AppError('bad-parameter', `There is no table "${name}" in this project.`, {
      hint: `Tables: ${sources.map((mapped) => mapped.source.name).join(', ')}.`,
    })
  }

  async addSources(inputs: readonly SourceInput[], context: CallContext): Promise<void> {
    const described = await describeAll(inputs, this.#options, context)
    await this.#lock.write(async () => {
      const taken = this.#project.sources.map((source) => source.name)
      const tables = planTables(this.folder, described, taken, { kinds: {}, maps: {} })
      await this.#change(addTables(this.#project, tables), tables, context)
    })
  }

  async removeSource(name: string, context: CallContext): Promise<void> {
    const { source } = this.source(name)
    if (this.#project.sources.length === 1) {
      throw new AppError('bad-parameter', 'The last table of a project cannot be removed.', { hint: 'Make a new project instead.' })
    }
    await this.#lock.write(() =>
      this.#change(
        {
          ...this.#project,
          sources: this.#project.sources.filter((candidate) => candidate.name !== source.name),
          steps: this.#project.steps.filter((step) => !(step.do === 'mapRoles' && step.source === source.name)),
        },
        [],
        context,
      ),
    )
  }

  async mapRoles(name: string, kind: TableKind, roles: Readonly<Record<string, string | readonly string[]>>, context: CallContext): Promise<void> {
    const { source, kind: before } = this.source(name)
    const wished = Object.keys(roles).length > 0 || kind === before ? roles : (recognised(this.#descriptions.get(source.name), kind) ?? {})
    const checked = checkRoles(source.name, kind, wished, source.read.columns.map((column) => column.name))
    requireRoles(source.name, { kind, roles: checked })
    const step = mapStep(nextStepId(this.#project.steps), source.name, kind, checked)
    const steps = this.#project.steps.filter((candidate) => !(candidate.do === 'mapRoles' && candidate.source === source.name))
    await this.#lock.write(() => this.#change({ ...this.#project, steps: [...steps, step] }, [], context))
  }

  async choose(choice: string, option: string, context: CallContext): Promise<void> {
    const found = this.choices().find((candidate) => candidate.key === choice)
    if (found === undefined) throw unknownChoice(choice, this)
    if (!found.options.some((candidate) => candidate.key === option)) {
      throw new AppError('bad-parameter', `"${option}" is not an option of ${choice}.`, { hint: `Options: ${found.options.map((candidate) => candidate.key).join(', ')}.` })
    }
    await this.#lock.write(async () => {
      const project = withChoices(this.#project, { [choice]: option })
      const again = project.sources.flatMap((source) => {
        const description = this.#descriptions.get(source.name)
        const concerned = description?.choices.some((candidate) => candidate.key === choice)
        return description !== undefined && concerned ? [{ description, source: reread(source, description, choicesMade(project)), ...kindAndRoles(project, source) }] : []
      })
      const sources = project.sources.map((source) => again.find((table) => table.source.name === source.name)?.source ?? source)
      await this.#change({ ...project, sources }, again, context)
    })
  }

  async updateSettings(changes: Partial<Settings>, name: string | undefined, context: CallContext): Promise<void> {
    const settings = settingsSchema.parse({ ...this.#project.settings, ...changes })
    await this.#lock.write(() => this.#change({ ...this.#project, name: name ?? this.#project.name, settings }, [], context))
  }

  async saveCase(model: CaseModel, context: CallContext): Promise<void> {
    await this.#lock.write(() => {
      const steps = this.#project.steps.filter((step) => step.do !== 'case')
      return this.#change({ ...this.#project, steps: [...steps, { id: nextStepId(this.#project.steps), do: 'case', model }] }, [], context)
    })
  }

  async keepAnalysis(analysis: string, params: Record<string, unknown>, context: CallContext): Promise<void> {
    await this.#lock.write(() => {
      const same = (step: Step): boolean => step.do === 'analyse' && step.analysis === analysis && JSON.stringify(step.params) === JSON.stringify(params)
      if (this.#project.steps.some(same)) return Promise.resolve()
      const step: Step = { id: nextStepId(this.#project.steps), do: 'analyse', analysis, params }
      return this.#change({ ...this.#project, steps: [...this.#project.steps, step] }, [], context)
    })
  }

  async undo(context: CallContext): Promise<void> {
    await this.#travel(this.#past, this.#future, context)
  }

  async redo(context: CallContext): Promise<void> {
    await this.#travel(this.#future, this.#past, context)
  }

  async #travel(from: Project[], to: Project[], context: CallContext): Promise<void> {
    await this.#lock.write(async () => {
      const target = from.at(-1)
      if (target === undefined) return
      const current = this.#project
      const tables = await changedTables(this.folder, current, target, this.#descriptions, this.#options, context)
      await this.#apply(target, tables, context)
      from.pop()
      to.push(current)
    })
  }

  /** Rebuilds everything, on other files where given; columns are compared before anything is replaced. */
  async replay(paths: Readonly<Record<string, string>>, context: CallContext): Promise<void> {
    for (const name of Object.keys(paths)) this.source(name)
    const wanted = new Map(Object.entries(paths).map(([name, path]) => [this.source(name).source.name, path]))
    await this.#lock.write(async () => {
      const names = this.#project.sources.map((source) => source.name)
      const tables = await redescribe(this.folder, this.#project, names, this.#options, context, wanted)
      const sources = this.#project.sources.map((source) => tables.find((table) => table.source.name === source.name)?.source ?? source)
      await this.#change({ ...this.#project, sources }, tables, context)
      this.#moved = new Map()
    })
  }

  choices(): ProjectState['choices'] {
    const made = choicesMade(this.#project)
    const reading = this.#project.sources.flatMap((source) =>
      (this.#descriptions.get(source.name)?.choices ?? []).map((choice) => {
        const option = choice.options.find((candidate) => candidate.key === made.get(choice.key))
        return option === undefined ? choice : { ...choice, chosen: option.key, decidedBy: 'analyst' as const }
      }),
    )
    return [...this.#derived.choices, ...reading]
  }

  state(): ProjectState {
    const project = this.#project
    const sources = this.mapped
    const tableFindings = project.sources.flatMap((source) => this.#descriptions.get(source.name)?.findings ?? [])
    const caseStep = project.steps.findLast((step) => step.do === 'case')
    return {
      folder: this.folder,
      name: project.name,
      settings: project.settings,
      period: this.#derived.period,
      headline: writeHeadline(sources, this.#derived.size, this.#derived.period, project.settings),
      sources: sources.map((mapped) => this.#sourceState(mapped)),
      choices: this.choices(),
      findings: [...this.#derived.findings, ...tableFindings],
      ledger: this.#derived.ledger,
      caseModel: caseStep?.do === 'case' ? caseStep.model : null,
      kept: project.steps.flatMap((step) => (step.do === 'analyse' ? [{ analysis: step.analysis, params: step.params }] : [])),
      canUndo: this.#past.length > 0,
      canRedo: this.#future.length > 0,
      stepCount: project.steps.length,
      savedAt: this.#savedAt.toISOString(),
    }
  }

  #sourceState(mapped: MappedSource): SourceState {
    const { source, kind, roles } = mapped
    const description = this.#descriptions.get(source.name)
    const recognition = description === undefined ? undefined : recognitionAs(description, kind)
    const path = fromStoredPath(this.folder, source.path)
    return {
      name: source.name,
      fileName: basename(path),
      path,
      sheet: source.read.sheet ?? null,
      kind,
      confidence: recognition?.confidence ?? 1,
      reason: recognition?.reason ?? 'Chosen by the analyst',
      alternatives: description === undefined ? [] : [description.recognised, ...description.alternatives].filter((candidate) => candidate.kind !== kind),
      roles,
      rows: source.seen.rows,
      columns: source.read.columns.map((column) => ({ name: column.name, type: column.type, role: roleOf(mapped, column.name) })),
      reading: describeReading(source, description),
      problem: this.#moved.get(source.name) ?? null,
    }
  }

  async #change(next: Project, tables: readonly NewTable[], context: CallContext): Promise<void> {
    const before = this.#project
    await this.#apply(next, tables, context)
    this.#past.push(before)
    this.#future = []
  }

  /** Database first, then the file: a process killed between the two finds the old project and rebuilds its views. */
  async #apply(next: Project, tables: readonly NewTable[], context: CallContext): Promise<void> {
    let project = next
    if (tables.length > 0) {
      this.#database.close()
      try {
        project = await importInto(this.folder, next, tables, this.#options, context)
      } finally {
        this.#database = await openLocked(this.folder, this.#options)
      }
    }
    try {
      const derived = await derive(this.#database, project, context.signal)
      throwIfCancelled(context.signal)
      await writeProject(this.folder, project)
      this.#derived = derived
    } catch (error) {
      await derive(this.#database, this.#project).catch(() => undefined)
      throw error
    }
    this.#project = project
    this.#descriptions = new Map([...this.#descriptions, ...byName(tables)])
    this.#savedAt = new Date()
  }
}

function openLocked(folder: string, options: SessionOptions): Promise<Database> {
  return Database.open({
    path: join(folder, dataFileName),
    tempFolder: options.tempFolder,
    locked: true,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  }).then(async (database) => {
    await database.transaction(casebookSchema)
    return database
  })
}

/** Reads what is in the files, several at a time, without touching any project. */
export async function describeAll(
  inputs: readonly SourceInput[],
  options: SessionOptions,
  context: CallContext,
): Promise<{ input: SourceInput; description: Awaited<ReturnType<typeof describeFile>> }[]> {
  const database = await Database.open({ path: ':memory:', tempFolder: options.tempFolder, locked: false })
  let done = 0
  try {
    return await Promise.all(
      inputs.map(async (input) => {
        const description = await database.withConnection((connection) =>
          describeFile(input.path, {
            connection,
            signal: context.signal,
            tempFolder: options.tempFolder,
            onProgress: (progress) => {
              if (inputs.length === 1) context.onProgress(progress)
            },
          }),
        )
        done += 1
        context.onProgress({ fraction: inputs.length === 1 ? null : done / inputs.length, note: `${basename(input.path)} recognised` })
        return { input, description }
      }),
    )
  } finally {
    database.close()
  }
}

/** Imports tables in one transaction: all of them, or the data file stays as it was. */
async function importInto(folder: string, project: Project, tables: readonly NewTable[], options: SessionOptions, context: CallContext): Promise<Project> {
  const database = await Database.open({
    path: join(folder, dataFileName),
    tempFolder: options.tempFolder,
    locked: false,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  })
  const seen = new Map<string, Source>()
  try {
    await database.transaction(casebookSchema)
    await database.withConnection((connection) =>
      inTransaction(connection, async () => {
        for (const [index, table] of tables.entries()) {
          throwIfCancelled(context.signal)
          const { source } = table
          await runAll(connection, [sql`DROP TABLE IF EXISTS ${rawTable(source.name)}`])
          const imported = await importTable(
            { path: fromStoredPath(folder, source.path), read: source.read },
            { schema: rawSchema, table: source.name },
            {
              connection,
              signal: context.signal,
              tempFolder: options.tempFolder,
              onProgress: ({ fraction, note }) =>
                context.onProgress({
                  fraction: fraction === null ? null : (index + fraction) / tables.length,
                  note: note === '' ? `${source.name}, table ${index + 1} of ${tables.length}` : note,
                }),
            },
          )
          seen.set(source.name, { ...source, seen: { ...source.seen, rows: imported.rows, sha256: imported.sha256, bytes: imported.bytes } })
          await runAll(connection, [writeMeta(`description ${source.name}`, JSON.stringify(table.description)), raw("DELETE FROM casebook.meta WHERE key = 'basis'")])
        }
        throwIfCancelled(context.signal)
      }),
    )
  } finally {
    database.close()
  }
  return { ...project, sources: project.sources.map((source) => seen.get(source.name) ?? source) }
}

async function readDescriptions(database: Database): Promise<Map<string, TableDescription>> {
  const rows = await database.query(z.object({ key: z.string(), value: z.string() }), sql`SELECT key, value FROM casebook.meta WHERE key LIKE 'description %'`)
  // Written by this engine from typed data; a damaged data file is rebuilt, not repaired.
  return new Map(rows.map((row) => [row.key.slice('description '.length), JSON.parse(row.value) as TableDescription]))
}

async function missingTables(database: Database, project: Project): Promise<string[]> {
  const rows = await database.query(z.object({ name: z.string() }), sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${rawSchema}`)
  const present = new Set(rows.map((row) => row.name))
  return project.sources.filter((source) => !present.has(source.name)).map((source) => source.name)
}

/** Describes sources again (data file gone, or new files), keeping roles; missing columns become one error. */
async function redescribe(
  folder: string,
  project: Project,
  names: readonly string[],
  options: SessionOptions,
  context: CallContext,
  paths: ReadonlyMap<string, string> = new Map(),
): Promise<NewTable[]> {
  const sources = project.sources.filter((source) => names.includes(source.name))
  const inputs = sources.map((source) => ({
    name: source.name,
    path: paths.get(source.name) ?? fromStoredPath(folder, source.path),
    ...(source.read.sheet === undefined ? {} : { sheet: source.read.sheet }),
  }))
  const described = await describeAll(inputs, options, context)
  return sources.map((source, index) => {
    const entry = described[index]
    if (entry === undefined) throw new Error('one description a source')
    const oneTable = entry.description.tables.length === 1 && paths.has(source.name) ? entry.description.tables[0] : undefined
    const sheet = oneTable?.sheet ?? source.read.sheet
    const [table] = planTables(folder, [{ input: { name: source.name, path: entry.input.path, ...(sheet === undefined ? {} : { sheet }) }, description: entry.description }], [], { kinds: {}, maps: {} })
    if (table === undefined) throw new Error('planTables answers at least one table')
    const mapping = kindAndRoles(project, source)
    const columns = table.description.columns.map((column) => column.name)
    const checked = checkRoles(source.name, mapping.kind, mapping.roles, columns)
    requireRoles(source.name, { kind: mapping.kind, roles: checked })
    return { ...table, ...mapping, source: reread({ ...table.source, name: source.name, path: toStoredPath(folder, entry.input.path) }, table.description, choicesMade(project)) }
  })
}

function reread(source: Source, description: TableDescription, made: ReadonlyMap<string, string>): Source {
  const read = description.choices.reduce((options, choice) => applyReadingChoice(options, choice.key, made.get(choice.key) ?? choice.chosen), description.read)
  return { ...source, read }
}

function kindAndRoles(project: Project, source: Source): { kind: TableKind; roles: Record<string, string | string[]> } {
  const step = project.steps.findLast((candidate) => candidate.do === 'mapRoles' && candidate.source === source.name)
  return step?.do === 'mapRoles' ? { kind: step.kind, roles: step.roles } : { kind: 'other', roles: {} }
}

/** Tables whose reading differs between two states of a project, or which one of them lacks. */
async function changedTables(
  folder: string,
  current: Project,
  target: Project,
  descriptions: ReadonlyMap<string, TableDescription>,
  options: SessionOptions,
  context: CallContext,
): Promise<NewTable[]> {
  const changed = target.sources.filter((source) => {
    const now = current.sources.find((candidate) => candidate.name === source.name)
    return now === undefined || JSON.stringify([now.path, now.read, now.seen.sha256]) !== JSON.stringify([source.path, source.read, source.seen.sha256])
  })
  const known = changed.flatMap((source) => {
    const description = descriptions.get(source.name)
    return description === undefined ? [] : [{ description, source, ...kindAndRoles(target, source) }]
  })
  const unknown = changed.filter((source) => !descriptions.has(source.name)).map((source) => source.name)
  return unknown.length === 0 ? known : [...known, ...(await redescribe(folder, target, unknown, options, context))]
}

function addTables(project: Project, tables: readonly NewTable[]): Project {
  return tables.reduce<Project>((result, table) => {
    requireRoles(table.source.name, table)
    return {
      ...result,
      sources: [...result.sources, table.source],
      steps: [...result.steps, mapStep(nextStepId(result.steps), table.source.name, table.kind, table.roles)],
    }
  }, project)
}

/** One step a choice: the last answer stands. */
function withChoices(project: Project, choices: Readonly<Record<string, string>>): Project {
  return Object.entries(choices).reduce<Project>(
    (result, [choice, option]) => ({
      ...result,
      steps: [...result.steps.filter((step) => !(step.do === 'choose' && step.choice === choice)), { id: nextStepId(result.steps), do: 'choose', choice, option }],
    }),
    project,
  )
}

function byName(tables: readonly NewTable[]): Map<string, TableDescription> {
  return new Map(tables.map((table) => [table.source.name, table.description]))
}

function recognised(description: TableDescription | undefined, kind: TableKind): Readonly<Record<string, string | readonly string[]>> | undefined {
  return description === undefined ? undefined : recognitionAs(description, kind)?.roles
}

function movedSources(folder: string, project: Project): Map<string, 'moved' | 'changed'> {
  return new Map(project.sources.filter((source) => !existsSync(fromStoredPath(folder, source.path))).map((source) => [source.name, 'moved' as const]))
}

function refuseUnknownChoices(choices: Readonly<Record<string, string>>, session: ProjectSession): void {
  for (const [key, option] of Object.entries(choices)) {
    const found = session.choices().find((choice) => choice.key === key)
    if (found === undefined) throw unknownChoice(key, session)
    if (!found.options.some((candidate) => candidate.key === option)) {
      throw new AppError('bad-parameter', `"${option}" is not an option of ${key}.`, { hint: `Options: ${found.options.map((candidate) => candidate.key).join(', ')}.` })
    }
  }
}

function unknownChoice(key: string, session: ProjectSession): AppError {
  const keys = session.choices().map((choice) => choice.key)
  return new AppError('bad-parameter', `There is no choice "${key}" in this project.`, { hint: keys.length === 0 ? 'It has no choices.' : `Choices: ${keys.join(', ')}.` })
}

function refuseOpenChoices(session: ProjectSession): void {
  const open = session.choices().filter((choice) => choice.decidedBy === 'default')
  if (open.length === 0) return
  throw new AppError('needs-choice', `${open.length} ${open.length === 1 ? 'choice is' : 'choices are'} open: ${open.map((choice) => choice.key).join(', ')}.`, {
    hint: open.map((choice) => `--choose ${choice.key}=${choice.options.map((option) => option.key).join('|')}`).join('\n'),
    data: { choices: open },
  })
}
