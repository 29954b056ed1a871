import type { LayoutPreview } from '../../../shared/engineApi'
import type { LayoutWish } from '../../../shared/layoutWish'
import type { ImportWork } from './work'
import { findHeader } from './xlsx/findHeader'
import { findSheet, openWorkbook, type WorkbookFormat } from './xlsx/openWorkbook'

/** The first rows of a sheet as they stand there. @throws AppError `bad-file`, also when there is no such sheet. */
export async function previewSheet(
  path: string,
  format: WorkbookFormat,
  sheet: string | undefined,
  wish: LayoutWish,
  rows: number,
  work: ImportWork,
): Promise<LayoutPreview> {
  const workbook = await openWorkbook(path, format, work)
  try {
    const found = workbook.sheets.indexOf(findSheet(workbook, sheet))
    const peeked = await workbook.api.peekSheet({ sheet: found, rows })
    const header = findHeader(peeked.map(({ row, cells }) => ({ index: row - 1, values: cells })))
    const recognised = header === undefined || header.at < 0 ? 0 : (peeked[header.at]?.row ?? 0)
    return {
      format,
      encoding: null,
      delimiter: null,
      quote: null,
      headerRow: wish.headerRow ?? recognised,
      rows: peeked,
    }
  } finally {
    await workbook.close()
  }
}
