import type { FileDescription } from '../../../shared/description'
import type { LayoutWish } from '../../../shared/layoutWish'
import { describeJson } from './describeJson'
import { describeParquet } from './describeParquet'
import { describeText } from './describeText'
import { describeWorkbook } from './describeWorkbook'
import { type FileIdentity, hashFile, identifyFile } from './identifyFile'
import { bothOf, type ImportWork } from './work'

/** How a file is to be cut, and on which of its sheets alone that is wished. */
export interface WishedLayout {
  readonly sheet?: string | undefined
  readonly layout: LayoutWish
}

/**
 * What is in a file: tables with column types decided over all rows, kind and roles with confidence, findings and
 * open choices. Nothing but temporary tables and files is written, and they are gone when it settles.
 * @throws AppError `bad-file` when it cannot be a table, with the reason; `cancelled`.
 */
export async function describeFile(path: string, work: ImportWork, wished?: WishedLayout): Promise<FileDescription> {
  const identity = await identifyFile(path)
  const [sha256, content] = await bothOf(
    work,
    ({ signal }) => hashFile(path, signal),
    (shared) => describeContent(identity, shared, wished),
  )
  return {
    path,
    fileName: identity.fileName,
    bytes: identity.bytes,
    sha256,
    format: identity.format,
    extensionMisleads: identity.extensionMisleads,
    ...content,
  }
}

async function describeContent(
  identity: FileIdentity,
  work: ImportWork,
  wished: WishedLayout | undefined,
): Promise<Pick<FileDescription, 'tables' | 'skipped'>> {
  switch (identity.format) {
    case 'csv':
      return { tables: [await describeText(identity, work, wished?.layout)], skipped: [] }
    case 'xlsx':
    case 'oldWorkbook':
      return describeWorkbook(identity, identity.format, work, wished)
    case 'parquet':
      return { tables: [await describeParquet(identity, work)], skipped: [] }
    case 'json':
      return { tables: [await describeJson(identity, work)], skipped: [] }
    default:
      return identity.format satisfies never
  }
}
