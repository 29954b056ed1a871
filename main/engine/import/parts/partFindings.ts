import type { Finding } from '../../../../shared/description'
import type { ReadColumn } from '../../../../shared/project'
import { fileFinding } from '../fileFinding'
import type { ColumnReading, PartTable } from './partReadings'
import type { SharedRows } from './sharedRows'

/** A column that one file calls by another name. */
export interface Renamed {
  readonly fileName: string
  readonly from: string
  readonly to: string
}

interface Seen {
  readonly names: readonly string[]
  readonly renamed: readonly Renamed[]
  readonly readings: ReadonlyMap<string, ColumnReading>
  readonly shared: readonly SharedRows[]
  readonly types: readonly ReadColumn[]
}

/** What differs between files that are put together, and what each of them says of itself. */
export function partFindings(table: string, parts: readonly PartTable[], seen: Seen): Finding[] {
  return [
    {
      ...fileFinding(table, 'parts', 'Files put together', parts.length, 'files', 'Read as one table, in this order'),
      examples: parts.map(({ fileName }) => fileName),
    },
    ...seen.names.flatMap((name) => [
      ...lackingFindings(table, name, parts),
      ...renamedFindings(table, name, seen.renamed),
      ...readingFindings(table, name, parts, seen),
    ]),
    ...layoutFindings(table, parts),
    ...overlapFindings(table, parts, seen.shared),
    ...ownFindings(table, parts),
  ]
}

/** The same file twice: read once. */
export function twiceFinding(table: string, pairs: readonly (readonly [string, string])[]): Finding[] {
  if (pairs.length === 0) return []
  const finding = fileFinding(table, 'partTwice', 'The same file twice', pairs.length, 'files', 'Read once')
  return [{ ...finding, severity: 'warning', examples: pairs.map(([one, other]) => `${other} is the same as ${one}`) }]
}

/** Files and sheets of a folder that are in no table. */
export function leftOutFinding(
  table: string,
  skipped: readonly { readonly sheet: string; readonly reason: string }[],
): Finding[] {
  if (skipped.length === 0) return []
  const finding = fileFinding(
    table,
    'partsLeftOut',
    'Files of the folder that are in no table',
    skipped.length,
    'files',
    'Left out',
  )
  return [{ ...finding, severity: 'warning', examples: skipped.map(({ sheet, reason }) => `${sheet} ${reason}`) }]
}

function lackingFindings(table: string, name: string, parts: readonly PartTable[]): Finding[] {
  const lacking = parts.filter((part) => !part.table.columns.some((column) => column.name === name))
  if (lacking.length === 0) return []
  const having = parts.filter((part) => !lacking.includes(part))
  const isExtra = having.length < lacking.length
  const rows = lacking.reduce((sum, part) => sum + part.table.rows, 0)
  const finding = fileFinding(
    table,
    isExtra ? 'partExtraColumn' : 'partLacksColumn',
    isExtra ? 'Column that only some files have' : 'Column missing in some files',
    rows,
    'rows',
    isExtra ? 'Kept; empty in the rows of the other files' : 'Empty in the rows of these files',
  )
  return [
    {
      ...finding,
      severity: 'warning',
      column: name,
      examples: (isExtra ? having : lacking).map(({ fileName }) => fileName),
    },
  ]
}

function renamedFindings(table: string, name: string, renamed: readonly Renamed[]): Finding[] {
  const own = renamed.filter(({ to }) => to === name)
  if (own.length === 0) return []
  const finding = fileFinding(
    table,
    'partRenamed',
    'Column with another name in some files',
    own.length,
    'files',
    `Read as "${name}"`,
  )
  return [{ ...finding, column: name, examples: own.map(({ fileName, from }) => `${fileName}: "${from}"`) }]
}

