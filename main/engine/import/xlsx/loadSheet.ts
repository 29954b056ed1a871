import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sql } from '../../../../shared/sql'
import type { ImportWork } from '../work'
import { cellRelation } from './cellFile'
import type { Workbook } from './openWorkbook'
import type { SheetInfo } from './packageParts'
import type { KnownLayout, SheetCells, SheetRefusal } from './workbookApi'

/** A sheet as a relation of texts with columns c0, c1 … */
export interface LoadedSheet extends SheetCells {
  readonly relation: Sql
  /** Removes the file behind the relation. */
  drop(): Promise<void>
}

/**
 * Has the worker of the workbook write the cells of a sheet to a temporary file that DuckDB reads. Whatever fails, no
 * file stays behind.
 */
export async function loadSheet(
  work: ImportWork,
  workbook: Workbook,
  sheet: SheetInfo,
  known?: KnownLayout,
): Promise<LoadedSheet | SheetRefusal> {
  if (sheet.isChart) return 'empty'
  await mkdir(work.tempFolder, { recursive: true })
  const cellFile = join(work.tempFolder, `${randomUUID()}.csv`)
  const drop = (): Promise<void> => rm(cellFile, { force: true })
  try {
    const request = { sheet: workbook.sheets.indexOf(sheet), cellFile, known }
    const cells = await workbook.api.writeSheet(request, { onProgress: work.onProgress })
    if (typeof cells !== 'string') return { ...cells, relation: cellRelation(cellFile, cells), drop }
    await drop()
    return cells
  } catch (error) {
    // The thread may still be writing.
    await workbook.close()
    await drop()
    throw error
  }
}
