import type { FileKind } from '../../shared/shellApi'

/** How a table may leave the app. */
export const tableExports: readonly { readonly kind: FileKind; readonly label: string; readonly note: string }[] = [
  { kind: 'csv', label: 'CSV', note: 'any length' },
  { kind: 'xlsx', label: 'Excel', note: 'to 1,048,575 rows' },
  { kind: 'parquet', label: 'Parquet', note: 'typed, any length' },
]
