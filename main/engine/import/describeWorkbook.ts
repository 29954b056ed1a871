import type { FileDescription, TableDescription } from '../../../shared/description'
import type { ReadOptions } from '../../../shared/project'
import { stemOf } from '../tables'
import type { WishedLayout } from './describeFile'
import { describeTable } from './describeTable'
import { fileFinding } from './fileFinding'
import type { FileIdentity } from './identifyFile'
import { sheetFindings } from './sheetFindings'
import { sniffColumns } from './sniffColumns'
import type { ImportWork } from './work'
import { type LoadedSheet, loadSheet } from './xlsx/loadSheet'
import { openWorkbook, type WorkbookFormat } from './xlsx/openWorkbook'
import type { KnownLayout } from './xlsx/workbookApi'

/** The tables of a workbook, and the sheets that hold none. A sheet whose header is wished is read whatever it is. */
export async function describeWorkbook(
  identity: FileIdentity,
  format: WorkbookFormat,
  work: ImportWork,
  wished?: WishedLayout,
): Promise<Pick<FileDescription, 'tables' | 'skipped'>> {
  const workbook = await openWorkbook(identity.path, format, work)
  const skipped: { sheet: string; reason: string }[] = []
  const tables: ((name: string) => TableDescription)[] = []
  const names: string[] = []
  try {
    for (const sheet of workbook.sheets) {
      const known = knownLayout(sheet.name, wished)
      if (sheet.hidden && known === undefined) {
        skipped.push({ sheet: sheet.name, reason: 'hidden' })
        continue
      }
      const loaded = await loadSheet(work, workbook, sheet, known)
      if (typeof loaded === 'string') {
        skipped.push({ sheet: sheet.name, reason: refusals[loaded] })
        continue
      }
      try {
        if (loaded.rows === 0) skipped.push({ sheet: sheet.name, reason: 'a header without rows' })
        else {
          tables.push(await describeSheet(identity, format, sheet.name, loaded, work))
          names.push(sheet.name)
        }
      } finally {
        await loaded.drop()
      }
    }
  } finally {
    await workbook.close()
  }
  // A lone table is called like the file, whatever its sheet is called.
  const nameOf = (sheet: string): string => (tables.length === 1 ? stemOf(identity.path) : sheet)
  return { tables: tellAlike(tables.map((table, index) => table(nameOf(names[index] ?? '')))), skipped }
}

/** Sheets with the same columns, as one a month; those of a known kind are added up whatever sheet they stand on. */
function tellAlike(tables: readonly TableDescription[]): TableDescription[] {
  const shapeOf = ({ columns }: TableDescription): string =>
    columns.map(({ original }) => original.trim().toLowerCase()).join('\t')
  const told = new Set<string>()
  return tables.map((table) => {
    const alike = tables.filter((other) => shapeOf(other) === shapeOf(table))
    if (alike.length < 2 || told.has(shapeOf(table))) return table
    told.add(shapeOf(table))
    const isKnown = table.recognised.kind !== 'other' && table.recognised.kind !== 'steps'
    const finding = fileFinding(
      table.name,
      'sheetsAlike',
      'Sheets with the same columns: parts of one table',
      alike.length,
      'sheets',
      isKnown
        ? 'Each is opened as a table of its own; analyses put their rows together'
        : 'Each is opened as a table of its own: put them together in the workbook',
    )
    const examples = alike.slice(0, 6).map(({ sheet, name }) => sheet ?? name)
    return { ...table, findings: [{ ...finding, severity: 'warning', examples }, ...table.findings] }
  })
}

function knownLayout(name: string, wished: WishedLayout | undefined): KnownLayout | undefined {
  const headerRow = wished?.layout.headerRow
  if (headerRow === undefined) return undefined
  const { sheet } = wished ?? {}
  return sheet === undefined || sheet.toLowerCase() === name.toLowerCase() ? { headerRow } : undefined
}

const refusals = { empty: 'empty', pivot: 'a pivot table, not the data behind it' } as const

/** A description that is given its name when the number of tables is known. */
async function describeSheet(
  identity: FileIdentity,
  format: WorkbookFormat,
  sheet: string,
  loaded: LoadedSheet,
  work: ImportWork,
): Promise<(name: string) => TableDescription> {
  const sniffed = await sniffColumns(work, {
    name: placeholder,
    relation: loaded.relation,
    header: loaded.header,
    hasHeader: loaded.headerRow > 0,
    bytes: identity.bytes * 5,
    numberCells: loaded.numberCells,
  })
  return (name) => {
    const read: ReadOptions = {
      format,
      sheet,
      headerRow: loaded.headerRow,
      columns: [...sniffed.read],
      ...(sniffed.leftOut.length > 0 ? { leftOut: [...sniffed.leftOut] } : {}),
    }
    const named = {
      ...sniffed,
      findings: sniffed.findings.map((finding) => ({ ...finding, table: name })),
      choices: sniffed.choices.map((choice) => ({
        ...choice,
        key: choice.key.replace(`${placeholder}.`, () => `${name}.`),
      })),
    }
    return describeTable(name, sheet, read, named, sheetFindings(name, identity, loaded))
  }
}

const placeholder = '\u0000'
