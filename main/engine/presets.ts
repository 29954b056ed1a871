import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors'
import { type Preset, presetSchema, presetVersion } from '../../shared/preset'
import type { Project } from '../../shared/project'
import { questionOf } from './import/renameColumns'
import { choicesMade, mappedSources } from './mapping'
import { appVersion } from './versions'

/** The mapping of a project, to be applied to other files of the same shape. */
export function presetOf(project: Project): Preset {
  const answers = [...choicesMade(project)].map(([key, option]) => {
    const asked = project.sources.find(({ name, read }) => {
      const columns = read.columns.map((column) => column.name)
      return key.startsWith(`${name}.`) && questionOf(key, columns).column !== undefined
    })
    return { key, option, source: asked?.name }
  })
  return {
    preset: 'casebook mapping',
    version: presetVersion,
    app: appVersion,
    tables: mappedSources(project).map(({ source, kind, roles }) => ({
      name: source.name,
      kind,
      columns: source.seen.columns,
      roles: Object.fromEntries(
        Object.entries(roles).map(([role, column]) => [role, typeof column === 'string' ? column : [...column]]),
      ),
      answers: answers.flatMap(({ key, option, source: asked }) => {
        if (asked !== source.name) return []
        const { column, question } = questionOf(
          key,
          source.read.columns.map(({ name }) => name),
        )
        return column === undefined ? [] : [{ column, question, option }]
      }),
    })),
    choices: Object.fromEntries(
      answers.flatMap(({ key, option, source }) => (source === undefined ? [[key, option] as const] : [])),
    ),
  }
}

/** Reads and checks the file of a preset. */
export async function readPreset(path: string): Promise<Preset> {
  const refuse = (what: string, hint: string, technical: string): AppError =>
    new AppError('bad-file', `${basename(path)} ${what}.`, { hint, where: { file: path }, technical })
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw refuse('cannot be opened', 'Check the path of the preset.', String(cause))
  })
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw refuse('is no preset: it is not JSON', 'Write one with "casebook preset PROJECT --to FILE".', String(cause))
  }
  const newer = z.looseObject({ version: z.number().gt(presetVersion) }).safeParse(content)
  if (newer.success) throw refuse('was written by a newer Casebook', 'Update Casebook to use it.', '')
  const preset = presetSchema.safeParse(content)
  if (preset.success) return preset.data
  throw refuse(
    'is no preset of Casebook',
    'Write one with "casebook preset PROJECT --to FILE".',
    z.prettifyError(preset.error),
  )
}
