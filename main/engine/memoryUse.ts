import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { MemoryUse } from '../../shared/engineApi'
import { usualMemoryLimit } from './databaseSettings'
import { freeSpace } from './diskSpace'
import type { SessionOptions } from './sessionOptions'

/** What the engine takes now: of its process, because the database is only a part of it. */
export async function readMemoryUse({ tempFolder, memoryLimitBytes }: SessionOptions): Promise<MemoryUse> {
  const [temporary, free] = await Promise.all([bytesIn(tempFolder), freeSpace(tempFolder)])
  return {
    limit: memoryLimitBytes ?? usualMemoryLimit(),
    used: process.memoryUsage().rss,
    tempFolder,
    temporary,
    free: free ?? null,
  }
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (found) => (found.isFile() ? found.size : 0),
        // Temporary files come and go.
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, bytes) => sum + bytes, 0)
}
