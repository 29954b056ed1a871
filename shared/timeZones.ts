import { AppError } from './errors'

/** From an instant on, the clock of a zone is so many seconds ahead of UTC. */
export interface OffsetChange {
  /** Seconds since 1970. */
  readonly at: number
  readonly offsetSeconds: number
}

/** The clock of a zone over a stretch of years. */
export interface ZoneClock {
  readonly zone: string
  /** Before the first change. */
  readonly offsetSeconds: number
  readonly changes: readonly OffsetChange[]
}

/**
 * The zone as the IANA list writes it ("europe/moscow" is Europe/Moscow).
 * @throws AppError `bad-parameter` when there is no such zone.
 */
export function requireZone(wished: string): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: wished.trim() }).resolvedOptions().timeZone
  } catch (cause) {
    const wanted = wished.trim().toLowerCase().replaceAll(' ', '_')
    const near = zoneNames().filter((name) => wanted.length > 2 && name.toLowerCase().includes(wanted))
    throw new AppError('bad-parameter', `"${wished}" is not a time zone.`, {
      hint:
        near.length > 0
          ? `Did you mean ${near.slice(0, 3).join(', ')}?`
          : 'Zones are written as Europe/Madrid, America/New_York or UTC.',
      cause,
    })
  }
}

/** Every zone a person may choose, UTC first. */
export function zoneNames(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')]
}

const daySeconds = 86_400

/** The offsets of a zone from the start of one year to the end of another, exact to the second. */
export function zoneClock(zone: string, firstYear: number, lastYear: number): ZoneClock {
  const offsetAt = offsetReader(zone)
  const start = Date.UTC(firstYear, 0, 1) / 1000
  const end = Date.UTC(lastYear + 1, 0, 1) / 1000
  const changes: OffsetChange[] = []
  let offset = offsetAt(start)
  for (let day = start; day < end; day += daySeconds) {
    const next = offsetAt(day + daySeconds)
    if (next === offset) continue
    changes.push({ at: changeBetween(day, day + daySeconds, offsetAt), offsetSeconds: next })
    offset = next
  }
  return { zone, offsetSeconds: offsetAt(start), changes }
}

/** The first second that has another offset than the one before it. */
function changeBetween(from: number, to: number, offsetAt: (instant: number) => number): number {
  const before = offsetAt(from)
  let low = from
  let high = to
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle) === before) low = middle
    else high = middle
  }
  return high
}

function offsetReader(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (instant) => {
    const parts = new Map(format.formatToParts(instant * 1000).map(({ type, value }) => [type, Number(value)]))
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
    const clock = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
    return clock / 1000 - instant
  }
}
