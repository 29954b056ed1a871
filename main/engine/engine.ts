import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { version as duckdbVersion } from '@duckdb/node-api'
import { z } from 'zod'
import type { AnalysisAnswer } from '../../shared/analysis'
import type { EngineApi, ProjectState } from '../../shared/engineApi'
import { engineInputs } from '../../shared/engineInputs'
import { AppError } from '../../shared/errors'
import type { CallContext, Handlers } from '../../shared/rpc'
import { sql } from '../../shared/sql'
import { listAnalyses, runAnalysis } from './analysisRunner'
import { proposeCaseFor, writeCaseFile } from './caseWork'
import { changeHandlers } from './changeHandlers'
import { checkFiles } from './checks/checkFiles'
import { previewFormula, withRepair } from './derivedColumns'
import { describeAll } from './describeAll'
import { describeSteps } from './describeSteps'
import { dropUndefined } from './dropUndefined'
import { expandHome } from './expandHome'
import { writeAnswerFile, writeNewFile } from './exportFiles'
import { readFindingRows } from './findingRows'
import { tableHandlers } from './grid/tableHandlers'
import { readJoinKeys, readJoins } from './joins'
import { keyRules } from './keyChoices'
import { previewLayout } from './layouts'
import { ledgerRowsStatement } from './ledger'
import { choicesMade } from './mapping'
import { readMemoryUse } from './memoryUse'
import { presetOf, readPreset } from './presets'
import { withAnalysis } from './projectChanges'
import { writeScript } from './projectScript'
import { ProjectSession } from './projectSession'
import { replayProject } from './replayProject'
import { findSample, readSamples } from './samples'
import type { SessionOptions } from './sessionOptions'
import { answerSql } from './sqlPanel'
import { readRows } from './tablePages'
import { appVersion } from './versions'

export interface EngineOptions {
  readonly tempFolder?: string
  readonly samplesFolder?: string
  readonly threads?: number
  readonly memoryLimitBytes?: number
}

export interface RunningEngine {
  readonly handlers: Handlers<EngineApi>
  /** Closes the open project. */
  close(): void
}

type Input<Name extends keyof typeof engineInputs> = z.output<(typeof engineInputs)[Name]>

