import { AppError } from '../../shared/errors'
import { type LayoutWish, layoutWishSchema, textEncodings } from '../../shared/layoutWish'
import { type Flag, one, type Words } from './words'

/** Flags that say how a file is cut. */
export const layoutFlags: readonly Flag[] = [
  { name: 'encoding', value: 'NAME', about: `of text: ${textEncodings.join(', ')}` },
  { name: 'delimiter', value: 'SIGN', about: 'of text: one sign, or comma, semicolon, tab, bar, blanks' },
  { name: 'quote', value: 'SIGN', about: 'of text: " or \'' },
  { name: 'header', value: 'ROW', about: 'the row that names the columns, from 1; 0 when none does' },
]

const delimiters: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  bar: '|',
  blank: ' ',
  blanks: ' ',
  space: ' ',
}

/** What the flags wish; undefined when they wish nothing. @throws AppError `bad-parameter`. */
export function readLayout(words: Words): LayoutWish | undefined {
  return layoutOf({
    encoding: one(words, 'encoding'),
    delimiter: one(words, 'delimiter'),
    quote: one(words, 'quote'),
    header: one(words, 'header'),
  })
}

/** A wish in words, by the names of the flags. @throws AppError `bad-parameter`. */
export function layoutOf(wished: Readonly<Record<string, string | undefined>>): LayoutWish | undefined {
  const said = Object.entries(wished).filter(([, value]) => value !== undefined)
  if (said.length === 0) return undefined
  const known = layoutFlags.map(({ name }) => name)
  const unknown = said.find(([name]) => !known.includes(name))
  if (unknown !== undefined)
    throw new AppError('bad-parameter', `"${unknown[0]}" says nothing about how a file is cut.`, {
      hint: `There are: ${known.join(', ')}.`,
    })
  const { encoding, delimiter, quote, header } = wished
  const wish = layoutWishSchema.safeParse({
    ...(encoding === undefined ? {} : { encoding: encoding.toLowerCase() }),
    ...(delimiter === undefined ? {} : { delimiter: delimiters[delimiter.toLowerCase()] ?? delimiter }),
    ...(quote === undefined ? {} : { quote }),
    ...(header === undefined ? {} : { headerRow: Number(header) }),
  })
  if (wish.success) return wish.data
  const [issue] = wish.error.issues
  throw new AppError('bad-parameter', `The ${String(issue?.path[0] ?? 'layout')} cannot be that.`, {
    hint: layoutFlags.map(({ name, about }) => `--${name}: ${about}`).join('\n'),
    technical: wish.error.message,
  })
}
