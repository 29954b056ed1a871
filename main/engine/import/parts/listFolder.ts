import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../../../shared/errors'

/** The files of a folder that could hold data, in the natural order of their names: part 2 before part 10. */
export async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError('bad-file', `The folder ${basename(folder)} cannot be opened.`, {
      hint: 'Check that it is there and that you may read it.',
      where: { file: folder },
      cause,
    })
  })
  const names = entries.filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && !isForeign(entry.name))
  if (names.length === 0)
    throw new AppError('bad-file', `The folder ${basename(folder)} holds no files.`, {
      hint: 'Choose the folder that holds the CSV, Excel, Parquet or JSON files themselves.',
      where: { file: folder },
    })
  return names
    .map(({ name }) => name)
    .sort(byNaturalOrder)
    .map((name) => join(folder, name))
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const monthOrder = /jan|ene|feb|mar|apr|abr|may|jun|jul|aug|ago|sep|oct|nov|dec|dic/gi
const months = ['jan|ene', 'feb', 'mar', 'apr|abr', 'may', 'jun', 'jul', 'aug|ago', 'sep', 'oct', 'nov', 'dec|dic']

/** Numbers count as numbers and short names of months stand in the order of the year, when both names have one. */
export function byNaturalOrder(one: string, other: string): number {
  const [first, second] = [withMonths(one), withMonths(other)]
  return first !== one && second !== other ? collator.compare(first, second) : collator.compare(one, other)
}

function withMonths(name: string): string {
  return name.replace(monthOrder, (month, at: number) => {
    const isWord = !/\p{L}/u.test(name[at - 1] ?? ' ')
    const number = months.findIndex((words) => new RegExp(`^(${words})$`, 'i').test(month))
    return isWord ? String(number + 1).padStart(2, '0') : month
  })
}

/** What operating systems and spreadsheets leave beside the files of a person. */
const isForeign = (name: string): boolean =>
  name.startsWith('.') || name.startsWith('~$') || /^(thumbs\.db|desktop\.ini)$/i.test(name)
