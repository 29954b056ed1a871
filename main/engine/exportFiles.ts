import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import type { AnalysisAnswer } from '../../shared/analysis'
import { AppError } from '../../shared/errors'
import { createFormatter } from '../../shared/format'
import type { WrittenFile } from '../../shared/tableAnswers'
import { byteOrderMark, toCsv } from '../printers/toCsv'
import { toExcel } from '../printers/toExcel'
import { toHtml } from '../printers/toHtml'
import { toText } from '../printers/toText'
import type { ProjectSession } from './projectSession'

/** Writes an answer in the format its ending names. */
export async function writeAnswerFile(
  answer: AnalysisAnswer,
  session: ProjectSession,
  to: string,
  replace: boolean,
): Promise<WrittenFile> {
  const format = createFormatter(session.settings)
  switch (extname(to).toLowerCase()) {
    case '.json':
      return writeNewFile(to, `${JSON.stringify({ ...answer, choices: session.choices() }, null, 2)}\n`, replace)
    case '.csv':
      return writeNewFile(to, byteOrderMark + toCsv(answer), replace)
    case '.xlsx':
      return writeNewFile(to, await toExcel([answer]), replace)
    case '.html':
      return writeNewFile(to, toHtml([answer], format), replace)
    case '.txt':
      return writeNewFile(to, `${toText(answer, format)}\n`, replace)
    default:
      throw new AppError(
        'bad-parameter',
        `Casebook cannot write ${extname(to) === '' ? 'a file without an ending' : extname(to)} here.`,
        {
          hint: 'Choose a name that ends in .xlsx, .csv, .html, .json or .txt.',
          where: { file: to },
        },
      )
  }
}

/** Writes beside, then renames; never over a file that is there unless asked. */
export async function writeNewFile(path: string, content: string | Uint8Array, replace: boolean): Promise<WrittenFile> {
  if (existsSync(path) && !replace) {
    throw new AppError('bad-parameter', `${path} is there already.`, {
      hint: 'Choose another name, or add --replace on the command line.',
      where: { file: path },
    })
  }
  const temporary = `${path}.part`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(temporary, content)
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true })
    throw new AppError('bad-file', `${path} could not be written.`, {
      hint: 'Check that the folder can be written to, the disk is not full and no other program has the file open.',
      where: { file: path },
      technical: String(cause),
      cause,
    })
  }
  return { path, bytes: typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength }
}
