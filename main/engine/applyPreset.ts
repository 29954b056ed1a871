import type { FileDescription, Finding } from '../../shared/description'
import type { SourceInput } from '../../shared/engineInputs'
import { AppError } from '../../shared/errors'
import { nearestName } from '../../shared/nearestName'
import type { Preset, PresetTable } from '../../shared/preset'
import { rolesOf } from '../../shared/roles'
import { fileFinding } from './import/fileFinding'
import { type ColumnMatch, type KnownColumn, matchColumns } from './import/matchColumns'
import { familyOf, knownColumns } from './import/parts/groupTables'
import { type NewTable, planTables, type Wishes } from './tables'

interface Wanted {
  readonly wishes: Wishes
  readonly choices: Readonly<Record<string, string>>
  readonly preset?: Preset
}

/** The tables of a new project and the answers to choices: what is wished, over what the preset says. */
export function planNew(
  folder: string,
  described: readonly { readonly input: SourceInput; readonly description: FileDescription }[],
  { wishes, choices, preset }: Wanted,
): { planned: NewTable[]; choices: Record<string, string> } {
  if (preset === undefined) return { planned: planTables(folder, described, [], wishes), choices: { ...choices } }
  const applied = applyPreset(preset, planTables(folder, described, [], { kinds: {}, maps: {} }))
  const planned = planTables(folder, described, [], mergeWishes(applied.wishes, wishes)).map((table) => ({
    ...table,
    description: {
      ...table.description,
      findings: [...(applied.findings.get(table.source.name) ?? []), ...table.description.findings],
    },
  }))
  const asked = new Set(planned.flatMap(({ description }) => description.choices.map(({ key }) => key)))
  // An answer about reading counts only where the new file leaves the question open.
  const answers = Object.entries(applied.answers).filter(([key]) => asked.has(key))
  return { planned, choices: { ...preset.choices, ...Object.fromEntries(answers), ...choices } }
}

/** Wishes by table go before the preset; another kind makes its roles meaningless. */
function mergeWishes(preset: Wishes, wished: Wishes): Wishes {
  const nameOf = (name: string): string =>
    Object.keys(preset.kinds).find((known) => known.toLowerCase() === name.toLowerCase()) ?? name
  const named = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [nameOf(name), value]))
  const kinds = named(wished.kinds)
  const maps = named(wished.maps)
  const kept = Object.entries(preset.maps).filter(
    ([name]) => kinds[name] === undefined || kinds[name] === preset.kinds[name],
  )
  return {
    kinds: { ...preset.kinds, ...kinds },
    maps: { ...maps, ...Object.fromEntries(kept.map(([name, roles]) => [name, { ...roles, ...maps[name] }])) },
  }
}

