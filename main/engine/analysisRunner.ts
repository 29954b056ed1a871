import { createHash } from 'node:crypto'
import { z } from 'zod'
import { analyses } from '../../shared/analyses'
import type { Analysis, AnalysisAnswer, Columns, Engine, ProjectFacts } from '../../shared/analysis'
import type { AnalysisListing } from '../../shared/engineApi'
import { AppError } from '../../shared/errors'
import { createFormatter } from '../../shared/format'
import type { Settings } from '../../shared/project'
import { tableKinds } from '../../shared/roles'
import type { CallContext } from '../../shared/rpc'
import { ident, join, raw, type Sql, sql, toReadable } from '../../shared/sql'
import type { Database } from './database'
import { appVersion } from './versions'

export interface RunSurroundings {
  readonly database: Database
  readonly facts: ProjectFacts
  readonly settings: Settings
  readonly choices: Readonly<Record<string, string>>
  /** Changes whenever sources, roles or choices do. */
  readonly fingerprint: string
  readonly duckdbVersion: string
}

export function listAnalyses(facts: ProjectFacts | null): AnalysisListing[] {
  return analyses.map((analysis) => {
    const missing = facts === null ? 'needs a project' : missingFor(analysis, facts)
    return {
      id: analysis.id,
      group: analysis.group,
      theme: analysis.theme,
      title: analysis.title,
      question: analysis.question,
      needs: analysis.needs.map((need) => `${need.view}: ${need.roles.join(', ')}`),
      params: z.toJSONSchema(analysis.params, { io: 'input', unrepresentable: 'any' }),
      available: missing === null,
      missing,
    }
  })
}

export function findAnalysis(id: string): Analysis {
  const found = analyses.find((analysis) => analysis.id === id)
  if (found !== undefined) return found
  throw new AppError('bad-parameter', `There is no analysis "${id}".`, {
    hint: `Analyses: ${analyses.map((analysis) => analysis.id).join(', ')}.`,
  })
}

function missingFor(analysis: Analysis, facts: ProjectFacts): string | null {
  for (const need of analysis.needs) {
    if (!facts.has(need.view)) return `needs ${tableKinds[need.view].toLowerCase()}`
    const role = need.roles.find((name) => !facts.has(need.view, name))
    if (role !== undefined) return `needs ${role} in ${tableKinds[need.view].toLowerCase()}`
  }
  return null
}

/** Runs an analysis, or answers from what was computed before under the same step, data and versions. */
export async function runAnalysis(
  id: string,
  input: unknown,
  around: RunSurroundings,
  context: CallContext,
): Promise<AnalysisAnswer> {
  const analysis = findAnalysis(id)
  const missing = missingFor(analysis, around.facts)
  if (missing !== null) {
    throw new AppError('not-enough-data', `${analysis.title} ${missing}.`, {
      hint: 'Add a file that holds it, or give the role to a column on the Data screen.',
    })
  }
  const params = parseParams(analysis, input)
  const key = createHash('sha256')
    .update(
      JSON.stringify([analysis.id, analysis.version, params, around.fingerprint, appVersion, around.duckdbVersion]),
    )
    .digest('hex')
  const cached = await readCached(around.database, key)
  const format = createFormatter(around.settings)
  if (cached !== undefined) {
    return {
      ...cached,
      report: analysis.report(cached.result, params, format),
      computed: { ...cached.computed, cached: true },
    }
  }
  const statements: string[] = []
  const result = (await analysis.run(params, engineFor(around, statements, context))) as AnalysisAnswer['result']
  if (context.signal.aborted) throw new AppError('cancelled', 'Cancelled. Nothing was changed.')
  const answer: AnalysisAnswer = {
    analysis: analysis.id,
    title: analysis.title,
    params,
    period: result.period,
    result,
    report: analysis.report(result, params, format),
    definition: analysis.card,
    sql: statements,
    choices: around.choices,
    computed: {
      at: new Date().toISOString(),
      app: appVersion,
      engine: `DuckDB ${around.duckdbVersion}`,
      cached: false,
    },
  }
  await writeCached(around.database, key, answer)
  return answer
}

function parseParams(analysis: Analysis, input: unknown): unknown {
  refuseUnknownParams(analysis, input)
  const parsed = analysis.params.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const name = issue?.path.join('.') ?? ''
  throw new AppError(
    'bad-parameter',
    `${analysis.title}: ${name === '' ? '' : `"${name}" `}${issue?.message ?? 'is not valid'}.`,
    {
      hint: `See the parameters with: casebook analyses --json.`,
      technical: z.prettifyError(parsed.error),
    },
  )
}

