import { countedUnit } from '../../shared/countedUnit'
import type { ProjectState } from '../../shared/engineApi'
import { AppError } from '../../shared/errors'
import { createFormatter } from '../../shared/format'
import type { JoinReport, KeyList } from '../../shared/joins'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, one, readWords } from './words'

const flags = [
  {
    name: 'keys',
    value: 'JOIN:LIST',
    about: 'all keys of a list of a join: left or right (unmatched there), repeated',
  },
  { name: 'repair', value: 'JOIN', about: 'write the keys of a join alike, as proposed' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = 'joins PROJECT [--keys JOIN:left|right|repeated] [--repair JOIN] [--json]'

export const joinsCommand: Command = {
  name: 'joins',
  usage,
  about: 'How the tables fit together: keys that match, keys that do not, and rows and revenue before and after.',
  flags,
  examples: ['joins shop', 'joins shop --keys orders-customers:left'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 1, most: 1 }, usage)
    const state = await localEngine().openProject({ folder: parsed.places[0] ?? '' }, commandContext())
    const keys = one(parsed, 'keys')
    if (keys !== undefined) {
      await printKeys(keys, has(parsed, 'json'))
      return 0
    }
    const repair = one(parsed, 'repair')
    if (repair !== undefined) await localEngine().repairJoin({ join: repair }, commandContext())
    const joins = await localEngine().listJoins(undefined, commandContext())
    if (has(parsed, 'json')) printJson({ joins })
    else if (joins.length === 0) printLine('No joins: these tables have no key in common.')
    else for (const join of joins) printJoin(join, state)
    return 0
  },
}

function printJoin(join: JoinReport, { settings }: ProjectState): void {
  const format = createFormatter(settings)
  // 50,414 of 50,415 are not all of them.
  const share = (part: number, all: number): string =>
    all === 0 ? 'none' : format.percent(part === all ? 1 : Math.min(part / all, 0.999))
  printLine(`${join.id}: ${join.left.columns.join(', ')} = ${join.right.columns.join(', ')} (${join.key})`)
  printLine(
    `  ${format.count(join.keys.matched)} of ${format.count(join.keys.total)} keys match (${share(join.keys.matched, join.keys.total)}), ${format.count(join.rows.matched)} of ${format.count(join.rows.total)} rows (${share(join.rows.matched, join.rows.total)})`,
  )
  printLine(`  ${join.treatment}`)
  const missing = [
    [join.unmatchedLeft, `only in ${join.left.label.toLowerCase()}`],
    [join.unmatchedRight, `only in ${join.right.label.toLowerCase()}`],
    [join.repeated, `in several rows of ${join.right.label.toLowerCase()}`],
  ] as const
  for (const [{ keys, examples }, where] of missing)
    if (keys > 0) printLine(`  ${countedUnit(keys, 'keys', format)} ${where} (${examples.join(', ')})`)
  const money = (amount: number | null): string => (amount === null ? '' : `, ${format.cents(amount)}`)
  printLine(
    `  ${countedUnit(join.before.rows, 'rows', format)}${money(join.before.revenue)} before, ${countedUnit(join.after.rows, 'rows', format)}${money(join.after.revenue)} after`,
  )
  if (join.mustBeUnique && join.unchecked.rows !== join.before.rows)
    printLine(
      `  unchecked it would have been ${countedUnit(join.unchecked.rows, 'rows', format)}${money(join.unchecked.revenue)}`,
    )
  if (join.repair !== null)
    printLine(`  ${join.repair.reason}: written alike, ${format.count(join.repair.keys)} more keys match`)
}

async function printKeys(text: string, json: boolean): Promise<void> {
  const at = text.lastIndexOf(':')
  const join = at < 0 ? text : text.slice(0, at)
  const list = (['left', 'right', 'repeated'] as KeyList[]).find((name) => name === text.slice(at + 1))
  if (at < 1 || list === undefined)
    throw new AppError('bad-parameter', `--keys takes JOIN:left, JOIN:right or JOIN:repeated, not "${text}".`)
  const rows: Record<string, unknown>[] = []
  for (let total = 1; rows.length < total; ) {
    const page = await localEngine().readJoinKeys({ join, list, offset: rows.length, limit: 1000 }, commandContext())
    total = page.rows.length === 0 ? 0 : page.total
    rows.push(...page.rows.map((row) => Object.fromEntries(page.columns.map(({ name }, place) => [name, row[place]]))))
  }
  if (json) printJson({ join, list, keys: rows })
  else for (const row of rows) printLine(Object.values(row).join('\t'))
}
