import { periodsApart } from '../../../periods'
import { wilsonInterval } from '../../../stats/wilsonInterval'
import type { Cohort, RetentionCell, RetentionTotal } from './cohortRetention'
import type { Activity } from './readActivity'

/** Cells of every cohort up to the period that starts on `lastFinished`; later ones are not known yet. */
export function cohortsOf(
  activity: readonly Activity[],
  grain: 'month' | 'week',
  counted: 'on' | 'onOrAfter',
  lastFinished: string,
): Cohort[] {
  const rowsByCohort = new Map<string, Activity[]>()
  for (const row of activity) rowsByCohort.set(row.cohort, [...(rowsByCohort.get(row.cohort) ?? []), row])
  const starts = [...rowsByCohort.keys()].sort()
  const first = starts[0] ?? lastFinished
  const ages = periodsApart(first, lastFinished, grain)
  return starts.map((cohort) => {
    const rows = rowsByCohort.get(cohort) ?? []
    const customers = rows.find((row) => row.active === cohort)?.customers ?? 0
    const reached = ages - periodsApart(first, cohort, grain)
    const active = activeByAge(cohort, rows, grain, counted)
    return {
      cohort,
      customers,
      cells: Array.from({ length: Math.max(0, ages) }, (_, index) =>
        index < reached ? cell(index + 1, active(index + 1), customers) : null,
      ),
    }
  })
}

function activeByAge(
  cohort: string,
  rows: readonly Activity[],
  grain: 'month' | 'week',
  counted: 'on' | 'onOrAfter',
): (age: number) => number {
  const rowByAge = new Map(rows.map((row) => [periodsApart(cohort, row.active, grain), row]))
  if (counted === 'on') return (age) => rowByAge.get(age)?.customers ?? 0
  const lasting = [...rowByAge]
  // Whoever is seen last at some age was active "on or after" every age up to it.
  return (age) => lasting.reduce((sum, [at, row]) => sum + (at >= age ? row.last : 0), 0)
}

function cell(age: number, active: number, of: number): RetentionCell {
  return { age, active, of, share: active / of, ...wilsonInterval(active, of) }
}

/** Totals of every age over the cohorts that have reached it. */
export function totalsOf(cohorts: readonly Cohort[]): RetentionTotal[] {
  const ages = cohorts[0]?.cells.length ?? 0
  return Array.from({ length: ages }, (_, index) => index).flatMap((index) => {
    const cells = cohorts.flatMap((cohort) => cohort.cells[index] ?? [])
    if (cells.length === 0) return []
    const active = cells.reduce((sum, each) => sum + each.active, 0)
    const of = cells.reduce((sum, each) => sum + each.of, 0)
    return [
      {
        age: index + 1,
        cohorts: cells.length,
        active,
        of,
        weighted: active / of,
        simple: cells.reduce((sum, each) => sum + each.share, 0) / cells.length,
        ...wilsonInterval(active, of),
      },
    ]
  })
}