/** A name that is spelled wrong must not pass for its default. */
function refuseUnknownParams(analysis: Analysis, input: unknown): void {
  const schema = z.toJSONSchema(analysis.params, { io: 'input', unrepresentable: 'any' })
  const known = Object.keys(schema.properties ?? {})
  const unknown = Object.keys(typeof input === 'object' && input !== null ? input : {}).find(
    (name) => !known.includes(name),
  )
  if (unknown === undefined) return
  throw new AppError('bad-parameter', `${analysis.title} has no parameter "${unknown}".`, {
    hint: known.length === 0 ? 'It has no parameters.' : `Its parameters: ${known.join(', ')}.`,
  })
}

function engineFor(around: RunSurroundings, statements: string[], context: CallContext): Engine {
  const { database } = around
  const { signal, onProgress } = context
  return {
    facts: around.facts,
    signal,
    progress: (fraction, note) => onProgress({ fraction, note }),
    query: (row, statement) => {
      statements.push(toReadable(statement))
      return database.query(row, statement, { signal })
    },
    columns: (statement) => {
      statements.push(toReadable(statement))
      return database.columns(statement, { signal })
    },
    saveTable: (name, columns) => saveTable(database, name, columns),
  }
}

/** Kept tables live in the schema `kept`; the last one of a name counts. */
async function saveTable(database: Database, name: string, columns: Columns): Promise<void> {
  const names = Object.keys(columns)
  const types = names.map((column) =>
    columns[column] instanceof Float64Array ? 'DOUBLE' : columns[column] instanceof Int32Array ? 'INTEGER' : 'VARCHAR',
  )
  const definitions = names.map((column, index) => sql`${ident(column)} ${raw(types[index] ?? 'VARCHAR')}`)
  await database.transaction([
    raw('CREATE SCHEMA IF NOT EXISTS kept'),
    sql`CREATE OR REPLACE TABLE kept.${ident(name)} (${join(definitions, ', ')})`,
  ])
  await database.withConnection(async (connection) => {
    const appender = await connection.createAppender(name, 'kept')
    const rows = names[0] === undefined ? 0 : (columns[names[0]]?.length ?? 0)
    for (let row = 0; row < rows; row += 1) {
      names.forEach((column, index) => {
        const value = columns[column]?.[row] ?? null
        if (value === null || (typeof value === 'number' && Number.isNaN(value))) appender.appendNull()
        else if (typeof value === 'string') appender.appendVarchar(value)
        else if (types[index] === 'INTEGER') appender.appendInteger(value)
        else appender.appendDouble(value)
      })
      appender.endRow()
    }
    appender.closeSync()
  })
}

/** Answers larger than this are computed again rather than kept. */
const largestCachedBytes = 8 * 1024 ** 2

async function readCached(database: Database, key: string): Promise<AnalysisAnswer | undefined> {
  const [row] = await database.query(
    z.object({ answer: z.string() }),
    sql`SELECT answer FROM casebook.answers WHERE key = ${key}`,
  )
  return row === undefined ? undefined : (JSON.parse(row.answer) as AnalysisAnswer)
}

async function writeCached(database: Database, key: string, answer: AnalysisAnswer): Promise<void> {
  const text = JSON.stringify(answer)
  if (text.length > largestCachedBytes) return
  await database.run(sql`INSERT OR REPLACE INTO casebook.answers VALUES (${key}, ${text})`)
}

/** Where the engine keeps what can be rebuilt: descriptions, the views' fingerprint, answers. */
export const casebookSchema: readonly Sql[] = [
  raw('CREATE SCHEMA IF NOT EXISTS casebook'),
  raw('CREATE SCHEMA IF NOT EXISTS raw'),
  raw('CREATE TABLE IF NOT EXISTS casebook.meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)'),
  raw('CREATE TABLE IF NOT EXISTS casebook.answers (key VARCHAR PRIMARY KEY, answer VARCHAR NOT NULL)'),
  // Which rows of a table that is put together came from which file.
  raw(
    'CREATE TABLE IF NOT EXISTS casebook.parts (source VARCHAR, part INTEGER, file VARCHAR, sha256 VARCHAR, first_row BIGINT, last_row BIGINT)',
  ),
]
