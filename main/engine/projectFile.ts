import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors'
import { type Project, projectFormat, projectSchema } from '../../shared/project'

export const projectFileName = 'project.json'
export const dataFileName = 'data.duckdb'

/** Pure functions, one per format number, applied in order: `migrations[0]` turns format 1 into 2. */
const migrations: readonly ((project: Record<string, unknown>) => Record<string, unknown>)[] = []

const envelopeSchema = z.looseObject({ format: z.number().int().min(1), app: z.string().optional() })

/** Reads and checks `project.json`, migrating older formats in memory. */
export async function readProject(folder: string): Promise<Project> {
  const path = join(folder, projectFileName)
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('bad-file', `There is no Casebook project in ${folder}.`, {
      hint: 'Choose the folder that holds project.json, or make a new project from your files.',
      where: { file: path },
      cause,
    })
  })
  const envelope = envelopeSchema.safeParse(parseJson(text, path))
  if (!envelope.success) throw damaged(path, envelope.error.message)
  if (envelope.data.format > projectFormat) {
    throw new AppError(
      'project-too-new',
      `This project was made by a newer Casebook (${envelope.data.app ?? 'unknown version'}).`,
      {
        hint: 'Update Casebook to open it. The project was not changed.',
        where: { file: path },
      },
    )
  }
  const migrated = migrations
    .slice(envelope.data.format - 1)
    .reduce<Record<string, unknown>>((project, migrate) => migrate(project), envelope.data)
  const project = projectSchema.safeParse(migrated)
  if (!project.success) throw damaged(path, z.prettifyError(project.error))
  return project.data
}

/** Writes beside, then renames: a killed process leaves the old file or the new one, never half of one. */
export async function writeProject(folder: string, project: Project): Promise<void> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, projectFileName)
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`
  const file = await open(temporary, 'w')
  try {
    await file.writeFile(`${JSON.stringify(project, null, 2)}\n`, 'utf8')
    await file.sync()
  } finally {
    await file.close()
  }
  await renameWithRetry(temporary, path)
}

/** Virus scanners hold files for a moment on Windows; the rename then works on a later try. */
async function renameWithRetry(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      if (attempt === 5) {
        await rm(from, { force: true })
        throw new AppError('bad-file', `The project could not be saved to ${dirname(to)}.`, {
          hint: 'Check that the folder can be written to and the disk is not full, then try again.',
          technical: String(error),
          cause: error,
        })
      }
      await new Promise((resume) => setTimeout(resume, 50 * attempt))
    }
  }
}

/** A new project needs a folder that is not there yet, or is empty. */
export async function requireFreeFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return
  const entries = await readdir(folder).catch(() => ['?'])
  if (entries.length > 0) {
    throw new AppError('bad-parameter', `${folder} already exists and is not empty.`, {
      hint: 'Choose another name for the new project, or open the one that is there.',
      where: { file: folder },
    })
  }
}

/** How a source's path is kept: relative to the project with forward slashes, absolute on another drive. */
export function toStoredPath(folder: string, path: string): string {
  const stored = relative(resolve(folder), resolve(path))
  return isAbsolute(stored) ? stored : stored.split(sep).join('/')
}

export function fromStoredPath(folder: string, path: string): string {
  return isAbsolute(path) ? path : resolve(folder, path)
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw damaged(path, String(cause))
  }
}

function damaged(path: string, technical: string): AppError {
  return new AppError('bad-file', 'The project file is damaged.', {
    hint: 'Restore project.json from a backup, or make a new project from the same files. Your source files were not touched.',
    where: { file: path },
    technical,
  })
}
