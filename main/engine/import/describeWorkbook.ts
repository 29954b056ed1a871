import type { FileDescription, Finding, TableDescription } from '../../../shared/description'
import type { ReadOptions } from '../../../shared/project'
import { stemOf } from '../tables'
import { describeTable, fileFinding } from './describeTable'
import type { FileIdentity } from './identifyFile'
import { sniffColumns } from './sniffColumns'
import type { ImportWork } from './work'
import { type LoadedSheet, loadSheet } from './xlsx/loadSheet'
import { openWorkbook, type WorkbookFormat } from './xlsx/openWorkbook'

/** The tables of a workbook, and the sheets that hold none. */
export async function describeWorkbook(
  identity: FileIdentity,
  format: WorkbookFormat,
  work: ImportWork,
): Promise<Pick<FileDescription, 'tables' | 'skipped'>> {
  const workbook = await openWorkbook(identity.path, format, work)
  const skipped: { sheet: string; reason: string }[] = []
  const tables: ((name: string) => TableDescription)[] = []
  const names: string[] = []
  try {
    for (const sheet of workbook.sheets) {
      if (sheet.hidden) {
        skipped.push({ sheet: sheet.name, reason: 'hidden' })
        continue
      }
      const loaded = await loadSheet(work, workbook, sheet)
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
  return { tables: tables.map((table, index) => table(nameOf(names[index] ?? ''))), skipped }
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

function sheetFindings(name: string, identity: FileIdentity, loaded: LoadedSheet): Finding[] {
  const findings: Finding[] = []
  if (identity.extensionMisleads)
    findings.push(
      fileFinding(name, 'extension', 'The file is a workbook in spite of its name', 1, 'file', 'Read as a workbook'),
    )
  if (loaded.headerRow > 1)
    findings.push(fileFinding(name, 'titleRows', 'Rows above the header', loaded.headerRow - 1, 'rows', 'Left out'))
  if (loaded.headerRow === 0)
    findings.push({
      ...fileFinding(name, 'noHeader', 'No header', 1, 'table', 'Columns are numbered'),
      severity: 'warning',
    })
  if (loaded.errors > 0)
    findings.push({
      ...fileFinding(name, 'errorCells', 'Cells with a formula error', loaded.errors, 'cells', 'Left empty'),
      severity: 'warning',
      examples: loaded.errorExamples,
    })
  findings.push(...oddFindings(name, loaded))
  if (loaded.longRows > 0)
    findings.push({
      ...fileFinding(
        name,
        'longLines',
        'Rows with cells beyond the last column',
        loaded.longRows,
        'rows',
        'Cells beyond the last column are left out',
      ),
      severity: 'serious',
      examples: loaded.cutOff.map(({ row, value }) => `row ${row}: ${value}`),
    })
  return findings
}

/** What the workbook does to its cells: hides them, merges them, computes them. */
function oddFindings(name: string, { oddities, mergedBelow }: LoadedSheet): Finding[] {
  const { hiddenRows, hiddenColumns, formulas, formulasWithoutResult } = oddities
  const findings: Finding[] = []
  if (hiddenRows > 0)
    findings.push({
      ...fileFinding(name, 'hiddenRows', 'Rows hidden in the workbook', hiddenRows, 'rows', 'Read like all others'),
      severity: 'warning',
    })
  if (hiddenColumns > 0)
    findings.push(
      fileFinding(
        name,
        'hiddenColumns',
        'Columns hidden in the workbook',
        hiddenColumns,
        'columns',
        'Read like all others',
      ),
    )
  if (mergedBelow > 0)
    findings.push({
      ...fileFinding(
        name,
        'mergedCells',
        'Cells merged over several rows',
        mergedBelow,
        'ranges',
        'Only the first row of each holds the value; the others are empty. Unmerge them and fill them down',
      ),
      severity: 'serious',
    })
  if (formulasWithoutResult > 0)
    findings.push({
      ...fileFinding(
        name,
        'formulasWithoutResult',
        'Formulas without a stored result',
        formulasWithoutResult,
        'cells',
        'Left empty. Open the file in Excel, save it, and add it again',
      ),
      severity: 'serious',
    })
  else if (formulas > 0)
    findings.push(
      fileFinding(
        name,
        'formulas',
        'Cells computed by formulas',
        formulas,
        'cells',
        'Their results as last saved are read',
      ),
    )
  return findings
}
