import type { Borders, CellValueInput, Fill, Font, Style, Workbook, Worksheet } from '@cj-tech-master/excelts'
import type { NumberFormat } from '../../shared/report'
import { chartColors } from './chartColors'

/** What stands in a cell: a value, or a live formula (without the equals sign). Text is always text. */
export type SheetValue = string | number | boolean | Date | null | { readonly formula: string }

/** How a cell looks; each look means one thing in every workbook Casebook writes. */
export type Look = 'title' | 'subtitle' | 'section' | 'head' | 'label' | 'value' | 'input' | 'total' | 'key' | 'note'

export interface CellStyle {
  readonly look: Look
  readonly format?: string
  readonly align?: 'left' | 'right' | 'center'
  readonly wrap?: boolean
  readonly indent?: number
}

export const fontName = 'Calibri'

export const sheetFormats = {
  count: '#,##0',
  money: '#,##0',
  cents: '#,##0.00',
  change: '+#,##0;-#,##0;0',
  percent: '0.0%',
  percent2: '0.00%',
  points: '+0.0%;-0.0%;0.0%',
  decimal1: '#,##0.0',
  decimal2: '#,##0.00',
  decimal4: '#,##0.0000',
  general: 'General',
  text: '@',
  date: 'd mmm yyyy',
  month: 'mmm yyyy',
} as const

export function formatOf(format: NumberFormat): string {
  return format === 'id' ? sheetFormats.text : sheetFormats[format]
}

export function put(sheet: Worksheet, row: number, column: number, value: SheetValue, style: CellStyle): void {
  const cell = sheet.getCell(row, column)
  cell.value = toCellValue(value)
  cell.style = styleOf(style, value)
}

/** Values from left to right, all in one style. */
export function putRow(
  sheet: Worksheet,
  row: number,
  column: number,
  values: readonly SheetValue[],
  style: CellStyle,
): void {
  values.forEach((value, index) => {
    put(sheet, row, column + index, value, style)
  })
}

export function addSheet(
  workbook: Workbook,
  name: string,
  freeze?: { readonly rows: number; readonly columns: number },
): Worksheet {
  const sheet = workbook.addWorksheet(name, {
    views: [
      freeze === undefined
        ? { showGridLines: false }
        : { state: 'frozen', showGridLines: false, xSplit: freeze.columns, ySplit: freeze.rows },
    ],
    properties: { tabColor: color(chartColors.gain) },
  })
  sheet.pageSetup = {
    ...sheet.pageSetup,
    paperSize: 9,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
  }
  sheet.headerFooter = { ...sheet.headerFooter, oddFooter: `&L&8${name}&R&8&P / &N` }
  return sheet
}

export function widths(sheet: Worksheet, list: readonly number[]): void {
  list.forEach((width, index) => {
    sheet.getColumn(index + 1).width = width
  })
}

/** `A` for 1, `AA` for 27. */
export function letter(column: number): string {
  const rest = (column - 1) % 26
  const before = Math.floor((column - 1) / 26)
  return (before === 0 ? '' : letter(before)) + String.fromCharCode(65 + rest)
}

function toCellValue(value: SheetValue): CellValueInput {
  return typeof value === 'object' && value !== null && 'formula' in value ? { formula: value.formula } : value
}

const looks: Readonly<
  Record<Look, { readonly font: Partial<Font>; readonly fill?: string; readonly border?: Partial<Borders> }>
> = {
  title: { font: { size: 16, bold: true } },
  subtitle: { font: { size: 10, color: color(chartColors.quiet) } },
  section: {
    font: { size: 11, bold: true, color: color(chartColors.gain) },
    border: { bottom: { style: 'thin', color: color(chartColors.gain) } },
  },
  head: {
    font: { size: 9, bold: true, color: color('#454c5a') },
    fill: '#f1f3f6',
    border: { bottom: { style: 'thin', color: color('#c6ccd6') } },
  },
  label: { font: { size: 10 } },
  value: { font: { size: 10 } },
  // Blue on pale yellow is what analysts read as "type here".
  input: {
    font: { size: 10, color: color('#1c469f') },
    fill: '#fff8dc',
    border: {
      top: { style: 'hair', color: color('#c6ccd6') },
      bottom: { style: 'hair', color: color('#c6ccd6') },
      left: { style: 'hair', color: color('#c6ccd6') },
      right: { style: 'hair', color: color('#c6ccd6') },
    },
  },
  total: {
    font: { size: 10, bold: true },
    border: { top: { style: 'thin', color: color('#c6ccd6') } },
  },
  key: { font: { size: 14, bold: true }, fill: '#f6f7f9' },
  note: { font: { size: 9, italic: true, color: color(chartColors.quiet) } },
}

function styleOf({ look, format, align, wrap, indent }: CellStyle, value: SheetValue): Partial<Style> {
  const { font, fill, border } = looks[look]
  const horizontal = align ?? (typeof value === 'string' || value === null ? 'left' : 'right')
  return {
    font: { name: fontName, ...font },
    ...(fill === undefined ? {} : { fill: solid(fill) }),
    ...(border === undefined ? {} : { border }),
    numFmt: format ?? sheetFormats.general,
    alignment: {
      horizontal,
      vertical: look === 'head' || wrap === true ? 'top' : 'middle',
      ...(wrap === true || look === 'head' ? { wrapText: true } : {}),
      ...(indent === undefined ? {} : { indent }),
    },
  }
}

function solid(hex: string): Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: color(hex) }
}

function color(hex: string): { argb: string } {
  return { argb: `FF${hex.slice(1).toUpperCase()}` }
}
