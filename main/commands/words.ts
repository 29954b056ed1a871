import { AppError } from '../../shared/errors'

/** One flag of a command. */
export interface Flag {
  readonly name: string
  /** What stands after it, for the help; absent for switches. */
  readonly value?: string
  readonly repeats?: true
  readonly about: string
}

export interface Words {
  readonly places: readonly string[]
  readonly values: ReadonlyMap<string, readonly string[]>
}

/** Splits the words of a command into places and flags; an unknown flag is an error, never ignored. */
export function readWords(
  words: readonly string[],
  flags: readonly Flag[],
  places: { readonly least: number; readonly most: number },
  usage: string,
): Words {
  const found: string[] = []
  const values = new Map<string, string[]>()
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (!word.startsWith('--') || word === '--') {
      if (word !== '--') found.push(word)
      continue
    }
    const [name = '', ...inline] = word.slice(2).split('=')
    const flag = flags.find((candidate) => candidate.name === name)
    if (flag === undefined) throw wrong(`There is no option --${name}.`, usage)
    if (flag.value === undefined) {
      if (inline.length > 0) throw wrong(`--${name} takes no value.`, usage)
      values.set(name, ['yes'])
      continue
    }
    if (inline.length === 0) at += 1
    const value = inline.length > 0 ? inline.join('=') : words[at]
    if (value === undefined) throw wrong(`--${name} needs a value: ${flag.value}.`, usage)
    if (!flag.repeats && values.has(name)) throw wrong(`--${name} is given twice.`, usage)
    values.set(name, [...(values.get(name) ?? []), value])
  }
  if (found.length < places.least) throw wrong('Something is missing.', usage)
  if (found.length > places.most) throw wrong(`"${found[places.most] ?? ''}" is one word too many.`, usage)
  return { places: found, values }
}

export function has(words: Words, flag: string): boolean {
  return words.values.has(flag)
}

export function one(words: Words, flag: string): string | undefined {
  return words.values.get(flag)?.[0]
}

export function all(words: Words, flag: string): readonly string[] {
  return words.values.get(flag) ?? []
}

/** `KEY=VALUE` in two. */
export function pair(text: string, flag: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new AppError('bad-parameter', `--${flag} takes KEY=VALUE, not "${text}".`)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** Numbers, true/false and JSON become what they say; all else stays text. */
export function readValue(text: string): unknown {
  if (/^(-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null)$/.test(text) || /^[[{"]/.test(text)) {
    try {
      return JSON.parse(text)
    } catch {
      return text
    }
  }
  return text
}

function wrong(message: string, usage: string): AppError {
  return new AppError('bad-parameter', message, { hint: `Usage: casebook ${usage}` })
}
