import { type ZipOptions, zipFile } from '../zipFile'

/** The XML of a workbook's parts, so that a test can write what no library would. */
export interface RawWorkbook {
  /** Everything inside `<worksheet>`, or a whole part when it begins with `<?xml` or a BOM. */
  readonly sheet: string | Buffer
  /** The items of the shared strings. */
  readonly strings?: string
  /** Number formats of the cell styles: a built-in number or a format code; style 0 is General. */
  readonly formats?: readonly (number | string)[]
  readonly date1904?: boolean
  /** Other parts, or other contents of those above. */
  readonly parts?: Readonly<Record<string, string | Buffer>>
  readonly zip?: ZipOptions
}

export const mainNamespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The bytes of a workbook with one sheet called Data. */
export function rawWorkbook({ sheet, strings, formats = [], date1904 = false, parts = {}, zip }: RawWorkbook): Buffer {
  return zipFile(
    {
      '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${strings === undefined ? '' : `<Override PartName="/xl/sharedStrings.xml" ContentType="${types}.sharedStrings+xml"/>`}</Types>`,
      '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      'xl/workbook.xml': `<workbook xmlns="${mainNamespace}" xmlns:r="${relations}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/>${strings === undefined ? '' : `<Relationship Id="rId3" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/>`}</Relationships>`,
      'xl/styles.xml': styles(formats),
      ...(strings === undefined
        ? {}
        : { 'xl/sharedStrings.xml': `<sst xmlns="${mainNamespace}" count="1" uniqueCount="1">${strings}</sst>` }),
      'xl/worksheets/sheet1.xml': wholeSheet(sheet),
      ...parts,
    },
    zip,
  )
}

function wholeSheet(sheet: string | Buffer): string | Buffer {
  if (typeof sheet !== 'string' || /^[\ufeff]?<\?xml/.test(sheet)) return sheet
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${mainNamespace}">${sheet}</worksheet>`
}

function styles(formats: readonly (number | string)[]): string {
  const codes = formats.filter((format) => typeof format === 'string')
  const idOf = (format: number | string): number => (typeof format === 'number' ? format : 164 + codes.indexOf(format))
  const custom = codes.map((code) => `<numFmt numFmtId="${idOf(code)}" formatCode="${escaped(code)}"/>`).join('')
  const cells = [0, ...formats].map(
    (format) => `<xf numFmtId="${idOf(format)}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  )
  return `<styleSheet xmlns="${mainNamespace}">${codes.length === 0 ? '' : `<numFmts count="${codes.length}">${custom}</numFmts>`}<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cells.length}">${cells.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Rows of cells written as XML: `cells([['<v>1</v>']])` is A1. */
export const sheetData = (rows: readonly (readonly string[])[]): string =>
  `<sheetData>${rows.map((cells, row) => `<row r="${row + 1}">${cells.map((cell, column) => cell.replaceAll('@', `${letters(column)}${row + 1}`)).join('')}</row>`).join('')}</sheetData>`

export function letters(index: number): string {
  const rest = Math.floor(index / 26) - 1
  return (rest >= 0 ? letters(rest) : '') + String.fromCharCode(65 + (index % 26))
}
