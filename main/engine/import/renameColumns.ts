import type { Recognition, TableDescription } from '../../../shared/description'
import type { ReadOptions } from '../../../shared/project'

/** A description whose columns go by other names; what they are called in the file stays in `original` and `keys`. */
export function renameColumns(table: TableDescription, names: ReadonlyMap<string, string>): TableDescription {
  if (names.size === 0) return table
  const renamed = (name: string): string => names.get(name) ?? name
  const rolesOf = (recognition: Recognition): Recognition => ({
    ...recognition,
    roles: Object.fromEntries(
      Object.entries(recognition.roles).map(([role, column]) => [
        role,
        typeof column === 'string' ? renamed(column) : column.map(renamed),
      ]),
    ),
  })
  const readWith = (read: ReadOptions): ReadOptions => ({
    ...read,
    columns: read.columns.map((column) => ({ ...column, name: renamed(column.name) })),
  })
  const { parts } = table
  return {
    ...table,
    read: readWith(table.read),
    ...(parts === undefined
      ? {}
      : {
          parts: parts.map((part) => ({
            ...part,
            read: readWith(part.read),
            own: part.own.map(renamed),
            asked: part.asked.map((asked) => {
              const at = asked.lastIndexOf('.')
              return renamed(asked.slice(0, at)) + asked.slice(at)
            }),
          })),
        }),
    columns: table.columns.map((column) => ({ ...column, name: renamed(column.name) })),
    recognised: rolesOf(table.recognised),
    alternatives: table.alternatives.map(rolesOf),
    findings: table.findings.map((finding) =>
      finding.column === null ? finding : { ...finding, column: renamed(finding.column) },
    ),
    choices: table.choices.map((choice) => {
      const { column, question } = questionOf(
        choice.key,
        table.columns.map(({ name }) => name),
      )
      return column === undefined ? choice : { ...choice, key: `${table.name}.${renamed(column)}.${question}` }
    }),
  }
}

/** The column and the question in the key of a choice, `<Table>.<Column>.<question>`. */
export function questionOf(key: string, columns: readonly string[]): { column: string | undefined; question: string } {
  const question = key.slice(key.lastIndexOf('.') + 1)
  const asked = key.slice(0, key.lastIndexOf('.'))
  const [column] = columns
    .filter((name) => asked === name || asked.endsWith(`.${name}`))
    .sort((one, other) => other.length - one.length)
  return { column, question }
}
