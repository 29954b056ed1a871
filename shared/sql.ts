/** A value that may be bound into a statement. */
export type SqlValue = string | number | bigint | boolean | Date | null

/** A statement in two parallel lists: text pieces and the values bound between them. */
export interface Sql {
  readonly kind: 'sql'
  /** Always one longer than `values`. */
  readonly pieces: readonly string[]
  readonly values: readonly SqlValue[]
}

/** Writes a statement: interpolated values bind, interpolated statements nest. Names go through `ident`. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (SqlValue | Sql)[]): Sql {
  const pieces: string[] = [strings[0] ?? '']
  const values: SqlValue[] = []
  parts.forEach((part, index) => {
    const after = strings[index + 1] ?? ''
    if (isSql(part)) {
      part.pieces.forEach((piece, at) => {
        if (at === 0) pieces[pieces.length - 1] += piece
        else pieces.push(piece)
      })
      values.push(...part.values)
      pieces[pieces.length - 1] += after
    } else {
      values.push(part)
      pieces.push(after)
    }
  })
  return { kind: 'sql', pieces, values }
}

/** A quoted name. Any text is allowed: quotes inside are doubled, so it can never end the name. */
export function ident(name: string): Sql {
  if (name === '' || name.includes('\0')) throw new RangeError('A name in SQL must not be empty or contain NUL.')
  return { kind: 'sql', pieces: [`"${name.replaceAll('"', '""')}"`], values: [] }
}

/** Joins statements with a separator: `join([a, b], ', ')`. */
export function join(statements: readonly Sql[], separator: string): Sql {
  const pieces: string[] = ['']
  const values: SqlValue[] = []
  statements.forEach((statement, index) => {
    if (index > 0) pieces[pieces.length - 1] += separator
    statement.pieces.forEach((piece, at) => {
      if (at === 0) pieces[pieces.length - 1] += piece
      else pieces.push(piece)
    })
    values.push(...statement.values)
  })
  return { kind: 'sql', pieces, values }
}

/** Text written by us, never by a file or a person: keywords, fixed fragments. */
export function raw(text: string): Sql {
  return { kind: 'sql', pieces: [text], values: [] }
}

/** The text with `$1`, `$2` … where values bind. */
export function toPrepared(statement: Sql): string {
  return statement.pieces.map((piece, index) => (index === 0 ? piece : `$${index}${piece}`)).join('')
}

/** The text a person can copy and run: values written as literals, indentation evened out. */
export function toReadable(statement: Sql): string {
  const text = statement.pieces
    .map((piece, index) => (index === 0 ? piece : toLiteral(statement.values[index - 1] ?? null) + piece))
    .join('')
  return dedent(text)
}

function toLiteral(value: SqlValue): string {
  if (value === null) return 'NULL'
  if (value instanceof Date) return `TIMESTAMP '${value.toISOString().slice(0, 19).replace('T', ' ')}'`
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  return String(value)
}

function dedent(text: string): string {
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n')
  const margins = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const margin = margins.length === 0 ? 0 : Math.min(...margins)
  return lines.map((line) => line.slice(margin)).join('\n')
}

function isSql(part: SqlValue | Sql): part is Sql {
  return typeof part === 'object' && part !== null && 'kind' in part && part.kind === 'sql'
}
