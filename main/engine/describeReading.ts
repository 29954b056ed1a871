import type { TableDescription } from '../../shared/description'
import type { ReadOptions, Source } from '../../shared/project'

export const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  ' ': 'blanks',
}
export const encodingNames: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
  mixed: 'UTF-8 and Windows-1252',
}

/** How a table was read, in a few short facts for its card. */
export function describeReading(source: Source, description: TableDescription | undefined): string[] {
  const { read } = source
  const place = describeLayout(read)
  const dated = read.columns.find((column) => column.type === 'date' || column.type === 'timestamp')
  const decimal = read.columns.some((column) => column.decimal === ',') ? ['decimal comma'] : []
  const sample =
    dated === undefined ? undefined : description?.columns.find((column) => column.name === dated.name)?.samples[0]
  const files = source.parts !== undefined && source.parts.length > 1 ? [`${source.parts.length} files`] : []
  return [
    ...files,
    ...place,
    ...(dated === undefined ? [] : [`date ${dated.format ?? sample ?? dated.name}`]),
    ...decimal,
  ]
}

function describeLayout(read: ReadOptions): string[] {
  switch (read.format) {
    case 'xlsx':
    case 'oldWorkbook':
      return [`Sheet ${read.sheet ?? ''}`, read.headerRow === 0 ? 'no header' : `header row ${read.headerRow}`]
    case 'csv':
      return [
        encodingNames[read.encoding ?? 'utf-8'] ?? 'UTF-8',
        delimiterNames[read.delimiter ?? ','] ?? `delimiter ${read.delimiter ?? ''}`,
      ]
    case 'parquet':
      return ['Parquet']
    case 'json':
      return read.within === undefined ? ['JSON'] : ['JSON', `records under ${read.within}`]
    default:
      return read.format satisfies never
  }
}
