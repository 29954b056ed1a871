import { stat } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { basename } from 'node:path'
import { AppError } from '../../../../shared/errors'
import { type RunningWorker, startWorker } from '../../workers/startWorker'
import type { WorkbookApi } from './workbookApi'

// These formats are read as a whole: about 25 bytes of memory for a byte of .xlsb or .xls, more for .ods.
const largestFileBytes = 256 * 1024 ** 2
const longestMs = 5 * 60_000
const memoryMb = Math.round(Math.min(3072, Math.max(768, totalmem() / 1024 ** 2 / 3)))

const remedy = 'Open it in Excel or LibreOffice and save it as .xlsx, which Casebook reads at any size.'

/**
 * Starts the reader of .xls, .xlsb and .ods, with a limit of memory and time: SheetJS builds all cells as objects.
 * @throws AppError `bad-file` when the file is larger than it could ever hold
 */
export async function startOldWorkbook(path: string, signal: AbortSignal): Promise<RunningWorker<WorkbookApi>> {
  const { size } = await stat(path)
  if (size > largestFileBytes) throw tooMuch(path, `${size} bytes`)
  const worker = startWorker<WorkbookApi>('oldWorkbookWorker', { memoryMb, signal })
  const timer = setTimeout(() => void worker.stop(tooMuch(path, `more than ${longestMs} ms`)), longestMs)
  const naming = async <Answer>(call: Promise<Answer>): Promise<Answer> => {
    try {
      return await call
    } catch (error) {
      if (error instanceof AppError && error.code === 'out-of-memory') throw tooMuch(path, error.technical ?? '')
      throw error
    }
  }
  return {
    api: {
      open: (input, options) => naming(worker.api.open(input, options)),
      writeSheet: (input, options) => naming(worker.api.writeSheet(input, options)),
      peekSheet: (input, options) => naming(worker.api.peekSheet(input, options)),
    },
    stop: (reason) => {
      clearTimeout(timer)
      return worker.stop(reason)
    },
  }
}

function tooMuch(path: string, technical: string): AppError {
  return new AppError('out-of-memory', `${basename(path)} is too large to be read in this format.`, {
    hint: remedy,
    where: { file: path },
    technical,
  })
}
