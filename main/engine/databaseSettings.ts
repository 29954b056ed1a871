import { freemem, totalmem } from 'node:os'
import { join } from 'node:path'

export interface DatabaseOptions {
  /** The file, or `:memory:`. */
  readonly path: string
  readonly tempFolder: string
  /** Unlocked databases may read files: only for importing what the person picked. */
  readonly locked: boolean
  readonly threads?: number
  readonly memoryLimitBytes?: number
}

/** A database in memory beside a locked one, for what is made only to be looked at; it spills to the temp folder. */
export const scratchCatalog = 'scratch'

/** The one folder a locked database may write into. */
export const exportFolder = (tempFolder: string): string => join(tempFolder, 'export')

/** What a database may take when nobody has said: most of what is free, but not all of it. */
export const usualMemoryLimit = (): number =>
  Math.max(1024 ** 3, Math.floor(Math.min(totalmem() * 0.6, Math.max(freemem(), totalmem() * 0.4))))

/** What a database is told before it is asked anything. */
export function databaseSettings(options: DatabaseOptions): string[] {
  const limit = options.memoryLimitBytes ?? usualMemoryLimit()
  return [
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET allow_community_extensions = false',
    `SET memory_limit = '${Math.floor(limit / 1024 ** 2)}MiB'`,
    `SET temp_directory = '${options.tempFolder.replaceAll("'", "''")}'`,
    `SET TimeZone = 'UTC'`,
    'SET enable_progress_bar = true',
    'SET enable_progress_bar_print = false',
    ...(options.threads === undefined ? [] : [`SET threads = ${Math.max(1, Math.floor(options.threads))}`]),
  ]
}

/** What takes a database the right to touch files, but for exports. */
export function lockSettings({ tempFolder }: Pick<DatabaseOptions, 'tempFolder'>): string[] {
  return [
    `ATTACH ':memory:' AS ${scratchCatalog}`,
    `SET allowed_directories = ['${exportFolder(tempFolder).replaceAll("'", "''")}']`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ]
}
