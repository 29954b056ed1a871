import type { Finding } from '../../../shared/description'
import { fileFinding } from './fileFinding'
import type { FileIdentity } from './identifyFile'
import { planFindings } from './planFindings'
import type { LoadedSheet } from './xlsx/loadSheet'

/** What is worth knowing about a sheet before its columns are looked at. */
export function sheetFindings(name: string, identity: FileIdentity, loaded: LoadedSheet): Finding[] {
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
  findings.push(...oddFindings(name, loaded), ...planFindings(name, loaded.faults))
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
        'cells below the first',
        'Left empty: only the first row of each merged cell holds the value. Unmerge them and fill them down',
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
