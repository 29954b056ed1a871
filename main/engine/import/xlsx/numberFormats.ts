/** What a number stands for under its format. A percentage is a number: 0.5 stays 0.5. */
export type NumberKind = 'number' | 'percent' | 'date' | 'time' | 'duration'

const builtinKinds: readonly (readonly [from: number, to: number, kind: NumberKind])[] = [
  [9, 10, 'percent'],
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'date'],
  // East Asian versions of Excel use these.
  [27, 31, 'date'],
  [32, 33, 'time'],
  [34, 36, 'date'],
  [45, 45, 'time'],
  [46, 46, 'duration'],
  [47, 47, 'time'],
  [50, 58, 'date'],
]

/** The kind of a format that workbooks use by number without spelling it out. */
export function kindOfBuiltin(id: number): NumberKind {
  return builtinKinds.find(([from, to]) => id >= from && id <= to)?.[2] ?? 'number'
}

/** The kind of a format code such as `[$-409]d-mmm-yy;@` or `#,##0.00 "mm"`. */
export function kindOfFormat(code: string): NumberKind {
  const section = firstSection(code)
  const bare = section
    // Literals: "text", \x, _x (a gap as wide as x), *x (a filler).
    .replace(/"[^"]*"?|[\\_*]./g, ' ')
    // Signs that stand for hours, minutes or seconds beyond a day; other brackets are colours, conditions, languages.
    .replace(/\[(h+|m+|s+)\]/gi, '\u0001')
    .replace(/\[[^\]]*\]?/g, '')
  if (bare.includes('\u0001')) return 'duration'
  if (/general|standard/i.test(bare)) return 'number'
  const letters = bare
    .replace(/am\/pm|a\/p|上午\/下午/gi, 'h')
    // Parts of a second.
    .replace(/(s)[.,]0+/gi, '$1')
    // Scientific notation.
    .replace(/e[+-]/gi, '')
  const isDigits = /[0#?]/.test(letters)
  if (!isDigits && /[yd]|mmm|e|b{2,}|gg/i.test(letters)) return 'date'
  if (!isDigits && /[hs]/i.test(letters)) return 'time'
  if (!isDigits && /m/i.test(letters)) return 'date'
  return bare.includes('%') ? 'percent' : 'number'
}

/** What stands before the first semicolon that is not in quotes: the format of positive numbers. */
function firstSection(code: string): string {
  return /^(?:"[^"]*"?|\\.|\[[^\]]*\]?|[^;])*/.exec(code)?.[0] ?? ''
}
