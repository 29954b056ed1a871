import { AppError } from '../../../../shared/errors'
import type { Page } from '../../../../shared/tableAnswers'
import { engine } from '../../../engine'
import { runJob } from '../../../state/jobStore'
import { type CellRange, edgesOf, rangeAsText, sizeOf } from './cellRange'
import type { GridState } from './gridState'

const mostRows = 100_000
const pageRows = 10_000

/** The text of the selected cells, read from the engine: most of them were never on screen. */
export function readRange(grid: GridState, range: CellRange): Promise<string> {
  const { rows } = sizeOf(range)
  if (rows > mostRows) {
    throw new AppError('bad-parameter', `${rows.toLocaleString('en-US')} rows are too many to copy.`, {
      hint: 'Copy at most 100,000 rows, or export the table.',
    })
  }
  const { top, bottom, left, right } = edgesOf(range)
  const names = grid.visible.slice(left, right + 1).map(({ name }) => name)
  return runJob(`Copying ${grid.name}`, async (options) => {
    const copied: Page['rows'][number][] = []
    for (let offset = top; offset <= bottom; offset += pageRows) {
      const limit = Math.min(pageRows, bottom - offset + 1)
      const { filters, sorts, search } = grid.wish
      const page = await engine.readPage(
        { ...grid.source, offset, limit, filters: [...filters], sorts: [...sorts], search },
        { signal: options.signal },
      )
      const places = names.map((name) => page.columns.findIndex((column, at) => at > 0 && column.name === name))
      copied.push(...page.rows.map((row) => places.map((at) => row[at] ?? null)))
      options.onProgress({ fraction: (offset + limit - top) / (bottom - top + 1), note: '' })
    }
    return rangeAsText(names, copied)
  })
}
