import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { z } from 'zod'
import type { RecentProject } from '../../shared/shellApi'
import { readJsonFile, writeJsonFile } from './jsonFile'

export const recentProjectSchema: z.ZodType<RecentProject> = z.object({
  folder: z.string().min(1),
  name: z.string(),
  summary: z.string(),
  state: z.string(),
  stateTone: z.enum(['ok', 'warn', 'plain']),
  openedAt: z.iso.datetime(),
})

const keptProjects = 12

/** Newest first; projects whose folder is gone are left out. */
export function recentProjects(): readonly RecentProject[] {
  return readAll().filter((project) => existsSync(project.folder))
}

export function rememberProject(project: RecentProject): void {
  const others = readAll().filter(({ folder }) => folder !== project.folder)
  writeJsonFile(storePath(), [project, ...others].slice(0, keptProjects))
}

export function forgetProject(folder: string): void {
  writeJsonFile(
    storePath(),
    readAll().filter((project) => project.folder !== folder),
  )
}

const readAll = (): RecentProject[] => readJsonFile(storePath(), z.array(recentProjectSchema), [])
const storePath = (): string => join(app.getPath('userData'), 'recentProjects.json')
