import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { FileDescription } from '../../shared/description'
import type { SourceInput } from '../../shared/engineInputs'
import type { CallContext } from '../../shared/rpc'
import { Database } from './database'
import { describeFile } from './import/describeFile'
import { describeFiles, describeFolder } from './import/parts/describeTogether'
import type { ImportWork } from './import/work'
import { databaseOptions, type SessionOptions } from './sessionOptions'

/** One file, several files of one table, or a folder of files. */
export interface InputGroup {
  readonly input: SourceInput
  readonly paths: readonly string[]
}

export interface Described {
  readonly input: SourceInput
  readonly description: FileDescription
}

/** Reads what is in the files, several at a time, without touching any project. */
export function describeAll(
  inputs: readonly SourceInput[],
  options: SessionOptions,
  context: CallContext,
): Promise<Described[]> {
  return describeGroups(groupInputs(inputs), options, context)
}

export async function describeGroups(
  groups: readonly InputGroup[],
  options: SessionOptions,
  context: CallContext,
): Promise<Described[]> {
  const database = await Database.open({ ...databaseOptions(options), path: ':memory:', locked: false })
  // One file that cannot be read stops the reading of the others.
  const failed = new AbortController()
  const signal = AbortSignal.any([context.signal, failed.signal])
  let done = 0
  const withWork = <Answer>(use: (work: ImportWork) => Promise<Answer>): Promise<Answer> =>
    database.withConnection((connection) =>
      use({
        connection,
        signal,
        tempFolder: options.tempFolder,
        onProgress: (progress) => {
          if (groups.length === 1) context.onProgress(progress)
        },
      }),
    )
  const describe = async (group: InputGroup): Promise<Described> => {
    const description = await describeGroup(group, withWork)
    done += 1
    context.onProgress({
      fraction: groups.length === 1 ? null : done / groups.length,
      note: `${basename(group.input.path)} recognised`,
    })
    return { input: group.input, description }
  }
  try {
    return await Promise.all(groups.map(describe))
  } catch (error) {
    failed.abort()
    throw error
  } finally {
    database.close()
    await database.closed
  }
}

/** Files given under one name are parts of one table. */
function groupInputs(inputs: readonly SourceInput[]): InputGroup[] {
  const groups = new Map<string, { input: SourceInput; paths: string[] }>()
  for (const [index, input] of inputs.entries()) {
    const key = input.name === undefined ? `file ${index}` : `name ${input.name.toLowerCase()}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { input, paths: [input.path] })
    else group.paths.push(input.path)
  }
  return [...groups.values()]
}

function describeGroup(
  { input, paths }: InputGroup,
  withWork: <Answer>(use: (work: ImportWork) => Promise<Answer>) => Promise<Answer>,
): Promise<FileDescription> {
  const [path = '', ...others] = paths
  const { layout, sheet } = input
  const wished = layout === undefined ? undefined : { layout, sheet }
  if (others.length > 0) return describeFiles(input.name ?? basename(path), paths, sheet, withWork, wished)
  if (existsSync(path) && statSync(path).isDirectory()) return describeFolder(path, input.name, withWork, wished)
  return withWork((work) => describeFile(path, work, wished))
}
