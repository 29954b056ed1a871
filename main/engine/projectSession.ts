import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ProjectFacts } from '../../shared/analysis'
import type { Choice, TableDescription } from '../../shared/description'
import type { ProjectState, ReadingPreview } from '../../shared/engineApi'
import type { SourceInput } from '../../shared/engineInputs'
import { throwIfCancelled } from '../../shared/errors'
import type { LayoutWish } from '../../shared/layoutWish'
import type { Preset } from '../../shared/preset'
import { type Project, projectFormat, type Settings } from '../../shared/project'
import type { ReadingWish } from '../../shared/readingWish'
import type { CallContext } from '../../shared/rpc'
import type { RunSurroundings } from './analysisRunner'
import { planNew } from './applyPreset'
import type { Database } from './database'
import { type Derived, derive } from './derived'
import { withCheckedFormulas } from './derivedColumns'
import { describeAll } from './describeAll'
import { describeProject } from './describeProject'
import { readDescriptions } from './importedDescriptions'
import { importInto, missingTables, openLocked, reread } from './importSources'
import { withNewLayout } from './layouts'
import { hasRole, type MappedSource, mappedSources } from './mapping'
import { type Change, type OpenProject, rawSource, sourceNamed, withChoice } from './projectChanges'
import { allChoices, refuseOpenChoices, requireOption } from './projectChoices'
import { dataFileName, projectFileName, readProject, requireFreeFolder, writeProject } from './projectFile'
import { addTables, withChoices } from './projectSteps'
import { previewReading } from './readingWishes'
import { ReadWriteLock } from './readWriteLock'
import { changedTables, redescribe } from './redescribe'
import { replayNotes } from './replayNotes'
import type { SessionOptions } from './sessionOptions'
import { checkedSettings } from './settings'
import { type NewTable, planTables, refuseTwice, type Wishes } from './tables'
import { appVersion } from './versions'
import { type SourceProblem, watchSources } from './watchSources'

export interface NewProject {
  readonly folder: string
  readonly name: string
  readonly sources: readonly SourceInput[]
  readonly choices: Readonly<Record<string, string>>
  readonly wishes: Wishes
  readonly settings: Partial<Settings>
  readonly strict: boolean
  readonly preset?: Preset
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
  #problems: ReadonlyMap<string, SourceProblem> = new Map()

