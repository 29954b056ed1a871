import { secondFormat } from './dateFormats'
import type { Decision } from './decideType'
import { hashes, type Said, unreadable } from './said'
import type { ColumnCounts } from './scanColumns'

/** What is worth knowing about the dates of a column. */
export function dateFindings(decision: Decision, counts: ColumnCounts): Said[] {
  const said: Said[] = []
  const { format } = decision
  if (format === undefined || (decision.type !== 'date' && decision.type !== 'timestamp')) return said
  const filled = counts.count('valued')
  if (format === 'yyyyMMdd')
    said.push({
      id: 'integerDates',
      severity: 'info',
      title: 'Dates written as numbers',
      count: filled,
      unit: 'cells',
      treatment: 'Read as year, month, day',
    })
  if (format === 'excelDays' || format.startsWith('epoch'))
    said.push({
      id: 'countedDates',
      severity: 'warning',
      title: `Dates counted in ${countedIn(format)}`,
      count: filled,
      unit: 'cells',
      treatment: 'Turned into dates',
    })
  if (counts.count('hashes') > 0) said.push(hashes(counts))
  if (format.startsWith('serials:'))
    said.push({
      id: 'serialDates',
      severity: 'warning',
      title: 'Days of a spreadsheet among dates',
      count: counts.count('serials'),
      unit: 'cells',
      treatment: 'Turned into dates: 43466 is 2019-01-01',
      examples: [counts.text('serialsA')],
    })
  said.push(...zoneFindings(decision, counts))
  said.push(...secondFindings(format, counts))
  if (decision.unreadable > 0) said.push(...unreadable('date', decision, counts))
  said.push(...otherOrderFinding(decision, counts))
  if (decision.openOrder !== undefined)
    said.push({
      id: 'dateOrder',
      severity: 'warning',
      title: 'Day and month cannot be told apart',
      count: filled,
      unit: 'cells',
      treatment: `Read ${decision.openOrder === 'monthFirst' ? 'month' : 'day'} first; see the choice`,
    })
  if (decision.swapped !== undefined)
    said.push({
      id: 'swappedDays',
      severity: 'serious',
      title: 'Day and month swapped in date cells',
      count: counts.count('iso'),
      unit: 'cells',
      treatment:
        decision.swapped === 'repair' ? 'Swapped back; see the choice' : 'Believed as they are; see the choice',
    })
  else if (format.startsWith('mixed:'))
    said.push({
      id: 'mixedDates',
      severity: 'warning',
      title: 'Dates written in two ways in one column',
      count: counts.count('iso') === 0 ? filled : Math.min(counts.count('iso'), filled - counts.count('iso')),
      unit: 'cells',
      treatment: 'Both are read',
    })
  return said
}

function countedIn(format: string): string {
  if (format === 'excelDays') return 'days of a spreadsheet'
  return format === 'epochMilliseconds' ? 'milliseconds since 1970' : 'seconds since 1970'
}

function secondFindings(format: string, counts: ColumnCounts): Said[] {
  const second = secondFormat(format)
  if (second === undefined || counts.count('second') === 0) return []
  const isCounted = second.startsWith('epoch')
  return [
    {
      id: 'mixedDates',
      severity: 'warning',
      title: isCounted ? `Dates counted in ${countedIn(second)} among written ones` : 'Dates written in a second way',
      count: counts.count('second'),
      unit: 'cells',
      treatment: isCounted ? 'Both are read; the counted ones are UTC' : 'Both are read',
      examples: [counts.text('secondA')],
    },
  ]
}

/** What the cells say of their zone: some nothing, or different things. Summer time is an hour apart. */
function zoneFindings({ format = '', unreadable: misfits }: Decision, counts: ColumnCounts): Said[] {
  const zoned = counts.count('zoned')
  if (zoned === 0) return []
  const counted = secondFormat(format)?.startsWith('epoch') ? counts.count('second') : 0
  const without = counts.count('valued') - zoned - counted - misfits
  if (without > 0)
    return [
      {
        id: 'mixedZones',
        severity: 'warning',
        title: 'A time zone in some cells only',
        count: zoned,
        unit: 'cells',
        treatment: `The other ${without} are taken for the same zone`,
        examples: [counts.text('zone')],
      },
    ]
  const zones = [...new Set([counts.text('otherzone'), counts.text('zone')])]
  const [first, second] = zones.map((zone) => hoursOf(zone ?? ''))
  if (first !== undefined && second !== undefined && Math.abs(first - second) > 1) {
    const utc = counts.count('utc')
    const fewer = utc > 0 ? Math.min(utc, zoned - utc) : zoned
    return [
      {
        id: 'mixedZones',
        severity: 'warning',
        title: 'Times of different zones',
        count: fewer,
        unit: 'cells',
        treatment:
          'Every clock stands as written, its zone beside it: hours, days and the order of rows cannot be compared across zones. Export all times in one zone',
        examples: zones,
      },
    ]
  }
  return [
    {
      id: 'timeZone',
      severity: 'info',
      title: 'Times with a zone',
      count: zoned,
      unit: 'cells',
      treatment: 'The clock stands here as written; its zone is kept beside it',
      examples: zones,
    },
  ]
}

/** The hours of `UTC`, `+03:00` or `-0530` ahead of UTC. */
function hoursOf(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60)
}

/** Some dates prove one order and others only fit the other one: two habits met in one file. */
function otherOrderFinding(decision: Decision, counts: ColumnCounts): Said[] {
  const strange = counts.count('either') - Math.max(counts.count('fits'), counts.count('other'))
  if (strange <= 0 || decision.openOrder !== undefined) return []
  const isRead = decision.format?.startsWith('either:') ?? false
  return [
    {
      id: 'mixedOrder',
      severity: 'serious',
      title: 'Dates that fit only the other order of day and month',
      count: strange,
      unit: 'cells',
      treatment: isRead
        ? 'Read in that order; days up to 12 of the same rows may be read wrongly. Split the file by its source'
        : 'Left empty; more of them may be read in the wrong order',
    },
  ]
}
