import type { EngineApi } from '../../../shared/engineApi'
import { engineInputs } from '../../../shared/engineInputs'
import type { Handlers } from '../../../shared/rpc'
import { sql } from '../../../shared/sql'
import type { TableSource } from '../../../shared/tableView'
import { refuseContacts } from '../contacts'
import type { Database, QueryOptions } from '../database'
import { expandHome } from '../expandHome'
import type { ProjectSession } from '../projectSession'
import { withoutView, withView } from '../savedViews'
import { readableQuestion } from '../sqlPanel'
import { roleOf } from '../tablePages'
import { compareTables } from './compareTables'
import { writeDataMart } from './dataMart'
import { profileHeads } from './distribution'
import { exportTable } from './exportTable'
import { requireColumn } from './filterSql'
import { explainEmpty, readGridPage, readTopValues } from './gridPages'
import { pivotQuestion } from './pivotQuestion'
import { profileColumn } from './profileColumn'
import { findTable, type Relation, type TableList, withRelation } from './relation'

type TableCalls =
  | 'readPage'
  | 'profileTable'
  | 'profileColumn'
  | 'readTopValues'
  | 'explainEmpty'
  | 'pivotQuestion'
  | 'compareTables'
  | 'exportTable'
  | 'exportMart'
  | 'saveView'
  | 'removeView'

/** Everything that is asked about tables as such: pages, profiles, exports, saved views. */
export function tableHandlers(
  session: () => ProjectSession,
  tempFolder: string,
): Pick<Handlers<EngineApi>, TableCalls> {
  const over = <Answer>(
    source: TableSource,
    options: QueryOptions,
    work: (relation: Relation, database: Database, current: ProjectSession) => Promise<Answer>,
  ): Promise<Answer> => {
    const current = session()
    return current.read((database) =>
      withRelation(database, tablesOf(current), source, options, (relation) => work(relation, database, current)),
    )
  }
  return {
    readPage: (input, context) => {
      const { table, sql, ...request } = engineInputs.readPage.parse(input)
      return over({ table, sql }, context, (relation, database) => readGridPage(database, relation, request, context))
    },
    profileTable: (input, context) =>
      over(input, context, (relation, database, current) => {
        const columns = input.columns?.map((name) => requireColumn(relation.columns, name)) ?? relation.columns
        const mapped = current.mapped.find(({ source }) => source.name === relation.name)
        const role = (column: string): string | null => (mapped === undefined ? null : roleOf(mapped, column))
        return profileHeads(database, relation, columns, role, context)
      }),
    profileColumn: ({ column, ...source }, context) =>
      over(source, context, (relation, database) =>
        profileColumn(database, relation, requireColumn(relation.columns, column), context),
      ),
    readTopValues: (input, context) => {
      const { table, sql, ...request } = engineInputs.readTopValues.parse(input)
      return over({ table, sql }, context, (relation, database) => readTopValues(database, relation, request, context))
    },
    explainEmpty: (input, context) => {
      const { table, sql, ...rows } = engineInputs.explainEmpty.parse(input)
      return over({ table, sql }, context, (relation, database) => explainEmpty(database, relation, rows, context))
    },
    pivotQuestion: (input, context) => {
      const { table, sql: question, ...wish } = engineInputs.pivotQuestion.parse(input)
      const current = session()
      return current.read(async (database) => {
        const found = await findTable(database, tablesOf(current), { table, sql: question }, context)
        const shown =
          found.kind === 'imported' ? found.relation : { columns: found.columns, from: sql`(${found.body})` }
        return pivotQuestion(database, shown, wish, context)
      })
    },
    compareTables: ({ left, right }, context) =>
      over({ table: left }, context, (one, database, current) =>
        withRelation(database, tablesOf(current), { table: right }, context, (two) =>
          compareTables(database, one, two, context),
        ),
      ),
    exportTable: (input, context) => {
      const { table, sql, to, ...wish } = engineInputs.exportTable.parse(input)
      return over({ table, sql }, context, async (relation, database, current) => {
        await refuseContacts(database, current.mapped, current.derived.views, { table, sql })
        return exportTable({ database, tempFolder }, relation, { ...wish, to: expandHome(to) }, context)
      })
    },
    exportMart: (input, context) => {
      const current = session()
      const wish = engineInputs.exportMart.parse(input)
      return current.read((database) =>
        writeDataMart(
          { database, tempFolder },
          { sources: current.mapped, choices: current.choices() },
          { ...wish, to: expandHome(wish.to) },
          context,
        ),
      )
    },
    saveView: async (input, context) => {
      const { name, sql } = engineInputs.saveView.parse(input)
      const current = session()
      await current.read((database) => readableQuestion(database, sql))
      await current.change(({ project }) => withView(project, name, sql), context)
      return session().state()
    },
    removeView: async ({ name }, context) => {
      await session().change(({ project }) => withoutView(project, name), context)
      return session().state()
    },
  }
}

function tablesOf(session: ProjectSession): TableList {
  const { fingerprint, views, repairs } = session.derived
  return {
    mapped: session.mapped,
    repaired: new Set(repairs.map(({ source }) => source)),
    savedViews: views,
    fingerprint: JSON.stringify([fingerprint, views.map(({ name, sql }) => [name, sql])]),
  }
}
