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
      title: `Dates counted in ${format === 'excelDays' ? 'days of a spreadsheet' : 'seconds since 1970'}`,
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
  if (counts.count('zoned') > 0 && counts.count('zoned') < filled)
    said.push({
      id: 'mixedZones',
      severity: 'warning',
      title: 'A time zone in some cells only',
      count: counts.count('zoned'),
      unit: 'cells',
      treatment: `The other ${filled - counts.count('zoned')} are taken for the same zone`,
      examples: [counts.text('zone')],
    })
  else if (counts.count('zoned') > 0)
    said.push({
      id: 'timeZone',
      severity: 'info',
      title: 'Times with a zone',
      count: counts.count('zoned'),
      unit: 'cells',
      treatment: 'The clock stands here as written; its zone is kept beside it',
      examples: [...new Set([counts.text('otherzone'), counts.text('zone')])],
    })
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
