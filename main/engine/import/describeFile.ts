import type { FileDescription } from '../../../shared/description'
import { describeText } from './describeText'
import { describeWorkbook } from './describeWorkbook'
import { hashFile, identifyFile } from './identifyFile'
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
    async (shared) =>
      identity.format === 'csv'
        ? { tables: [await describeText(identity, shared)], skipped: [] }
        : await describeWorkbook(identity, identity.format, shared),
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
