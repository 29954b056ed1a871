import { stat, statfs } from 'node:fs/promises'
import { dirname, parse } from 'node:path'
import { AppError } from '../../shared/errors'

/** Data in a project's file take about this share of the text they come from; packed files and workbooks take more. */
const spaceShare = 0.4
const packedSpaceShare = 4
const leastSpace = 4 * 1024 ** 2

/** Whether an error of the database or of Node says that the disk is full. */
export const isDiskFull = (error: unknown): boolean =>
  /no space left|ENOSPC|EDQUOT|disk is full|not enough space|could not write (?:all )?\d* ?bytes/i.test(textOf(error))

/**
 * The error for a disk that filled up while files were read, with the space there is and the space that is needed.
 * @param folder where the project's data are written.
 * @param paths the files that were being read.
 */
export async function diskFull(folder: string, paths: readonly string[], cause: unknown): Promise<AppError> {
  const [free, ...needs] = await Promise.all([freeSpace(folder), ...paths.map(spaceFor)])
  const needed = leastSpace + needs.reduce((sum, bytes) => sum + bytes, 0)
  const left = free === undefined ? '' : ` ${inMegabytes(free)} are free there now.`
  return new AppError('out-of-memory', `The disk is full: about ${inMegabytes(needed)} are needed in ${folder}.`, {
    hint: `Free that space, or make the project on another disk.${left} Nothing was changed.`,
    where: { file: paths[0] ?? folder },
    technical: textOf(cause),
    cause,
  })
}

async function spaceFor(path: string): Promise<number> {
  const bytes = await stat(path).then(
    ({ size }) => size,
    () => 0,
  )
  return bytes * (/\.(gz|xls[xmb]?|ods)$/i.test(path) ? packedSpaceShare : spaceShare)
}

/** Free bytes where a folder is, or is to be made; undefined when nothing can be known. */
export async function freeSpace(folder: string): Promise<number | undefined> {
  for (let place = folder; ; place = dirname(place)) {
    const found = await statfs(place).catch(() => undefined)
    if (found !== undefined) return found.bavail * found.bsize
    if (place === parse(place).root || place === '.') return undefined
  }
}

const inMegabytes = (bytes: number): string =>
  bytes >= 1024 ** 3 ? `${(bytes / 1024 ** 3).toFixed(1)} GB` : `${Math.max(0, Math.round(bytes / 1024 ** 2))} MB`

function textOf(error: unknown): string {
  if (error instanceof AppError) return `${error.message} ${error.technical ?? ''}`
  return String(error)
}
