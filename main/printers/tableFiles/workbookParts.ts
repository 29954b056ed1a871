import type { ColumnType } from '../../../shared/project'

/** Rows of a sheet below its header. */
export const sheetRowLimit = 1_048_575
export const sheetColumnLimit = 16_384
/** The longest text a cell may hold. */
export const cellTextLimit = 32_767

export const contentTypes = (sheets: number): string =>
  `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${numbers(
    sheets,
  )
    .map(
      (number) =>
        `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
    )
    .join('')}</Types>`

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

export const packageRelations = `${xmlHead}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

export const workbookRelations = (sheets: number): string =>
  `${xmlHead}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${numbers(sheets)
    .map(
      (number) =>
        `<Relationship Id="rId${number}" Type="${relationships}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
    )
    .join('')}<Relationship Id="rId${sheets + 1}" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`

export const workbookXml = (names: readonly string[]): string =>
  `${xmlHead}<workbook xmlns="${spreadsheet}" xmlns:r="${relationships}"><sheets>${names
    .map((name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join('')}</sheets></workbook>`

/** Cell formats by their number: 0 general, 1 text, 2 day, 3 instant, 4 head. */
export const stylesXml = `${xmlHead}<styleSheet xmlns="${spreadsheet}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="10"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF1F3F6"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf fontId="1" fillId="2" applyFont="1" applyFill="1"/></cellXfs></styleSheet>`

/** The start of a sheet: the head stays in view, columns are as wide as their kind needs. */
export function sheetStart(columns: readonly { readonly name: string; readonly type: ColumnType }[]): string {
  const widths = columns.map(({ name, type }, index) => {
    const width = Math.min(48, Math.max(name.length + 3, widthOf[type]))
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`
  })
  const head = columns.map(({ name }) => textCell(name, 4)).join('')
  return `${xmlHead}<worksheet xmlns="${spreadsheet}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row>${head}</row>`
}

export const sheetEnd = '</sheetData></worksheet>'

const widthOf: Readonly<Record<ColumnType, number>> = {
  text: 22,
  id: 16,
  integer: 11,
  decimal: 12,
  date: 12,
  timestamp: 20,
  flag: 8,
  empty: 8,
}

export function textCell(text: string, style = 1): string {
  return text === ''
    ? `<c s="${style}" t="inlineStr"><is><t></t></is></c>`
    : `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text.slice(0, cellTextLimit))}</t></is></c>`
}

export function escapeXml(text: string): string {
  if (!/[&<>"_\p{Cc}\ufffe\uffff]/u.test(text)) return text
  return (
    text
      // `_x0041_` would be read as "A": the underscore is written as itself in hexadecimal.
      .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // Characters XML has no place for are kept the way spreadsheet programs keep them.
      .replace(/[\p{Cc}\ufffe\uffff]/gu, (character) =>
        character === '\n' || character === '\t'
          ? character
          : `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
      )
  )
}

/** A name a sheet may have: 31 characters without `[]:*?/\`, told apart without capitals. */
export function sheetNames(wished: readonly string[]): string[] {
  const taken = new Set<string>()
  return wished.map((wish) => {
    const base =
      wish
        .replace(/[[\]:*?/\\]/g, ' ')
        .replace(/^'+|'+$/g, '')
        .trim()
        .slice(0, 31) || 'Table'
    let name = base
    for (let number = 2; taken.has(name.toLowerCase()); number += 1)
      name = `${base.slice(0, 31 - String(number).length - 1)} ${number}`
    taken.add(name.toLowerCase())
    return name
  })
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)
