import { randomUUID } from 'node:crypto'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AppError } from '../shared/errors'

/**
 * A folder that temporary files may be written into, as an absolute path.
 * @throws AppError `bad-parameter` when it is not there, no folder, or not to be written into.
 */
export function requireTemporaryFolder(path: string): string {
  const folder = resolve(path)
  const found = statSync(folder, { throwIfNoEntry: false })
  const wrong = (what: string, hint: string, cause?: unknown): AppError =>
    new AppError('bad-parameter', `The folder for temporary files ${what}: ${folder}.`, {
      hint,
      where: { file: folder },
      ...(cause === undefined ? {} : { technical: String(cause), cause }),
    })
  if (found === undefined) throw wrong('is not there', 'Make it first, or choose another one.')
  if (!found.isDirectory()) throw wrong('is a file', 'Choose a folder.')
  const probe = join(folder, `casebook-${randomUUID()}`)
  try {
    writeFileSync(probe, 'x')
  } catch (cause) {
    throw wrong(
      'cannot be written into',
      'Choose another one, allow writing into it, or free space on its disk.',
      cause,
    )
  } finally {
    rmSync(probe, { force: true })
  }
  return folder
}
