import { AppError } from './errors'

const units: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 }

/** With less the database cannot sort even small tables. */
export const leastMemoryBytes = 256 * 2 ** 20

/**
 * Bytes of a size such as `4GB`, `512 MB` or `1.5g`; a thousand is 1,024 here, as the database counts.
 * @param mostBytes the memory of the machine.
 * @throws AppError `bad-parameter` for what is no size, and for sizes that are of no use.
 */
export function parseMemorySize(text: string, mostBytes: number): number {
  const [, amount = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?\s*$/i.exec(text) ?? []
  const bytes = Number(amount) * (units[unit.toLowerCase()] ?? Number.NaN)
  if (amount === '' || !Number.isFinite(bytes))
    throw new AppError('bad-parameter', `"${text}" is not an amount of memory.`, {
      hint: 'Write it as 4GB or 512MB.',
    })
  if (bytes < leastMemoryBytes)
    throw new AppError('bad-parameter', `${text} of memory are too little: Casebook needs at least 256 MB.`, {
      hint: 'Write it as 4GB or 512MB.',
    })
  if (bytes > mostBytes)
    throw new AppError('bad-parameter', `${text} of memory are more than this computer has.`, {
      hint: `It has ${memorySizeText(mostBytes)}; leave some of it to other programs.`,
    })
  return Math.floor(bytes)
}

/** `4 GB`, `1.5 GB`, `512 MB`. */
export function memorySizeText(bytes: number): string {
  if (bytes < 2 ** 30) return `${Math.round(bytes / 2 ** 20)} MB`
  return `${Math.round((bytes / 2 ** 30) * 10) / 10} GB`
}
