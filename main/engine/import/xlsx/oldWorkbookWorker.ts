import { readFileSync } from 'node:fs'
import { type CellObject, read, set_cptable, utils, type WorkBook, type WorkSheet } from '@e965/xlsx'
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs'
import { serveWorker } from '../../workers/serveWorker'
import { isDate, numberText, serialText } from './cellText'
import { damagedWorkbook, protectedWorkbook } from './damagedWorkbook'
import { kindOfFormat } from './numberFormats'
import type { SheetInfo } from './packageParts'
import { errorCell, mostColumns, mostRows, numberCell, plainCell, RowCells } from './rowCells'
import type { PeekedRow, PeekRequest, SheetCells, SheetRefusal, SheetRequest } from './workbookApi'
import { peekRows, type SheetEnd, writeSheet } from './writeSheet'

// Old .xls files are not in Unicode.
set_cptable(codePages)

let opened: { readonly path: string; readonly workbook: WorkBook } | undefined

serveWorker({
  open: async ({ path }: { readonly path: string }): Promise<SheetInfo[]> => {
    const workbook = readWorkbook(path)
    opened = { path, workbook }
    return workbook.SheetNames.map((name, index) => ({
      name,
      hidden: (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0,
      pivots: [],
      isChart: workbook.Sheets[name]?.['!type'] !== undefined && workbook.Sheets[name]?.['!type'] !== 'sheet',
    }))
  },
  writeSheet: async (request: SheetRequest): Promise<SheetCells | SheetRefusal> => {
    if (opened === undefined) throw new Error('no workbook is open')
    const { path, workbook } = opened
    const name = workbook.SheetNames[request.sheet] ?? ''
    const sheet = workbook.Sheets[name]
    if (sheet === undefined) return 'empty'
    const date1904 = workbook.Workbook?.WBProps?.date1904 === true
    const info: SheetInfo = { name, hidden: false, pivots: [], isChart: false }
    try {
      return await writeSheet(info, request, async (onRow) => readRows(sheet, date1904, onRow))
    } catch (error) {
      throw damagedWorkbook(path, error, name)
    }
  },
  peekSheet: async ({ sheet, rows }: PeekRequest): Promise<PeekedRow[]> => {
    if (opened === undefined) throw new Error('no workbook is open')
    const { workbook } = opened
    const cells = workbook.Sheets[workbook.SheetNames[sheet] ?? '']
    const date1904 = workbook.Workbook?.WBProps?.date1904 === true
    return cells === undefined ? [] : peekRows(rows, async (onRow) => readRows(cells, date1904, onRow))
  },
})

function readWorkbook(path: string): WorkBook {
  try {
    return read(readFileSync(path), {
      type: 'buffer',
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      cellFormula: false,
    })
  } catch (error) {
    // SheetJS tells so in words only.
    if (/password|encrypt/i.test(String(error))) throw protectedWorkbook(path)
    throw damagedWorkbook(path, error)
  }
}

function readRows(sheet: WorkSheet, date1904: boolean, onRow: (row: RowCells) => void): SheetEnd {
  const row = new RowCells()
  const data: readonly ((CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? []
  for (const [index, cells] of data.entries()) {
    if (cells === undefined) continue
    if (index >= mostRows) break
    row.begin(index)
    for (const [column, cell] of cells.entries())
      if (cell !== undefined && column < mostColumns) addCell(row, column, cell, date1904)
    if (row.width > 0) onRow(row)
  }
  return {
    merges: (sheet['!merges'] ?? []).map((range) => utils.encode_range(range)),
    oddities: {
      hiddenRows: (sheet['!rows'] ?? []).filter((properties) => properties?.hidden === true).length,
      hiddenColumns: (sheet['!cols'] ?? []).filter((properties) => properties?.hidden === true).length,
      // SheetJS is asked for values only.
      formulas: 0,
      formulasWithoutResult: 0,
    },
    faults: [],
  }
}

const errorNames: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
}

function addCell(row: RowCells, column: number, cell: CellObject, date1904: boolean): void {
  const { t, v, z } = cell
  if (v === undefined || v === null || t === 'z') return
  if (t === 'e') row.setText(column, errorNames[Number(v)] ?? '#VALUE!', errorCell)
  else if (typeof v === 'boolean') row.setText(column, v ? 'TRUE' : 'FALSE', plainCell)
  else if (typeof v === 'number') addNumber(row, column, v, typeof z === 'string' ? z : 'General', date1904)
  else row.setText(column, String(v).replace(/\r\n?/g, '\n'), plainCell)
}

function addNumber(row: RowCells, column: number, value: number, format: string, date1904: boolean): void {
  if (!Number.isFinite(value)) return
  const kind = kindOfFormat(format)
  if (kind === 'number' || kind === 'percent') row.setText(column, numberText(value), numberCell)
  else
    row.setText(
      column,
      serialText(value, kind, date1904),
      kind === 'duration' || !isDate(value, date1904) ? numberCell : plainCell,
    )
}
