import { AppError } from '../../shared/errors'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, one, readWords } from './words'

const flags = [
  { name: 'limit', value: 'ROWS', about: 'rows at the most (1,000 unless told)' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = "sql PROJECT 'SELECT …' [--limit ROWS] [--json]"

export const sqlCommand: Command = {
  name: 'sql',
  usage,
  about:
    'A free question over the role views (orders, customers, coupons, tax, spend, visits, events, calendar); read-only.',
  flags,
  examples: ["sql shop 'SELECT category, sum(revenue) FROM orders GROUP BY category'"],
  async run(words) {
    const parsed = readWords(words, flags, { least: 2, most: 2 }, usage)
    const [folder = '', text = ''] = parsed.places
    const limit = Number(one(parsed, 'limit') ?? 1000)
    if (!Number.isInteger(limit) || limit < 1 || limit > 100_000)
      throw new AppError('bad-parameter', '--limit takes a whole number from 1 to 100,000.')
    const context = commandContext()
    await localEngine().openProject({ folder }, context)
    const answer = await localEngine().runSql({ sql: text, limit }, context)
    if (has(parsed, 'json')) {
      const rows = answer.rows.map((row) =>
        Object.fromEntries(answer.columns.map((column, index) => [column.name, row[index] ?? null])),
      )
      printJson({ columns: answer.columns, rows, truncated: answer.truncated })
      return 0
    }
    printLine(answer.columns.map((column) => column.name).join('\t'))
    for (const row of answer.rows) printLine(row.map((value) => (value === null ? '' : String(value))).join('\t'))
    return 0
  },
}
