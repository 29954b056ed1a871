import { AppError } from '../../shared/errors'
import { readFilter, type TableColumn } from '../../shared/tableView'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { all, has, one, readWords, type Words } from './words'

const flags = [
  { name: 'to', value: 'FILE', about: 'FILE.{csv,xlsx,parquet}, or the folder of the data mart' },
  {
    name: 'filter',
    value: 'RULE',
    repeats: true,
    about:
      'column=value|value, column~text, column>=10, column<20, column=2024-01-01..2024-01-31, column= (missing), column=* (present)',
  },
  { name: 'search', value: 'TEXT', about: 'only rows with this text in any column' },
  { name: 'sort', value: 'COLUMN[:desc]', repeats: true, about: 'in this order; several from first to last' },
  { name: 'columns', value: 'A,B,C', about: 'only these columns, in this order' },
  { name: 'decimal-comma', about: 'CSV with a decimal comma and semicolons, as spreadsheets in much of Europe expect' },
  { name: 'mart', about: 'the data mart instead of a table: typed tables and a dictionary' },
  { name: 'format', value: 'csv|xlsx|parquet', about: 'of the data mart (csv unless told)' },
  { name: 'replace', about: 'write over a file that is there' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage =
  'export PROJECT TABLE --to FILE [--filter RULE]… [--sort COLUMN[:desc]]… | export PROJECT --mart --to FOLDER'

export const exportCommand: Command = {
  name: 'export',
  usage,
  about: 'Writes a table, a role view or a saved view as CSV, Excel or Parquet, or all of them as a data mart.',
  flags,
  examples: [
    'export shop sales --to sales.parquet',
    "export shop orders --to kitchen.xlsx --filter 'category=Kitchen' --sort revenue:desc",
    'export shop --mart --to mart --format parquet',
  ],
  async run(words) {
    const parsed = readWords(words, flags, { least: 1, most: 2 }, usage)
    const [folder = '', table] = parsed.places
    const to = one(parsed, 'to')
    if (to === undefined) throw new AppError('bad-parameter', '--to is missing.', { hint: `Usage: casebook ${usage}` })
    if (has(parsed, 'mart') === (table !== undefined)) {
      throw new AppError('bad-parameter', 'Name a table, or say --mart for all of them.', {
        hint: `Usage: casebook ${usage}`,
      })
    }
    const context = commandContext()
    await localEngine().openProject({ folder }, context)
    if (table === undefined) await exportMart(parsed, to)
    else await exportTable(parsed, table, to)
    return 0
  },
}

async function exportMart(parsed: Words, to: string): Promise<void> {
  const format = one(parsed, 'format') ?? 'csv'
  if (format !== 'csv' && format !== 'xlsx' && format !== 'parquet')
    throw new AppError('bad-parameter', `--format takes csv, xlsx or parquet, not "${format}".`)
  const written = await localEngine().exportMart({ to, format, replace: has(parsed, 'replace') }, commandContext())
  if (has(parsed, 'json')) printJson(written)
  else for (const file of written.files) printLine(file.path)
}

async function exportTable(parsed: Words, table: string, to: string): Promise<void> {
  const context = commandContext()
  const engine = localEngine()
  const columns = (await engine.readPage({ table, offset: 0, limit: 1 }, context)).columns.slice(1) as TableColumn[]
  const wanted = one(parsed, 'columns')
  const written = await engine.exportTable(
    {
      table,
      filters: all(parsed, 'filter').map((text) => filterOf(text, columns)),
      search: one(parsed, 'search') ?? '',
      sorts: all(parsed, 'sort').map((text) => {
        const descending = text.toLowerCase().endsWith(':desc')
        return { column: columnNamed(text.replace(/:(asc|desc)$/i, ''), columns), descending }
      }),
      ...(wanted === undefined ? {} : { columns: wanted.split(',').map((name) => columnNamed(name.trim(), columns)) }),
      decimalComma: has(parsed, 'decimal-comma'),
      to,
      replace: has(parsed, 'replace'),
    },
    context,
  )
  if (has(parsed, 'json')) printJson(written)
  else printLine(written.path)
  for (const note of written.notes) process.stderr.write(`${note}\n`)
}

function filterOf(text: string, columns: readonly TableColumn[]) {
  const filter = readFilter(text, columns)
  if (filter !== undefined) return filter
  throw new AppError('bad-parameter', `--filter "${text}" is not understood.`, {
    hint: `Write column=value, column~text, column>=10 or column=from..to. Columns: ${columns.map(({ name }) => name).join(', ')}.`,
  })
}

function columnNamed(wanted: string, columns: readonly TableColumn[]): string {
  const found =
    columns.find(({ name }) => name === wanted) ??
    columns.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  return found?.name ?? wanted
}