/** The engine: one open project at a time, the same in the utility process, the command line and the tests. */
export function createEngine(options: EngineOptions = {}): RunningEngine {
  const sessionOptions: SessionOptions = {
    tempFolder: options.tempFolder ?? join(tmpdir(), `casebook-${process.pid}`),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.memoryLimitBytes === undefined ? {} : { memoryLimitBytes: options.memoryLimitBytes }),
  }
  const samplesFolder = options.samplesFolder ?? resolve('assets', 'samples')
  let open: ProjectSession | undefined

  const session = (): ProjectSession => {
    if (open === undefined)
      throw new AppError('bad-parameter', 'No project is open.', { hint: 'Open a project or files first.' })
    return open
  }
  const replace = (next: ProjectSession | undefined): void => {
    open?.close()
    open = next
  }
  const changed = async (work: Promise<void>): Promise<ProjectState> => {
    await work
    return session().state()
  }
  const run = (id: string, params: Record<string, unknown>, context: CallContext): Promise<AnalysisAnswer> => {
    const current = session()
    return current.read(async (database) =>
      runAnalysis(id, params, await current.surroundings(database, duckdbVersion()), context),
    )
  }
  const create = async (input: Input<'createProject'>, context: CallContext): Promise<ProjectState> => {
    const created = await ProjectSession.create(
      {
        folder: expandHome(input.folder),
        name: input.name,
        sources: input.sources,
        choices: input.choices,
        wishes: { kinds: input.kinds, maps: input.maps },
        settings: dropUndefined(input.settings),
        strict: input.strict,
        ...(input.preset === undefined ? {} : { preset: await readPreset(expandHome(input.preset)) }),
      },
      sessionOptions,
      context,
    )
    replace(created)
    return created.state()
  }

  const handlers: Handlers<EngineApi> = {
    ping: async () => ({ app: appVersion, duckdb: duckdbVersion(), node: process.version }),
    readMemoryUse: () => readMemoryUse(sessionOptions),
    describeFiles: async ({ paths, layout }, context) => {
      const described = await describeAll(
        paths.map((path) => ({ path: expandHome(path), ...(layout === undefined ? {} : { layout }) })),
        sessionOptions,
        context,
      )
      return checkFiles(
        described.map((entry) => entry.description),
        sessionOptions,
        context,
      )
    },
    createProject: (input, context) => create(engineInputs.createProject.parse(input), context),
    openProject: async ({ folder }, context) => {
      // The same folder again must let go of its lock first.
      if (open !== undefined && open.folder === resolve(expandHome(folder))) replace(undefined)
      const opened = await ProjectSession.open(expandHome(folder), sessionOptions, context)
      replace(opened)
      return opened.state()
    },
    closeProject: async () => {
      replace(undefined)
      return null
    },
    addSources: ({ sources }, context) =>
      changed(session().addSources(engineInputs.addSources.parse({ sources }).sources, context)),
    previewFormula: (input, { signal }) => {
      const current = session()
      const { source, ...wanted } = engineInputs.previewFormula.parse(input)
      return current.read((database) =>
        previewFormula(database, current.source(source), wanted, current.settings, { signal }),
      )
    },
    repairJoin: async ({ join }, context) => {
      const current = session()
      const report = await current.read(async (database) =>
        (await readJoins(database, current.mapped, new Map(), context)).find(({ id }) => id === join),
      )
      if (report === undefined || report.repair === null)
        throw new AppError('bad-parameter', `There is nothing to write alike in "${join}".`)
      const { columns } = report.repair
      return changed(current.change(({ project }) => withRepair(project, columns), context))
    },
    previewLayout: (input, context) => {
      const { path, sheet, layout } = engineInputs.previewLayout.parse(input)
      return previewLayout(expandHome(path), sheet, layout, sessionOptions, context)
    },
    previewReading: (input, context) => {
      const { source, ...wanted } = engineInputs.previewReading.parse(input)
      return session().previewReading(source, wanted, context)
    },
    replay: (input, context) =>
      replayProject(
        session(),
        engineInputs.replay.parse(input).sources,
        (id, params) => run(id, params, context),
        context,
      ),
    exportMapping: async (input) => {
      const { to, replace: overwrite } = engineInputs.exportMapping.parse(input)
      return writeNewFile(expandHome(to), `${JSON.stringify(presetOf(session().project), null, 2)}\n`, overwrite)
    },
    ...changeHandlers(session),
    ...tableHandlers(session, sessionOptions.tempFolder),
    readFindingRows: (input, { signal }) => {
      const current = session()
      const request = engineInputs.readFindingRows.parse(input)
      return current.read((database) => readFindingRows(database, current, request, { signal }))
    },
    readLedgerRows: ({ entry, offset, limit }) => {
      const current = session()
      return current.read(async (database) => {
        const statement = ledgerRowsStatement(entry, current.mapped, {
          returns: current.derived.orderChoices.returns,
          repairs: current.derived.repairs,
        })
        if (statement === undefined) throw new AppError('bad-parameter', `The ledger has no entry "${entry}".`)
        const [row] = await database.query(
          z.object({ rows: z.number() }),
          sql`SELECT count(*)::DOUBLE AS rows FROM (${statement})`,
        )
        return {
          ...(await readRows(database, sql`SELECT * FROM (${statement}) LIMIT ${limit} OFFSET ${offset}`)),
          total: row?.rows ?? 0,
        }
      })
    },
    listSteps: () => {
      const current = session()
      return current.read((database) =>
        describeSteps(database, current.project, current.mapped, current.derived.repairs),
      )
    },
    exportScript: (input, context) => {
      const { to, replace: overwrite } = engineInputs.exportScript.parse(input)
      const current = session()
      const { tempFolder } = sessionOptions
      const wish = { to: expandHome(to), replace: overwrite }
      return current.read((database) => writeScript({ database, tempFolder }, current, wish, context))
    },
    listJoins: (_input, { signal, onProgress }) => {
      const current = session()
      const chosen = new Map<string, string>(Object.entries(keyRules(choicesMade(current.project))))
      return current.read((database) => readJoins(database, current.mapped, chosen, { signal, onProgress }))
    },
    readJoinKeys: (input) => {
      const current = session()
      const request = engineInputs.readJoinKeys.parse(input)
      return current.read((database) => readJoinKeys(database, current.mapped, request))
    },
    listAnalyses: async () => listAnalyses(open?.facts() ?? null),
    runAnalysis: async (input, context) => {
      const { id, params, keep } = engineInputs.runAnalysis.parse(input)
      const answer = await run(id, params, context)
      if (keep) await session().change(({ project }) => withAnalysis(project, answer.analysis, params), context)
      return answer
    },
    runSql: (input, { signal }) => {
      const current = session()
      const { sql: text, limit } = engineInputs.runSql.parse(input)
      return current.read((database) => answerSql(database, text, limit, signal))
    },
    exportAnalysis: async (input, context) => {
      const { id, params, to, replace: overwrite } = engineInputs.exportAnalysis.parse(input)
      const answer = await run(id, params, context)
      return writeAnswerFile(answer, session(), expandHome(to), overwrite)
    },
    proposeCase: (_input, context) => proposeCaseFor(session(), (id, params) => run(id, params, context)),
    exportCase: (input, context) => {
      const { to, replace: overwrite } = engineInputs.exportCase.parse(input)
      return writeCaseFile(session(), (id, params) => run(id, params, context), expandHome(to), overwrite, context)
    },
    listSamples: async () =>
      (await readSamples(samplesFolder)).map(({ sources: _sources, choices: _choices, ...info }) => info),
    openSample: async ({ id, folder }, context) => {
      const sample = await findSample(samplesFolder, id)
      return create(
        engineInputs.createProject.parse({
          folder,
          name: sample.title,
          sources: sample.sources.map((source) => ({
            name: source.name,
            path: join(samplesFolder, sample.id, source.file),
          })),
          choices: sample.choices,
          settings: { currency: sample.currency ?? null },
        }),
        context,
      )
    },
  }
  return { handlers, close: () => replace(undefined) }
}

/** Checks the input of a call where it enters the engine. */
export function parseEngineInput(name: string, input: unknown): unknown {
  const schema = Object.entries(engineInputs).find(([method]) => method === name)?.[1]
  if (schema === undefined) throw new AppError('bad-parameter', `The engine cannot do "${name}".`)
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new AppError(
    'bad-parameter',
    `The request "${name}" is not complete: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}.`,
    {
      technical: z.prettifyError(parsed.error),
    },
  )
}
