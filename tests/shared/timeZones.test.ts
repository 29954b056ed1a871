import { describe, expect, test } from 'vitest'
import { requireZone, zoneClock } from '../../shared/timeZones'

const at = (text: string): number => Date.parse(text) / 1000

test('Madrid goes forward on 2019-03-31 and back on 2019-10-27, at 01:00 UTC', () => {
  expect(zoneClock('Europe/Madrid', 2019, 2019)).toEqual({
    zone: 'Europe/Madrid',
    offsetSeconds: 3600,
    changes: [
      { at: at('2019-03-31T01:00:00Z'), offsetSeconds: 7200 },
      { at: at('2019-10-27T01:00:00Z'), offsetSeconds: 3600 },
    ],
  })
})

test('Moscow has no such days, and left its summer time for ever in 2014', () => {
  expect(zoneClock('Europe/Moscow', 2019, 2019)).toEqual({ zone: 'Europe/Moscow', offsetSeconds: 10_800, changes: [] })
  expect(zoneClock('Europe/Moscow', 2014, 2015).changes).toEqual([
    { at: at('2014-10-25T22:00:00Z'), offsetSeconds: 10_800 },
  ])
})

test.each(['America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Casablanca', 'Pacific/Apia'])(
  '%s says the hour that the system says, a thousand times between 2009 and 2026',
  (zone) => {
    const clock = zoneClock(zone, 2009, 2026)
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    const first = at('2009-01-01T00:00:00Z')
    const last = at('2026-12-31T23:59:59Z')
    const instants = Array.from({ length: 1000 }, (_, index) => Math.floor(first + ((last - first) * index) / 999))
    // One second before and after each change, too.
    for (const instant of [...instants, ...clock.changes.flatMap((change) => [change.at - 1, change.at])]) {
      const offset = clock.changes.findLast((change) => change.at <= instant)?.offsetSeconds ?? clock.offsetSeconds
      const said = new Date((instant + offset) * 1000).toISOString().slice(0, 19).replace('T', ' ')
      expect(said).toBe(format.format(instant * 1000))
    }
  },
)

describe('the name of a zone', () => {
  test('is written as the IANA list has it', () => {
    expect(requireZone('europe/moscow')).toBe('Europe/Moscow')
    expect(requireZone('utc')).toBe('UTC')
  })
  test('that does not exist is refused with one that does', () => {
    expect(() => requireZone('Moscow')).toThrow('"Moscow" is not a time zone.')
    expect(() => requireZone('Moscow')).toThrow(expect.objectContaining({ hint: 'Did you mean Europe/Moscow?' }))
  })
})