interface AppliedPreset {
  readonly wishes: Wishes
  /** Answers to questions about reading, by the keys they have in the new project if they are asked there. */
  readonly answers: Readonly<Record<string, string>>
  /** What was taken from the preset, by table. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>
}

/**
 * What a preset says about new tables. Columns are known again by their words or by the role they play.
 * @throws AppError `missing-column` when a table of the preset is there but lacks a mapped column.
 */
function applyPreset(preset: Preset, tables: readonly NewTable[]): AppliedPreset {
  const kinds: Record<string, PresetTable['kind']> = {}
  const maps: Record<string, Record<string, string | string[]>> = {}
  const answers: Record<string, string> = {}
  const findings = new Map<string, readonly Finding[]>()
  for (const { wanted, table, matches } of pairUp(preset, tables)) {
    const { name } = table.source
    const found = new Map(matches.map((match) => [match.wanted, match.found]))
    requireRoles(wanted, table, found)
    const renamed = (column: string): string => found.get(column) ?? column
    kinds[name] = wanted.kind
    maps[name] = Object.fromEntries(
      // A role the preset leaves empty is not filled by what recognition would have it.
      rolesOf[wanted.kind].map((role) => {
        const played = wanted.roles[role.name]
        return [
          role.name,
          played === undefined ? '' : typeof played === 'string' ? renamed(played) : played.map(renamed),
        ]
      }),
    )
    for (const { column, question, option } of wanted.answers)
      answers[`${name}.${renamed(column)}.${question}`] = option
    findings.set(name, presetFindings(name, wanted, matches))
  }
  return { wishes: { kinds, maps }, answers, findings }
}

interface Pair {
  readonly wanted: PresetTable
  readonly table: NewTable
  readonly matches: readonly ColumnMatch[]
}

/** A table is one of the preset when it has at least this share of its mapped columns. */
const leastShare = 0.5

/** Each table of the preset with the new table that has most of its mapped columns. */
function pairUp(preset: Preset, tables: readonly NewTable[]): Pair[] {
  const scored = preset.tables.flatMap((wanted) =>
    tables.map((table) => {
      const mapped = Object.values(wanted.roles).flat()
      const matches = matchColumns(knownOf(wanted), knownColumns(table.description, wanted.kind))
      const share = matches.filter((match) => mapped.includes(match.wanted)).length / Math.max(1, mapped.length)
      const isNamed = familyOf(wanted.name) === familyOf(table.source.name)
      return { wanted, table, matches, share, score: share + (isNamed ? 0.5 : 0) + matches.length / 1000 }
    }),
  )
  const pairs: Pair[] = []
  for (const candidate of scored.sort((one, other) => other.score - one.score)) {
    if (candidate.share < leastShare) continue
    if (pairs.some(({ wanted, table }) => wanted === candidate.wanted || table === candidate.table)) continue
    pairs.push(candidate)
  }
  if (pairs.length > 0) return pairs
  throw new AppError('missing-column', 'No file fits the preset.', {
    hint: preset.tables
      .map(({ name, roles }) => {
        const needed = Object.values(roles).flat()
        return needed.length === 0 ? `It gives no roles to ${name}.` : `${name} needs: ${needed.join(', ')}.`
      })
      .join('\n'),
  })
}

function knownOf({ kind, columns, roles }: PresetTable): KnownColumn[] {
  return columns.map(([name, type]) => {
    const role = Object.entries(roles).find(([, column]) => column === name)
    return { name, type, role: role === undefined ? null : `${kind} ${role[0]}` }
  })
}

function requireRoles(wanted: PresetTable, table: NewTable, found: ReadonlyMap<string, string>): void {
  const lost = Object.entries(wanted.roles).flatMap(([role, played]) =>
    [played].flat().flatMap((column) => (found.has(column) ? [] : [{ role, column }])),
  )
  if (lost.length === 0) return
  const columns = table.description.columns.map((column) => column.name)
  const taken = new Set(found.values())
  const lines = lost.map(({ role, column }) => {
    const nearest = nearestName(
      column,
      columns.filter((name) => !taken.has(name)),
    )
    return `${role}: "${column}" is missing${nearest === undefined ? '' : `; did it become "${nearest}"?`}`
  })
  throw new AppError(
    'missing-column',
    `${table.source.name} lacks ${lost.length} ${lost.length === 1 ? 'column' : 'columns'} of the preset: ${lost.map(({ column }) => column).join(', ')}.`,
    {
      hint: `${lines.join('\n')}\nIts columns: ${columns.join(', ')}.`,
      where: { file: table.source.name, column: lost[0]?.column ?? '' },
      data: { lost },
    },
  )
}

function presetFindings(table: string, wanted: PresetTable, matches: readonly ColumnMatch[]): Finding[] {
  const mapped = new Set(Object.values(wanted.roles).flat())
  const renamed = matches.filter((match) => match.wanted !== match.found && mapped.has(match.wanted))
  const applied = fileFinding(
    table,
    'presetApplied',
    `Mapping of "${wanted.name}" taken from the preset`,
    mapped.size,
    'columns',
    'Roles and answers as in the preset',
  )
  if (renamed.length === 0) return [applied]
  const finding = fileFinding(
    table,
    'presetRenamed',
    'Columns that the preset calls otherwise',
    renamed.length,
    'columns',
    'Matched by their words or by what they are',
  )
  return [
    applied,
    { ...finding, severity: 'warning', examples: renamed.map(({ wanted: name, found }) => `${found} for ${name}`) },
  ]
}
