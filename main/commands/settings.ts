import {
  type Calendar,
  calendarSchema,
  countries,
  type OccasionKind,
  occasionsOf,
} from '../../shared/calendar/calendar'
import type { ProjectState } from '../../shared/engineApi'
import { AppError } from '../../shared/errors'
import type { Settings } from '../../shared/project'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { all, has, one, pair, readWords, type Words } from './words'

const flags = [
  {
    name: 'zone',
    value: 'ZONE',
    about: 'time zone of the reports, for example Europe/Moscow; none: clocks as written',
  },
  { name: 'data-zone', value: 'ZONE', about: 'time zone of clocks in the files that do not say theirs; none: unknown' },
  { name: 'currency', value: 'CODE', about: 'ISO 4217, for example USD' },
  { name: 'locale', value: 'TAG', about: 'for numbers and dates, for example en-US' },
  { name: 'week-start', value: 'DAY', about: 'monday, sunday or saturday' },
  { name: 'fiscal-month', value: '1-12', about: 'month in which the fiscal year begins' },
  {
    name: 'countries',
    value: 'ES,US,UK,DE',
    about: 'whose holidays and gift days stand in the calendar; none for no country',
  },
  { name: 'event', value: 'NAME=DAY[..DAY]', repeats: true, about: 'an event of your own' },
  { name: 'holiday', value: 'NAME=DAY[..DAY]', repeats: true, about: 'a holiday of your own' },
  { name: 'campaign', value: 'NAME=DAY..DAY', repeats: true, about: 'a campaign' },
  { name: 'without', value: 'NAME', repeats: true, about: 'take an occasion of the calendar away' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = 'settings PROJECT [--zone ZONE] [--countries LIST] [--campaign NAME=DAY..DAY]… [--json]'

export const settingsCommand: Command = {
  name: 'settings',
  usage,
  about: 'Time zones, currency and the calendar of a project: shows them, and changes what is given.',
  flags,
  examples: [
    'settings shop --zone Europe/Madrid',
    'settings shop --countries ES --campaign "Spring sale=2019-03-04..2019-03-17"',
  ],
  async run(words) {
    const parsed = readWords(words, flags, { least: 1, most: 1 }, usage)
    const context = commandContext()
    const opened = await localEngine().openProject({ folder: parsed.places[0] ?? '' }, context)
    const changes = readChanges(parsed, opened.settings)
    const state = Object.keys(changes).length === 0 ? opened : await localEngine().updateSettings(changes, context)
    if (has(parsed, 'json')) printJson({ settings: state.settings, occasions: occasionsIn(state) })
    else printSettings(state)
    return 0
  },
}

function readChanges(parsed: Words, { calendar }: Settings): Partial<Settings> {
  const zone = (flag: string): string | null | undefined => {
    const text = one(parsed, flag)
    return text === 'none' ? null : text
  }
  const reportZone = zone('zone')
  const dataZone = zone('data-zone')
  const currency = one(parsed, 'currency')
  const locale = one(parsed, 'locale')
  const changed = changedCalendar(parsed, calendar)
  return {
    ...(reportZone === undefined ? {} : { reportZone }),
    ...(dataZone === undefined ? {} : { dataZone }),
    ...(currency === undefined ? {} : { currency }),
    ...(locale === undefined ? {} : { locale }),
    ...(JSON.stringify(changed) === JSON.stringify(calendar) ? {} : { calendar: changed }),
  }
}

function changedCalendar(parsed: Words, calendar: Calendar): Calendar {
  const without = all(parsed, 'without').map((name) => name.toLowerCase())
  const known = occasionsOf({ ...calendar, off: [] }, 2000, 2030)
  for (const name of without)
    if (!known.some((occasion) => occasion.name.toLowerCase() === name))
      throw new AppError('bad-parameter', `The calendar has no "${name}".`, {
        hint: `It has: ${[...new Set(known.map((occasion) => occasion.name))].join(', ')}.`,
      })
  const off = known.flatMap(({ id, name }) => (id !== null && without.includes(name.toLowerCase()) ? [id] : []))
  const own = (['event', 'holiday', 'campaign'] as const).flatMap((kind) =>
    all(parsed, kind).map((text) => readOccasion(text, kind)),
  )
  const wished = {
    ...calendar,
    countries:
      one(parsed, 'countries') === undefined ? calendar.countries : readCountries(one(parsed, 'countries') ?? ''),
    off: [...new Set([...calendar.off, ...off])],
    own: [...calendar.own.filter(({ name }) => !without.includes(name.toLowerCase())), ...own],
    weekStart: one(parsed, 'week-start') ?? calendar.weekStart,
    fiscalMonth: Number(one(parsed, 'fiscal-month') ?? calendar.fiscalMonth),
  }
  const checked = calendarSchema.safeParse(wished)
  if (checked.success) return checked.data
  const place = String(checked.error.issues[0]?.path[0] ?? '')
  throw new AppError('bad-parameter', `The calendar cannot be changed like that: see ${place}.`, {
    hint: 'Weeks begin on monday, sunday or saturday; months are 1 to 12; days are written 2019-03-04.',
  })
}

function readCountries(text: string): string[] {
  if (text === 'none' || text === '') return []
  const codes = text.split(',').map((code) => code.trim().toUpperCase())
  const unknown = codes.find((code) => !Object.hasOwn(countries, code))
  if (unknown === undefined) return codes
  throw new AppError('bad-parameter', `There is no calendar of "${unknown}".`, {
    hint: `Countries: ${Object.entries(countries)
      .map(([code, name]) => `${code} (${name})`)
      .join(', ')}.`,
  })
}

function readOccasion(text: string, kind: OccasionKind): Calendar['own'][number] {
  const [name, days] = pair(text, kind)
  const [first = '', last = first] = days.split('..')
  return { name, kind, first, last }
}

function occasionsIn({ settings, period }: ProjectState) {
  if (period === null) return []
  return occasionsOf(settings.calendar, Number(period.first.slice(0, 4)), Number(period.last.slice(0, 4)))
}

function printSettings(state: ProjectState): void {
  const { settings } = state
  const { calendar } = settings
  printLine(`Report time zone: ${settings.reportZone ?? 'clocks as written'}`)
  printLine(`Time zone of clocks that do not say theirs: ${settings.dataZone ?? 'unknown'}`)
  printLine(`Currency: ${settings.currency ?? 'not said'}; numbers and dates: ${settings.locale}`)
  printLine(`Weeks begin on ${calendar.weekStart}; the fiscal year begins in month ${calendar.fiscalMonth}`)
  printLine(`Calendar of: ${calendar.countries.length === 0 ? 'no country' : calendar.countries.join(', ')}`)
  for (const { name, kind, first, last } of occasionsIn(state))
    printLine(`  ${first}${last === first ? '            ' : ` – ${last}`} ${kind.padEnd(8)} ${name}`)
}
