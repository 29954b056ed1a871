import type { EngineApi, ProjectState } from '../../shared/engineApi'
import { engineInputs } from '../../shared/engineInputs'
import type { Project } from '../../shared/project'
import type { CallContext, Handlers } from '../../shared/rpc'
import { withColumn, withoutColumn } from './derivedColumns'
import { dropUndefined } from './dropUndefined'
import {
  type Change,
  type OpenProject,
  withCase,
  withoutSource,
  withReading,
  withRoles,
  withSettings,
} from './projectChanges'
import type { ProjectSession } from './projectSession'
import { withDecision, withoutDecision } from './repairs'

type ChangeCalls =
  | 'removeSource'
  | 'mapRoles'
  | 'deriveColumn'
  | 'removeColumn'
  | 'readAs'
  | 'layOut'
  | 'acceptFinding'
  | 'reopenFinding'
  | 'choose'
  | 'updateSettings'
  | 'undo'
  | 'redo'
  | 'saveCase'

/** What the analyst does to a project: each is a step, and each can be undone. */
export function changeHandlers(session: () => ProjectSession): Pick<Handlers<EngineApi>, ChangeCalls> {
  const changed = async (work: Promise<void>): Promise<ProjectState> => {
    await work
    return session().state()
  }
  const change = (work: (open: OpenProject) => Project | Change, context: CallContext): Promise<ProjectState> =>
    changed(session().change(work, context))
  return {
    removeSource: ({ name }, context) => change(({ project }) => withoutSource(project, name), context),
    mapRoles: ({ source, kind, roles }, context) => change((open) => withRoles(open, source, kind, roles), context),
    deriveColumn: (input, context) => {
      const wanted = engineInputs.deriveColumn.parse(input)
      const source = session().source(wanted.source).source.name
      return change(({ project }) => withColumn(project, { ...wanted, source }), context)
    },
    removeColumn: ({ source, name }, context) => {
      const known = session().source(source).source.name
      return change(({ project }) => withoutColumn(project, known, name), context)
    },
    readAs: (input, context) => {
      const { source, columns } = engineInputs.readAs.parse(input)
      return change((open) => withReading(open, source, columns), context)
    },
    layOut: (input, context) => {
      const { source, layout } = engineInputs.layOut.parse(input)
      return changed(session().layOut(source, layout, context))
    },
    acceptFinding: (input, context) => {
      const { action, ...named } = engineInputs.acceptFinding.parse(input)
      const { findings } = session().state()
      return change(({ project }) => withDecision(project, findings, named, action), context)
    },
    reopenFinding: (input, context) => {
      const named = engineInputs.reopenFinding.parse(input)
      return change(({ project }) => withoutDecision(project, named), context)
    },
    choose: ({ choice, option }, context) => changed(session().choose(choice, option, context)),
    updateSettings: (input, context) => {
      const { name, ...settings } = engineInputs.updateSettings.parse(input)
      return change(({ project }) => withSettings(project, dropUndefined(settings), name), context)
    },
    undo: (_input, context) => changed(session().undo(context)),
    redo: (_input, context) => changed(session().redo(context)),
    saveCase: (input, context) => {
      const { model } = engineInputs.saveCase.parse(input)
      return change(({ project }) => withCase(project, model), context)
    },
  }
}
