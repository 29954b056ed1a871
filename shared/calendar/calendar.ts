import { z } from 'zod'
import { calendarRules } from './calendarRules'

export const countries = { ES: 'Spain', US: 'United States', UK: 'United Kingdom', DE: 'Germany' } as const
export type Country = keyof typeof countries

export const occasionKinds = ['event', 'holiday', 'campaign'] as const
export type OccasionKind = (typeof occasionKinds)[number]

const day = z.iso.date()

/** Days that matter to a shop, as the analyst wants them. */
export const calendarSchema = z.object({
  /** Whose holidays and gift days count beside the events that all countries share. */
  countries: z.array(z.enum(Object.keys(countries) as [Country])).default([]),
  /** Ids of built-in occasions that do not count. */
  off: z.array(z.string()).default([]),
  /** Occasions of the analyst's own, first and last day included. */
  own: z.array(z.object({ name: z.string().min(1), kind: z.enum(occasionKinds), first: day, last: day })).default([]),
  weekStart: z.enum(['monday', 'sunday', 'saturday']).default('monday'),
  /** Month in which the fiscal year begins, 1–12. */
  fiscalMonth: z.number().int().min(1).max(12).default(1),
})
export type Calendar = z.infer<typeof calendarSchema>

export interface Occasion {
  /** `blackFriday`; null for those of the analyst's own. */
  readonly id: string | null
  readonly name: string
  readonly kind: OccasionKind
  readonly first: string
  readonly last: string
}

/** Every occasion that touches the years, by day and name. */
export function occasionsOf(calendar: Calendar, firstYear: number, lastYear: number): Occasion[] {
  const years = Array.from({ length: Math.max(0, lastYear - firstYear + 1) }, (_, index) => firstYear + index)
  const builtIn = calendarRules
    .filter(
      ({ id, of }) =>
        !calendar.off.includes(id) && (of === 'all' || of.some((each) => calendar.countries.includes(each))),
    )
    .flatMap(({ id, name, kind, on }) =>
      years.flatMap((year): Occasion[] => {
        const date = on(year)
        return date === null ? [] : [{ id, name, kind, first: date, last: date }]
      }),
    )
  const own = calendar.own
    .filter(({ first, last }) => Number(last.slice(0, 4)) >= firstYear && Number(first.slice(0, 4)) <= lastYear)
    .map((occasion): Occasion => ({ id: null, ...occasion }))
  return [...builtIn, ...own].sort((one, other) =>
    one.first === other.first ? one.name.localeCompare(other.name, 'en') : one.first < other.first ? -1 : 1,
  )
}

/** The view `calendar`: one row for each day of the years that the data touch. */
export const calendarColumns = [
  ['day', 'DATE', 'Day'],
  ['weekday', 'INTEGER', 'Day of the week, Monday 1 to Sunday 7'],
  ['weekday_name', 'VARCHAR', 'Monday … Sunday'],
  ['iso_year', 'INTEGER', 'Year of the ISO week'],
  ['iso_week', 'INTEGER', 'ISO week, 1–53'],
  ['week_start', 'DATE', 'First day of its week, by the setting of the project'],
  ['month', 'DATE', 'First day of its month'],
  ['quarter', 'INTEGER', 'Quarter, 1–4'],
  ['year', 'INTEGER', 'Year'],
  ['fiscal_year', 'INTEGER', 'Fiscal year, named by the year in which it ends'],
  ['fiscal_month', 'INTEGER', 'Month of the fiscal year, 1–12'],
  ['event', 'VARCHAR', 'Events of the day'],
  ['holiday', 'VARCHAR', 'Holidays of the day'],
  ['campaign', 'VARCHAR', 'Campaigns of the analyst that run on the day'],
] as const
