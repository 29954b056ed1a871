import type { ColumnDescription, Finding, Recognition, TableDescription } from '../../../shared/description'
import type { ReadOptions } from '../../../shared/project'
import { type RoleType, rolesOf, tableKinds } from '../../../shared/roles'
import { scaleOf } from '../rateScale'
import { fileFinding } from './fileFinding'
import { recognise } from './recognise'
import { shapeFindings } from './sheetShapes'
import type { SniffedColumn, SniffedTable } from './sniffColumns'

/** Puts together what is known of a table and what it is taken for. */
export function describeTable(
  name: string,
  sheet: string | null,
  read: ReadOptions,
  sniffed: SniffedTable,
  findings: readonly Finding[],
): TableDescription {
  const [recognised = other, ...alternatives] = recognise(sniffed.columns, sniffed.rows)
  const ids = columnsPlaying(recognised, 'id')
  const columns = sniffed.columns.map((column): ColumnDescription => {
    const { values: _values, range: _range, valued: _valued, ...described } = column
    return {
      ...described,
      type: ids.has(column.name) && column.type === 'integer' ? 'id' : column.type,
      role: roleOf(recognised, column.name),
    }
  })
  return {
    name,
    sheet,
    rows: sniffed.rows,
    // Whoever plays the role of an id is text, whatever it looks like.
    read: {
      ...read,
      columns: read.columns.map((column) =>
        ids.has(column.name) && column.type === 'integer' ? { name: column.name, type: 'id' } : column,
      ),
    },
    columns,
    recognised,
    alternatives,
    findings: [
      ...findings,
      ...shapeFindings(name, read.headerRow > 0 ? sniffed.columns.map(({ original }) => original) : [], sniffed),
      ...sniffed.findings,
      ...rateFindings(name, recognised, sniffed.columns),
      ...nameFinding(name, recognised),
    ],
    choices: sniffed.choices,
  }
}

const other: Recognition = { kind: 'other', confidence: 1, reason: 'no known kind fits', roles: {} }

function roleOf(recognition: Recognition, column: string): string | null {
  const entry = Object.entries(recognition.roles).find(([, played]) => [played].flat().includes(column))
  return entry?.[0] ?? null
}

function columnsPlaying(recognition: Recognition, type: RoleType): Set<string> {
  return new Set(
    rolesOf[recognition.kind]
      .filter((role) => role.type === type)
      .flatMap((role) => [recognition.roles[role.name] ?? []].flat()),
  )
}

/** Rates are said to be percent or fractions, because a wrong guess changes every total. */
function rateFindings(table: string, recognition: Recognition, columns: readonly SniffedColumn[]): Finding[] {
  const rates = columnsPlaying(recognition, 'rate')
  return columns.flatMap((column) => {
    if (!rates.has(column.name) || column.range === null) return []
    const [least, most] = column.range
    const isTax = [recognition.roles['taxRate']].flat().includes(column.name)
    const { scale, isOpen } = scaleOf({ least: least > 0 ? least : most, most }, isTax)
    const read = isTax && !isOpen && most > 1 && most < 2 ? most - 1 : most
    const percent = scale === 'percent'
    const asked = isOpen ? '; see the choice' : ''
    return [
      {
        ...fileFinding(
          table,
          percent ? 'ratePercent' : 'rateFraction',
          percent ? 'Rates written in percent' : 'Rates written as fractions',
          column.valued,
          'cells',
          `${most} is read as ${percent ? most : Math.round(read * 10_000) / 100} %${asked}`,
        ),
        column: column.name,
        examples: [...new Set([String(least), String(most)])],
      },
    ]
  })
}

const kindsInNames: readonly (readonly [RegExp, keyof typeof tableKinds])[] = [
  [/customer|client/i, 'customers'],
  [/coupon|discount|cup[oó]n|descuento|promoci[oó]n/i, 'coupons'],
  [/spend|cost|budget|gasto|inversi[oó]n/i, 'spend'],
  [/(^|[^a-z])tax|(^|[^a-z])gst|(^|[^a-z])vat|impuesto|(^|[^a-z])iva([^a-z]|$)/i, 'tax'],
  [/visits?|sessions?|visitas|sesiones/i, 'visits'],
  [/orders?|sales|ventas|pedidos/i, 'orders'],
]

/** A name that promises one kind of table over content of another. */
function nameFinding(table: string, { kind, confidence }: Recognition): Finding[] {
  const promised = kindsInNames.filter(([pattern]) => pattern.test(table)).map(([, named]) => named)
  const [first] = promised
  if (first === undefined || promised.includes(kind) || kind === 'other' || confidence < 0.8) return []
  // Logs of customers, leads with costs and the like are named after a part of them.
  if (!(['customers', 'coupons', 'spend', 'tax', 'orders'] as const).some((clear) => clear === kind)) return []
  return [
    fileFinding(
      table,
      'nameMisleads',
      `The name says ${tableKinds[first].toLowerCase()}, the columns say ${tableKinds[kind].toLowerCase()}`,
      1,
      'table',
      `Taken for ${tableKinds[kind].toLowerCase()}`,
    ),
  ]
}
