import type { Finding } from '../../../shared/description'
import { fileFinding } from './fileFinding'
import type { FileIdentity } from './identifyFile'
import type { OddLines } from './plainCopy'
import type { TextEncoding } from './textEncoding'
import type { TextLayout } from './textLayout'

const encodingNames = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
  mixed: 'UTF-8 in some lines and Windows-1252 in others',
} as const

/** What is worth knowing about a text file before its columns are looked at. */
export function fileFindings(
  table: string,
  identity: FileIdentity,
  encoding: TextEncoding,
  layout: TextLayout,
): Finding[] {
  const findings: Finding[] = []
  if (encoding.encoding === 'utf-8' && encoding.invalidBytes > 0)
    findings.push({
      ...fileFinding(
        table,
        'brokenCharacters',
        'Characters that are not UTF-8',
        encoding.invalidBytes,
        'bytes',
        'Shown as �',
      ),
      severity: 'warning',
    })
  else if (encoding.encoding !== 'utf-8')
    findings.push(
      fileFinding(
        table,
        'encoding',
        encoding.encoding === 'mixed'
          ? `Text is ${encodingNames.mixed}`
          : `Text is ${encodingNames[encoding.encoding]}, not UTF-8`,
        Math.max(1, encoding.invalidBytes),
        encoding.invalidBytes > 0 ? 'characters' : 'file',
        'Read as such',
      ),
    )
  if (encoding.nulBytes > 0)
    findings.push({
      ...fileFinding(
        table,
        'nulBytes',
        'Zero bytes inside the text: the file is damaged',
        encoding.nulBytes,
        'bytes',
        'Left out; values around them may be lost. Ask for the file again',
      ),
      severity: 'serious',
    })
  if (encoding.marksInside > 0)
    findings.push({
      ...fileFinding(
        table,
        'joinedFiles',
        'Another file begins inside this one',
        encoding.marksInside,
        encoding.marksInside === 1 ? 'place' : 'places',
        'Read as one table; look for headers and rows that stand there twice',
      ),
      severity: 'warning',
    })
  if (identity.extensionMisleads)
    findings.push(fileFinding(table, 'extension', 'The file is text in spite of its name', 1, 'file', 'Read as text'))
  if (layout.wrapped === true)
    findings.push({
      ...fileFinding(
        table,
        'wrappedLines',
        'Every line stands in quotes as a whole, as if it were one column',
        1,
        'file',
        'The quotes are taken off and each line is cut into its cells',
      ),
      severity: 'warning',
    })
  const above = layout.headerRow === 0 ? layout.skip : layout.headerRow - 1
  if (above > 0) findings.push(fileFinding(table, 'titleRows', 'Rows above the header', above, 'rows', 'Left out'))
  if (layout.headerRow === 0)
    findings.push({
      ...fileFinding(table, 'noHeader', 'No header', 1, 'table', 'Columns are numbered'),
      severity: 'warning',
    })
  return findings
}

/** What had to be done to its lines. */
export function lineFindings(table: string, lines: OddLines | undefined, brokeRules: boolean): Finding[] {
  if (lines === undefined) return []
  const findings: Finding[] = []
  if (lines.unclosed > 0)
    findings.push({
      ...fileFinding(
        table,
        'unclosedQuotes',
        'Quotes that never close',
        lines.unclosed,
        'quotes',
        'Taken for characters: the rows end where their lines end',
      ),
      severity: 'warning',
    })
  if (lines.short > 0)
    findings.push({
      ...fileFinding(table, 'shortLines', 'Lines with too few cells', lines.short, 'lines', 'Filled with empty cells'),
      severity: 'warning',
      ...(lines.long === 0 ? { examples: lines.examples } : {}),
    })
  if (lines.long > 0)
    findings.push({
      ...fileFinding(
        table,
        'longLines',
        'Lines with too many cells',
        lines.long,
        'lines',
        'Cells beyond the last column are left out',
      ),
      severity: 'serious',
      examples: lines.examples,
    })
  if (findings.length === 0 && brokeRules && lines.other === undefined)
    findings.push(
      fileFinding(table, 'lineEnds', 'Mixed line ends or quotes inside cells', 1, 'file', 'Read all the same'),
    )
  return findings
}

const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
  ' ': 'blanks',
}
const nameOf = (delimiter: string): string => delimiterNames[delimiter] ?? `"${delimiter}"`

/** Lines with another delimiter than the rest of the file: several exports put together. */
export function otherDelimiter(table: string, usual: string, lines: OddLines | undefined): Finding[] {
  const other = lines?.other
  if (other === undefined) return []
  return [
    {
      ...fileFinding(
        table,
        'otherDelimiter',
        `Lines cut by ${nameOf(other.delimiter)} while the others are cut by ${nameOf(usual)}`,
        other.lines,
        'lines',
        'Read with both: several exports may have been put together, so look whether their dates and decimals are written alike',
      ),
      severity: 'warning',
      examples: [`row ${other.first}`, ...(other.last === other.first ? [] : [`to row ${other.last}`])],
    },
  ]
}