  private constructor(
    folder: string,
    options: SessionOptions,
    project: Project,
    database: Database,
    derived: Derived,
    descriptions: ReadonlyMap<string, TableDescription>,
  ) {
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
    const { planned, choices } = planNew(folder, described, wanted)
    refuseTwice(planned, [])
    const made = new Map(Object.entries(choices))
    const tables = planned.map((table) => ({ ...table, source: reread(table.source, table.description, made) }))
    let database: Database | undefined
    try {
      await mkdir(folder, { recursive: true })
      const empty: Project = {
        format: projectFormat,
        app: appVersion,
        name: wanted.name,
        settings: checkedSettings(wanted.settings),
        sources: [],
        steps: [],
      }
      const project = withChoices(addTables(empty, tables), choices)
      const imported = await importInto(folder, project, tables, options, context, 'later')
      const { project: read } = imported
      database = imported.database
      const derived = await derive(database, read, context.signal)
      const session = new ProjectSession(folder, options, read, database, derived, await readDescriptions(database))
      for (const [key, option] of Object.entries(wanted.choices)) requireOption(session.choices(), key, option)
      if (wanted.strict) refuseOpenChoices(session.choices())
      throwIfCancelled(context.signal)
      await writeProject(folder, read)
      return session
    } catch (error) {
      database?.close()
      await database?.closed
      if (existed) {
        for (const name of [dataFileName, `${dataFileName}.wal`, projectFileName])
          await rm(join(folder, name), { force: true })
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
      const missing = await missingTables(database, project)
      if (missing.length > 0) {
        database.close()
        await database.closed
        const tables = await redescribe(at, project, missing, options, context)
        database = (await importInto(at, project, tables, options, context, 'later')).database
      }
      const session = new ProjectSession(
        at,
        options,
        project,
        database,
        await derive(database, project, context.signal),
        await readDescriptions(database),
      )
      session.#problems = await watchSources(at, project, context.signal)
      return session
    } catch (error) {
      database.close()
      await database.closed
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
      covered: this.#derived.covered,
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
    return sourceNamed(this.#project, name)
  }

  async addSources(inputs: readonly SourceInput[], context: CallContext): Promise<void> {
    const described = await describeAll(inputs, this.#options, context)
    await this.#lock.write(async () => {
      const taken = this.#project.sources.map((source) => source.name)
      const tables = planTables(this.folder, described, taken, { kinds: {}, maps: {} })
      refuseTwice(tables, this.#project.sources)
      await this.#change(addTables(this.#project, tables), tables, context)
    })
  }

  /** Makes a change that follows from the project as it is; tables it names are read again. */
  async change(work: (open: OpenProject) => Project | Change | Promise<Change>, context: CallContext): Promise<void> {
    await this.#lock.write(async () => {
      const wanted = await work({ project: this.#project, descriptions: this.#descriptions })
      const { project, tables } = 'tables' in wanted ? wanted : { project: wanted, tables: [] }
      if (project !== this.#project) await this.#change(project, tables, context)
    })
  }

  async choose(choice: string, option: string, context: CallContext): Promise<void> {
    requireOption(this.choices(), choice, option)
    await this.change((open) => withChoice(open, choice, option), context)
  }

  previewReading(
    name: string,
    wanted: { readonly column: string; readonly as: ReadingWish },
    context: CallContext,
  ): Promise<ReadingPreview> {
    return previewReading(this.folder, rawSource(this.#project, name), wanted, this.#options, context)
  }

  async layOut(name: string, layout: LayoutWish | null, context: CallContext): Promise<void> {
    await this.change(({ project }) => {
      const source = rawSource(project, name)
      return withNewLayout(this.folder, project, source, layout, this.#options, context)
    }, context)
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

  /**
   * Rebuilds everything, on other files where given; columns are compared before anything is replaced. Answers what
   * is worth saying about the files.
   */
  async replay(
    paths: Readonly<Record<string, string | readonly string[]>>,
    context: CallContext,
  ): Promise<readonly string[]> {
    const wanted = new Map(
      Object.entries(paths).map(([name, path]) => [this.source(name).source.name, [path].flat()] as const),
    )
    const before = this.#project
    await this.#lock.write(async () => {
      const names = this.#project.sources.map((source) => source.name)
      const tables = await redescribe(this.folder, this.#project, names, this.#options, context, wanted)
      const sources = this.#project.sources.map(
        (source) => tables.find((table) => table.source.name === source.name)?.source ?? source,
      )
      await this.#change({ ...this.#project, sources }, tables, context)
      this.#problems = new Map()
    })
    return replayNotes(before, this.#project, this.#descriptions)
  }

  choices(): readonly Choice[] {
    return allChoices(this.#project, this.#derived, this.#descriptions)
  }

  state(): ProjectState {
    return describeProject({
      folder: this.folder,
      project: this.#project,
      derived: this.#derived,
      descriptions: this.#descriptions,
      problems: this.#problems,
      canUndo: this.#past.length > 0,
      canRedo: this.#future.length > 0,
      savedAt: this.#savedAt,
    })
  }

  async #change(next: Project, tables: readonly NewTable[], context: CallContext): Promise<void> {
    const before = this.#project
    await this.#apply(next, tables, context)
    this.#past.push(before)
    this.#future = []
  }

  /** Database first, then the file: a process killed between the two finds the old project and rebuilds its views. */
  async #apply(next: Project, tables: readonly NewTable[], context: CallContext): Promise<void> {
    const checked = withCheckedFormulas(next)
    let project = checked
    if (tables.length > 0) {
      this.#database.close()
      await this.#database.closed
      try {
        const imported = await importInto(this.folder, checked, tables, this.#options, context, 'now')
        project = imported.project
        this.#database = imported.database
      } catch (error) {
        this.#database = await openLocked(this.folder, this.#options)
        throw error
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
    // What the contents show is known only after they were read, and by their roles.
    this.#descriptions = await readDescriptions(this.#database)
    this.#savedAt = new Date()
  }
}
