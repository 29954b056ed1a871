import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** An absolute path; `~` is the person's home. */
export function expandHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : resolve(path)
}