function readingFindings(table: string, name: string, parts: readonly PartTable[], seen: Seen): Finding[] {
  const reading = seen.readings.get(name)
  const common = seen.types.find((column) => column.name === name)
  if (reading === undefined || common === undefined) return []
  if (reading.differs) {
    const ways = parts.flatMap(({ fileName }, index) => {
      const own = reading.own[index]
      const way =
        own === undefined ? undefined : own.type === 'decimal' ? `decimals with "${own.decimal ?? '.'}"` : own.format
      return way === undefined ? [] : [`${fileName}: ${way}`]
    })
    const isTime = reading.own.some((own) => own?.type === 'date' || own?.type === 'timestamp')
    const title = isTime
      ? 'Dates written differently from file to file'
      : 'Numbers written differently from file to file'
    const finding = fileFinding(table, 'partReading', title, ways.length, 'files', 'Each file is read in its own way')
    return [{ ...finding, severity: 'warning', column: name, examples: ways }]
  }
  if (common.type !== 'text') return []
  const others = parts.flatMap(({ fileName }, index) => {
    const own = reading.own[index]
    return own === undefined || ['text', 'id', 'empty'].includes(own.type) ? [] : [`${fileName}: ${own.type}`]
  })
  if (others.length === 0) return []
  const finding = fileFinding(
    table,
    'partType',
    'Text in some files, numbers or dates in others',
    others.length,
    'files',
    'Kept as text',
  )
  return [{ ...finding, severity: 'serious', column: name, examples: others }]
}

function layoutFindings(table: string, parts: readonly PartTable[]): Finding[] {
  const [first] = parts
  if (first === undefined) return []
  const ways = parts.map(({ table: { read } }) =>
    [read.format, read.encoding, read.delimiter].filter((fact) => fact !== undefined).join(' '),
  )
  const names = (part: PartTable): string[] => part.table.columns.map((column) => column.name)
  const order = names(first)
  const moved = parts.filter((part) => {
    const both = names(part).filter((name) => order.includes(name))
    return both.join('\n') !== order.filter((name) => both.includes(name)).join('\n')
  })
  return [
    ...(new Set(ways).size > 1
      ? [
          {
            ...fileFinding(
              table,
              'partLayout',
              'Files written in different ways',
              new Set(ways).size,
              'ways',
              'Each is read as it is written',
            ),
            examples: parts.map(({ fileName }, index) => `${fileName}: ${ways[index]}`),
          },
        ]
      : []),
    ...(moved.length > 0
      ? [
          {
            ...fileFinding(
              table,
              'partOrder',
              'Columns in another order',
              moved.length,
              'files',
              'Matched by their names',
            ),
            examples: moved.map(({ fileName }) => fileName),
          },
        ]
      : []),
  ]
}

function overlapFindings(table: string, parts: readonly PartTable[], shared: readonly SharedRows[]): Finding[] {
  if (shared.length === 0) return []
  const rows = shared.reduce((sum, pair) => sum + pair.rows, 0)
  const finding = fileFinding(
    table,
    'partsOverlap',
    'The same rows in several files',
    rows,
    'rows',
    'Kept: sums count them twice. Leave one of the files out if they are copies',
  )
  return [
    {
      ...finding,
      severity: 'serious',
      examples: shared.map(
        ({ one, other, rows: count }) =>
          `${parts[one]?.fileName} and ${parts[other]?.fileName}: ${count} ${count === 1 ? 'row' : 'rows'}`,
      ),
    },
  ]
}

const told = [
  'encoding',
  'brokenCharacters',
  'extension',
  'titleRows',
  'noHeader',
  'shortLines',
  'longLines',
  'lineEnds',
  'within',
  'errorCells',
]

/** What is said of single files as a whole: once for the table, with the names of the files. */
function ownFindings(table: string, parts: readonly PartTable[]): Finding[] {
  const found = new Map<string, Finding>()
  for (const { fileName, table: own } of parts) {
    for (const finding of own.findings.filter(({ id, column }) => column === null && told.includes(id))) {
      const said = found.get(finding.id)
      found.set(finding.id, {
        ...finding,
        table,
        count: finding.count + (said?.count ?? 0),
        examples: [...(said?.examples ?? []), fileName],
      })
    }
  }
  return [...found.values()]
}
