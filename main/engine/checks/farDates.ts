import type { Finding } from '../../../shared/description'
import { ident, join, raw, type Sql, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, isDate, type Said } from './checkedTable'
import { blocksOf, type DayBlock, dayNumber, isoDay, longGap, mainBlock, monthOf, sumOf } from './days'

/** Days that programs write for "no date". */
const placeholders = [
  '0001-01-01',
  '1899-12-30',
  '1899-12-31',
  '1900-01-00',
  '1900-01-01',
  '1904-01-01',
  '1970-01-01',
  '2099-12-31',
  '2999-12-31',
  '9999-12-31',
].flatMap((iso) => (Number.isNaN(Date.parse(iso)) ? [] : [dayNumber(iso)]))

/** The two calendars of spreadsheets begin this many days apart. */
const daysOf1904 = 1462
const mostColumns = 4
/** More rows than this share are another period, not a mistake. */
const mostFar = 0.05

/**
 * Dates that lie more than 366 days (or a month) before or after the bulk of their column.
 *
 * - Placeholders such as 1970-01-01, whatever their number.
 * - A block that 1,462 days later or earlier joins the bulk (within a month): read in the other calendar of
 *   spreadsheets. It holds at most as many rows as the bulk.
 * - Others, when they are at most 5 % of the rows. Beside rows on most days, a month away is far enough.
 */
export async function checkFarDates(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter(isDate).slice(0, mostColumns)
  const found = await Promise.all(columns.map((column) => farDatesIn(work, column)))
  return found.flat()
}

async function farDatesIn(work: CheckWork, column: CheckedColumn): Promise<Finding[]> {
  const days = await work.days(column.name)
  const isPlaceholder = ({ from, to }: DayBlock): boolean => from === to && placeholders.includes(from)
  const main = mainBlock(days.filter(({ day }) => !placeholders.includes(day)))
  if (main === undefined) return []
  const others = blocksOf(
    days.filter(({ day }) => day < main.from || day > main.to),
    longGap,
  )
  const unset = others.filter(isPlaceholder)
  const displaced = others.filter((block) => !isPlaceholder(block) && isDisplaced(block, main))
  const far = others.filter((block) => !isPlaceholder(block) && !displaced.includes(block))
  const rows = (blocks: readonly DayBlock[]): number => sumOf(blocks.map((block) => block.rows))
  const all = sumOf(days.map((entry) => entry.rows))
  return [
    ...say(work, column, unset, {
      id: 'placeholderDates',
      severity: 'serious',
      title: 'Dates that stand for "no date"',
      treatment: 'Read as dates: they stretch the period; leave these rows out or ask for their dates',
    }),
    ...say(work, column, displaced, {
      id: 'dates1904',
      severity: 'serious',
      title: 'Dates four years and a day off: a workbook of the other calendar',
      treatment: 'Kept as written; move them by 1,462 days in the file',
      fix: { label: 'Move them by 1,462 days', value: moved(column, main) },
    }),
    ...(rows(far) <= Math.max(1, all * mostFar) ? say(work, column, far, farSaid(far, main)) : []),
  ]
}

function farSaid(far: readonly DayBlock[], main: DayBlock): Pick<Said, 'id' | 'severity' | 'title' | 'treatment'> {
  const days = far.flatMap((block) => block.days.map(({ day }) => day))
  const distance = Math.max(...days.map((day) => Math.max(main.from - day, day - main.to)))
  const isAfter = days.every((day) => day > main.to)
  const far366 = isAfter ? 'Dates more than a year after all others' : 'Dates more than a year away from all others'
  const apart = distance > longGap ? far366 : 'Dates more than a month away from all others'
  return {
    id: 'farDates',
    severity: distance > longGap ? 'serious' : 'warning',
    title: riseByYears(days) ? 'Dates that rise by a year: the year was dragged on' : apart,
    treatment: 'Read as written: they stretch the period; check them',
  }
}

/** The same day of the month in three years or more that follow one another. */
function riseByYears(days: readonly number[]): boolean {
  const years = days.map((day) => Math.floor(monthOf(day) / 12))
  const places = new Set(days.map((day) => isoDay(day).slice(5)))
  return (
    years.length >= 3 &&
    places.size === 1 &&
    years.every((year, index) => index === 0 || year === (years[index - 1] ?? 0) + 1)
  )
}

function isDisplaced(block: DayBlock, main: DayBlock): boolean {
  const fits = (by: number): boolean => block.from + by <= main.to + 31 && block.to + by >= main.from - 31
  const isRising = riseByYears(block.days.map(({ day }) => day))
  return !isRising && block.rows <= main.rows && (fits(daysOf1904) || fits(-daysOf1904))
}

function say(
  work: CheckWork,
  column: CheckedColumn,
  blocks: readonly DayBlock[],
  said: Pick<Said, 'id' | 'severity' | 'title' | 'treatment' | 'fix'>,
): Finding[] {
  const [first, last] = [blocks[0], blocks.at(-1)]
  if (first === undefined || last === undefined) return []
  const days = blocks.flatMap((block) => block.days)
  return [
    work.say({
      ...said,
      column: column.name,
      count: sumOf(blocks.map(({ rows }) => rows)),
      unit: 'rows',
      examples: days.slice(0, 5).map(({ day }) => isoDay(day)),
      period: { from: isoDay(first.from), to: isoDay(last.to) },
      rows: inBlocks(column, blocks.slice(0, 50)),
    }),
  ]
}

/** The same day in the other calendar. */
const moved = ({ name }: CheckedColumn, main: DayBlock): Sql => sql`
  CASE WHEN CAST(${ident(name)} AS DATE) < CAST(${isoDay(main.from)} AS DATE)
    THEN ${ident(name)} + INTERVAL ${raw(String(daysOf1904))} DAY
    ELSE ${ident(name)} - INTERVAL ${raw(String(daysOf1904))} DAY END`

function inBlocks(column: CheckedColumn, blocks: readonly DayBlock[]): Sql {
  const day = sql`CAST(${ident(column.name)} AS DATE)`
  return join(
    blocks.map(({ from, to }) => sql`${day} BETWEEN CAST(${isoDay(from)} AS DATE) AND CAST(${isoDay(to)} AS DATE)`),
    ' OR ',
  )
}
