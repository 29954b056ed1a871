import { mkdirSync, rmSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { z } from 'zod'
import { AppError } from '../../shared/errors'
import { parseMemorySize } from '../../shared/memorySize'
import type { MachineSettings, MachineState } from '../../shared/shellApi'
import { requireTemporaryFolder } from '../temporaryFolder'
import { readJsonFile, writeJsonFile } from './jsonFile'

export const machineSettingsSchema: z.ZodType<MachineSettings> = z.object({
  memory: z.string().min(1).nullable(),
  tempFolder: z.string().min(1).nullable(),
})

const unset: MachineSettings = { memory: null, tempFolder: null }

/** What the person has set for this computer, and what stands in the way of it. */
export function machineState(): MachineState {
  const settings = readJsonFile(storePath(), machineSettingsSchema, unset)
  return { ...settings, totalMemory: totalmem(), usualTempFolder: usualFolder(), problem: problemOf(settings) }
}

/** Keeps the settings for the next engine; answers what is wrong with them instead, when something is. */
export function changeMachineSettings(settings: MachineSettings): MachineState['problem'] {
  const problem = problemOf(settings)
  if (problem === null) writeJsonFile(storePath(), settings)
  return problem
}

/**
 * The environment of an engine that is about to start. A setting that cannot be used, because a disk is not there
 * today, must not keep the app from starting: the usual one takes its place. The folder is emptied at each start.
 */
export function machineEnvironment(): Record<string, string> {
  const set = readJsonFile(storePath(), machineSettingsSchema, unset)
  const memory = usable(process.env['CASEBOOK_MEMORY'] || set.memory, (text) =>
    String(parseMemorySize(text, totalmem())),
  )
  const parent = usable(process.env['CASEBOOK_TEMP'] || set.tempFolder, requireTemporaryFolder)
  const folder = parent === undefined ? usualFolder() : join(parent, 'Casebook temporary files')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return { CASEBOOK_MEMORY: memory ?? '', CASEBOOK_TEMPORARY_FOLDER: folder }
}

function problemOf({ memory, tempFolder }: MachineSettings): MachineState['problem'] {
  try {
    if (memory !== null) parseMemorySize(memory, totalmem())
    if (tempFolder !== null) requireTemporaryFolder(tempFolder)
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { message: error.message, hint: error.hint ?? '' }
  }
}

function usable<Value>(text: string | null, check: (text: string) => Value): Value | undefined {
  try {
    return text === null ? undefined : check(text)
  } catch {
    return undefined
  }
}

const storePath = (): string => join(app.getPath('userData'), 'machineSettings.json')
const usualFolder = (): string => join(app.getPath('userData'), 'temporary')
