import type { FileDescription } from '../../../shared/description'
import { describeJson } from './describeJson'
import { describeParquet } from './describeParquet'
import { describeText } from './describeText'
import { describeWorkbook } from './describeWorkbook'
import { type FileIdentity, hashFile, identifyFile } from './identifyFile'
import { bothOf, type ImportWork } from './work'

/**
 * What is in a file: tables with column types decided over all rows, kind and roles with confidence, findings and
 * open choices. Nothing but temporary tables and files is written, and they are gone when it settles.
 * @throws AppError `bad-file` when it cannot be a table, with the reason; `cancelled`.
 */
export async function describeFile(path: string, work: ImportWork): Promise<FileDescription> {
  const identity = await identifyFile(path)
  const [sha256, content] = await bothOf(
    work,
    ({ signal }) => hashFile(path, signal),
    (shared) => describeContent(identity, shared),
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
): Promise<Pick<FileDescription, 'tables' | 'skipped'>> {
  switch (identity.format) {
    case 'csv':
      return { tables: [await describeText(identity, work)], skipped: [] }
    case 'xlsx':
    case 'oldWorkbook':
      return describeWorkbook(identity, identity.format, work)
    case 'parquet':
      return { tables: [await describeParquet(identity, work)], skipped: [] }
    case 'json':
      return { tables: [await describeJson(identity, work)], skipped: [] }
    default:
      return identity.format satisfies never
  }
}
