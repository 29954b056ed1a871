import type { SheetContext } from './cellValues'
import { Damage } from './damage'
import { readPart, readWorkbookParts, type SheetInfo, type WorkbookParts } from './packageParts'
import type { RowCells } from './rowCells'
import { SharedStrings } from './sharedStrings'
import { SheetScanner } from './sheetScanner'
import { noFormats, readFormats } from './styles'
import type { SheetEnd } from './writeSheet'
import { utf8Of } from './xmlEncoding'
import { XmlScanner } from './xmlScanner'
import { ZipArchive } from './zipArchive'

/** An .xlsx or .xlsm workbook on disk. Memory holds its shared texts and a piece of the sheet that is being read. */
export class XlsxFile {
  readonly #archive: ZipArchive
  readonly #parts: WorkbookParts
  /** Read when the first sheet is, and kept for the others. */
  #context: Promise<SheetContext> | undefined

  private constructor(archive: ZipArchive, parts: WorkbookParts) {
    this.#archive = archive
    this.#parts = parts
  }

  /** @throws Damage when it is no readable workbook. */
  static async open(path: string): Promise<XlsxFile> {
    const archive = await ZipArchive.open(path)
    try {
      return new XlsxFile(archive, await readWorkbookParts(archive))
    } catch (error) {
      await archive.close()
      throw error
    }
  }

  close(): Promise<void> {
    return this.#archive.close()
  }

  /** In the order of their tabs. */
  get sheets(): SheetInfo[] {
    return this.#parts.sheets.map(({ part: _part, ...sheet }) => sheet)
  }

  /**
   * Hands over the rows of a sheet that hold something, one after the other, and stops when it is enough. The row is
   * the same object each time.
   * @throws Damage
   */
  async readRows(
    sheet: number,
    onRow: (row: RowCells) => void,
    isEnough: () => boolean = () => false,
  ): Promise<SheetEnd> {
    const part = this.#parts.sheets[sheet]?.part
    if (part === undefined) throw new Damage('nothing says which part the sheet is')
    this.#context ??= readContext(this.#archive, this.#parts)
    const scanner = new XmlScanner()
    const rows = new SheetScanner(scanner, await this.#context, onRow)
    try {
      for await (const chunk of utf8Of(this.#archive.stream(part))) {
        scanner.feed(chunk)
        rows.read()
        if (isEnough()) return rows
      }
      scanner.endOfInput()
      rows.read()
      return rows
    } catch (error) {
      throw error instanceof Damage ? new Damage(error.message, error.row ?? rows.row.index + 1) : error
    }
  }
}

async function readContext(archive: ZipArchive, parts: WorkbookParts): Promise<SheetContext> {
  const styles = parts.styles === undefined ? undefined : await readPart(archive, parts.styles)
  return {
    strings: await readStrings(archive, parts.strings),
    formats: styles === undefined ? noFormats : readFormats(styles),
    date1904: parts.date1904,
  }
}

async function readStrings(archive: ZipArchive, part: string | undefined): Promise<SharedStrings> {
  const strings = new SharedStrings()
  if (part === undefined || !archive.has(part)) return strings
  const scanner = new XmlScanner()
  for await (const chunk of utf8Of(archive.stream(part))) {
    scanner.feed(chunk)
    strings.read(scanner)
  }
  scanner.endOfInput()
  strings.read(scanner)
  return strings
}
