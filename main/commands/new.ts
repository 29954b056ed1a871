import { basename, parse } from 'node:path'
import type { SourceInput } from '../../shared/engineInputs'
import { AppError } from '../../shared/errors'
import { type TableKind, tableKinds } from '../../shared/roles'
import type { Command } from './command'
import { layoutOf } from './layoutWords'
import { localEngine } from './localEngine'
import { commandContext, printJson } from './output'
import { printProject } from './printProject'
import { all, has, one, pair, readWords } from './words'

const flags = [
  {
    name: 'source',
    value: '[NAME=]FILE[#SHEET]',
    repeats: true,
    about: 'a file or a folder; NAME is what other commands call it; files of one NAME are put together',
  },
  { name: 'kind', value: 'NAME=KIND', repeats: true, about: `what a table is: ${Object.keys(tableKinds).join(', ')}` },
  { name: 'map', value: 'NAME.ROLE=COLUMN', repeats: true, about: 'the column of a role, over what was recognised' },
  {
    name: 'layout',
    value: 'NAME.WHAT=VALUE',
    repeats: true,
    about: 'how a file is cut, over what was recognised: encoding, delimiter, quote or header',
  },
  { name: 'choose', value: 'KEY=VALUE', repeats: true, about: 'the answer to a choice' },
  { name: 'preset', value: 'FILE', about: 'the mapping of another project, written by "casebook preset"' },
  { name: 'currency', value: 'CODE', about: 'ISO 4217, for example USD' },
  { name: 'locale', value: 'TAG', about: 'for numbers and dates, for example en-US' },
  {
    name: 'zone',
    value: 'ZONE',
    about: 'time zone of the reports, for example Europe/Moscow; without it clocks stay as written',
  },
  { name: 'data-zone', value: 'ZONE', about: 'time zone of clocks in the files that do not say theirs' },
  { name: 'strict', about: 'an open choice is an error' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage =
  'new PROJECT --source [NAME=]FILE… [--kind NAME=KIND] [--map NAME.ROLE=COLUMN]… [--layout NAME.WHAT=VALUE]… [--choose KEY=VALUE]… [--preset FILE] [--zone ZONE] [--strict] [--json]'

export const newCommand: Command = {
  name: 'new',
  usage,
  about:
    'Makes a project folder: recognises, maps and joins the files. Open choices take their default and are listed.',
  flags,
  examples: [
    'new shop --source sales=Online_Sales.csv --source CustomersData.xlsx',
    'new shop --source book.xlsx --map "Online Sales.customer=Client No"',
  ],
  async run(words) {
    const parsed = readWords(words, flags, { least: 1, most: 1000 }, usage)
    // `--source A B C` is the same as naming the flag before each file.
    const [folder = '', ...more] = parsed.places
    const given = [...all(parsed, 'source'), ...more].map(readSource)
    if (given.length === 0)
      throw new AppError('bad-parameter', 'A project needs at least one --source.', {
        hint: `Usage: casebook ${usage}`,
      })
    const sources = withLayouts(given, all(parsed, 'layout'))
    const currency = one(parsed, 'currency')
    const preset = one(parsed, 'preset')
    const locale = one(parsed, 'locale')
    const reportZone = one(parsed, 'zone')
    const dataZone = one(parsed, 'data-zone')
    const state = await localEngine().createProject(
      {
        folder,
        name: basename(folder) || folder,
        sources,
        kinds: Object.fromEntries(all(parsed, 'kind').map((text) => readKind(pair(text, 'kind')))),
        maps: readMaps(all(parsed, 'map')),
        choices: Object.fromEntries(all(parsed, 'choose').map((text) => pair(text, 'choose'))),
        settings: {
          ...(currency === undefined ? {} : { currency }),
          ...(locale === undefined ? {} : { locale }),
          ...(reportZone === undefined ? {} : { reportZone }),
          ...(dataZone === undefined ? {} : { dataZone }),
        },
        strict: has(parsed, 'strict'),
        ...(preset === undefined ? {} : { preset }),
      },
      commandContext(),
    )
    if (has(parsed, 'json')) printJson(state)
    else printProject(state)
    return 0
  },
}

function readSource(text: string): SourceInput {
  const named = /^([^=/\\.]+)=(.+)$/.exec(text)
  const rest = named?.[2] ?? text
  const sheet = /^(.+\.(?:xlsx|xlsm|xlsb|xls|ods|csv))#([^#/\\]+)$/i.exec(rest)
  return {
    ...(named?.[1] === undefined ? {} : { name: named[1] }),
    path: sheet?.[1] ?? rest,
    ...(sheet?.[2] === undefined ? {} : { sheet: sheet[2] }),
  }
}

/** `NAME.WHAT=VALUE` on the files of that name. */
function withLayouts(sources: readonly SourceInput[], texts: readonly string[]): SourceInput[] {
  const wished = new Map<string, Record<string, string>>()
  for (const text of texts) {
    const [target, value] = pair(text, 'layout')
    const at = target.lastIndexOf('.')
    if (at < 1) throw new AppError('bad-parameter', `--layout takes NAME.WHAT=VALUE, not "${text}".`)
    const name = target.slice(0, at).toLowerCase()
    wished.set(name, { ...wished.get(name), [target.slice(at + 1)]: value })
  }
  const nameOf = ({ name, path }: SourceInput): string => name ?? parse(path.replace(/\.gz$/i, '')).name
  const unknown = [...wished.keys()].find((name) => !sources.some((source) => nameOf(source).toLowerCase() === name))
  if (unknown !== undefined)
    throw new AppError('bad-parameter', `There is no file "${unknown}" to be cut.`, {
      hint: `Files: ${sources.map(nameOf).join(', ')}.`,
    })
  return sources.map((source) => {
    const layout = layoutOf(wished.get(nameOf(source).toLowerCase()) ?? {})
    return layout === undefined ? source : { ...source, layout }
  })
}

function readKind([name, kind]: readonly [string, string]): readonly [string, TableKind] {
  const found = (Object.keys(tableKinds) as TableKind[]).find(
    (candidate) => candidate.toLowerCase() === kind.toLowerCase(),
  )
  if (found === undefined)
    throw new AppError('bad-parameter', `"${kind}" is not a kind of table.`, {
      hint: `Kinds: ${Object.keys(tableKinds).join(', ')}.`,
    })
  return [name, found]
}

/** `NAME.ROLE=COLUMN`; the name may hold dots, the role does not. A role given twice takes both columns. */
function readMaps(texts: readonly string[]): Record<string, Record<string, string | string[]>> {
  const maps: Record<string, Record<string, string | string[]>> = {}
  for (const text of texts) {
    const [target, column] = pair(text, 'map')
    const at = target.lastIndexOf('.')
    if (at < 1) throw new AppError('bad-parameter', `--map takes NAME.ROLE=COLUMN, not "${text}".`)
    const name = target.slice(0, at)
    const role = target.slice(at + 1)
    maps[name] ??= {}
    const roles = maps[name]
    const before = roles[role]
    roles[role] = before === undefined ? column : [...(typeof before === 'string' ? [before] : before), column]
  }
  return maps
}
