import type { LayoutPreview } from '../../../shared/engineApi'
import type { LayoutWish } from '../../../shared/layoutWish'
import { cutRows } from './cutRows'
import type { FileIdentity } from './identifyFile'
import { pieceDecoder } from './mixedText'
import { proveEncoding } from './textEncoding'
import { sniffLayout } from './textLayout'

/** Cells of a row that are shown. */
const mostShown = 100

/** The first rows of a text file as it would be cut. @throws AppError `bad-file` when its encoding is unknown. */
export async function previewText(
  { path, gzip, head, bytes }: FileIdentity,
  wish: LayoutWish,
  rows: number,
  signal: AbortSignal,
): Promise<LayoutPreview> {
  const { encoding } = await proveEncoding(path, gzip, head, signal, wish.encoding)
  const text = pieceDecoder(encoding).decode(head)
  const complete = head.length >= bytes && !gzip
  // What is no table is shown as it stands: the person looks for the delimiter.
  const layout = sniffLayout(text, complete, wish) ?? sniffLayout(text, complete, { ...wish, delimiter: ',' })
  const { delimiter = ',', quote = '"', headerRow = 0, wrapped = false } = layout ?? {}
  const lines = wrapped
    ? cutRows(text, { delimiter: '\0', quote })
        .map(([line = '']) => line)
        .join('\n')
    : text
  const cut = cutRows(lines, { delimiter, quote })
  return {
    format: 'csv',
    encoding,
    delimiter,
    quote,
    headerRow,
    rows: cut.slice(0, rows).map((cells, index) => ({ row: index + 1, cells: cells.slice(0, mostShown) })),
  }
}
