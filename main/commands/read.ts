import { AppError } from '../../shared/errors'
import { type ReadingWish, readingWishSchema } from '../../shared/readingWish'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, one, readWords } from './words'

const flags = [
  { name: 'as', value: 'KIND', about: 'text, id, number, date or flag' },
  { name: 'format', value: 'FORMAT', about: 'of dates: d/M/yyyy, yyyy-MM-dd …' },
  { name: 'decimal', value: 'SIGN', about: 'of numbers: . or ,' },
  { name: 'recognised', about: 'read it as it was recognised' },
  { name: 'preview', about: 'only show what it would give' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage =
  'read PROJECT TABLE COLUMN (--as KIND [--format FORMAT] [--decimal SIGN] | --recognised) [--preview] [--json]'

export const read: Command = {
  name: 'read',
  usage,
  about: 'Reads a column in another way than was recognised; the table is read again from its file. Saved as a step.',
  flags,
  examples: [
    'read shop sales order_date --as date --format d/M/yyyy --preview',
    'read shop sales amount --as number --decimal ,',
    'read shop sales order_date --recognised',
  ],
  async run(words) {
    const parsed = readWords(words, flags, { least: 3, most: 3 }, usage)
    const [folder = '', source = '', column = ''] = parsed.places
    const context = commandContext()
    await localEngine().openProject({ folder }, context)
    const wish = has(parsed, 'recognised')
      ? null
      : wishOf(one(parsed, 'as'), one(parsed, 'format'), one(parsed, 'decimal'))
    const preview =
      wish === null ? undefined : await localEngine().previewReading({ source, column, as: wish }, context)
    const state = has(parsed, 'preview')
      ? undefined
      : await localEngine().readAs({ source, columns: { [column]: wish } }, context)
    if (has(parsed, 'json')) {
      printJson({ ...(preview === undefined ? {} : { preview }), ...(state === undefined ? {} : { state }) })
      return 0
    }
    for (const cell of preview?.cells ?? []) printLine(`${cell.row}\t${cell.written}\t${cell.value ?? '(empty)'}`)
    if (preview !== undefined) printLine(`${preview.unreadable} of the first ${preview.rows} rows cannot be read so.`)
    const finding = state?.findings.find(
      (one) => one.id === 'unreadable' && one.table === source && one.column === column,
    )
    if (finding !== undefined)
      printLine(`${finding.count} cells of ${column} are empty now: ${finding.examples.join(', ')}`)
    return 0
  },
}

function wishOf(as: string | undefined, format: string | undefined, decimal: string | undefined): ReadingWish {
  const wish = readingWishSchema.safeParse({
    as,
    ...(as === 'date' ? { format } : {}),
    ...(as === 'number' ? { decimal: decimal ?? '.' } : {}),
  })
  if (wish.success) return wish.data
  throw new AppError('bad-parameter', 'Say how the column is to be read.', {
    hint: `Usage: casebook ${usage}`,
    technical: wish.error.message,
  })
}
