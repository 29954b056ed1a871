import { z } from 'zod'
import { ident, join, raw, type Sql, sql } from '../../../shared/sql'
import type { ColumnAlert, ColumnDetail } from '../../../shared/tableAnswers'
import { filterFamily, type TableColumn } from '../../../shared/tableView'
import type { Database, QueryOptions } from '../database'
import { distributionOf, exactUpTo } from './distribution'
import { readTopValues } from './gridPages'
import type { Relation } from './relation'

const topCount = 10

/** One column in full. It reads that column only, so the width of the table does not matter. */
export async function profileColumn(
  database: Database,
  relation: Relation,
  column: TableColumn,
  options: QueryOptions,
): Promise<ColumnDetail> {
  const [base] = await profileColumns(database, relation, [column], 'full', options)
  if (base === undefined) throw new Error('one profile a column')
  const [top, bars] = await Promise.all([
    readTopValues(database, relation, { column: column.name, search: '', limit: topCount }, options),
    distributionOf(database, relation, column, base.distinct, options),
  ])
  const detail = { ...base, top, ...bars }
  return { ...detail, alerts: alertsOf(detail) }
}

/** Figures of many columns, a batch of them in each pass over the rows; what needs them sorted only in full. */
export async function profileColumns(
  database: Database,
  relation: Pick<Relation, 'from' | 'rows'>,
  columns: readonly TableColumn[],
  depth: 'full' | 'figures',
  options: QueryOptions,
): Promise<readonly ColumnDetail[]> {
  const profiles: ColumnDetail[] = []
  for (let start = 0; start < columns.length; start += batchSize) {
    const batch = columns.slice(start, start + batchSize)
    const figures = batch.flatMap((column, index) =>
      figuresOf(column, index, relation.rows > exactUpTo, depth === 'full'),
    )
    const [row] = await database.query(
      // Not a number is an answer, too: the lopsidedness of equal values.
      z.record(z.string(), z.unknown()),
      sql`SELECT count(*)::DOUBLE AS rows, ${join(figures, ', ')} FROM ${relation.from}`,
      { signal: options.signal },
    )
    profiles.push(...batch.map((column, index) => detailOf(column, index, row ?? {}, relation.rows > exactUpTo)))
    options.onProgress?.({
      fraction: Math.min(0.99, (start + batch.length) / columns.length),
      note: `column ${start + batch.length} of ${columns.length}`,
    })
  }
  return profiles
}

const batchSize = 20

function figuresOf(column: TableColumn, index: number, isLong: boolean, isFull: boolean): Sql[] {
  const name = ident(column.name)
  const family = filterFamily(column.type)
  const figure = (key: string, value: Sql): Sql => sql`${value} AS ${ident(`${key}${index}`)}`
  const distinct = isLong ? sql`approx_count_distinct(${name})` : sql`count(DISTINCT ${name})`
  const common = [
    figure('missing', sql`(count(*) - count(${name}))::DOUBLE`),
    figure('distinct', sql`${distinct}::DOUBLE`),
  ]
  if (family === 'number') {
    const value = sql`CAST(${name} AS DOUBLE)`
    return [
      ...common,
      figure('min', sql`min(${value})`),
      figure('max', sql`max(${value})`),
      figure('mean', sql`avg(${value})`),
      figure('sum', sql`CAST(sum(${name}) AS DOUBLE)`),
      figure('deviation', sql`stddev_samp(${value})`),
      ...(isFull ? shapeFigures(value, name, figure, isLong) : []),
    ]
  }
  if (family === 'date') {
    return [
      ...common,
      figure('min', sql`CAST(min(${name}) AS VARCHAR)`),
      figure('max', sql`CAST(max(${name}) AS VARCHAR)`),
      figure(
        'median',
        isLong ? raw('NULL::VARCHAR') : sql`strftime(quantile_disc(CAST(${name} AS TIMESTAMP), 0.5), '%Y-%m-%d')`,
      ),
    ]
  }
  const text = sql`CAST(${name} AS VARCHAR)`
  return [
    ...common,
    figure('min', sql`min(${text})`),
    figure('max', sql`max(${text})`),
    figure('short', sql`min(length(${text}))::DOUBLE`),
    figure('long', sql`max(length(${text}))::DOUBLE`),
    figure('blank', sql`count(CASE WHEN trim(${text}) = '' THEN 1 END)::DOUBLE`),
  ]
}

/** What takes sorting or a second look at every value. */
function shapeFigures(value: Sql, name: Sql, figure: (key: string, value: Sql) => Sql, isLong: boolean): Sql[] {
  const quantiles = (share: number): Sql =>
    // Two mentions of the same list are worked out once.
    isLong
      ? sql`approx_quantile(${value}, [0.25, 0.5, 0.75])[${raw(String(share))}]`
      : sql`quantile_cont(${value}, [0.25, 0.5, 0.75])[${raw(String(share))}]`
  return [
    ...[1, 2, 3].map((place) => figure(`q${place}_`, quantiles(place))),
    figure('zeros', sql`count(CASE WHEN ${name} = 0 THEN 1 END)::DOUBLE`),
    figure('negative', sql`count(CASE WHEN ${name} < 0 THEN 1 END)::DOUBLE`),
    // Of finite values only: one infinity would make the moments of all others unknown.
    figure('skew', sql`skewness(CASE WHEN isfinite(${value}) THEN ${value} END)`),
  ]
}

type FigureRow = Readonly<Record<string, unknown>>

function detailOf(column: TableColumn, index: number, row: FigureRow, isLong: boolean): ColumnDetail {
  const figure = (key: string): string | number | null => {
    const value = row[`${key}${index}`]
    return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)) ? value : null
  }
  const number = (key: string): number | null => {
    const value = figure(key)
    return typeof value === 'number' ? value : null
  }
  const median = figure('median')
  const detail: Omit<ColumnDetail, 'alerts'> = {
    name: column.name,
    type: column.type,
    rows: number('rows') ?? Number(row['rows'] ?? 0),
    missing: number('missing') ?? 0,
    distinct: number('distinct') ?? 0,
    isEstimate: isLong,
    min: figure('min'),
    max: figure('max'),
    mean: number('mean'),
    sum: number('sum'),
    deviation: number('deviation'),
    quartiles:
      number('q2_') === null
        ? null
        : { lower: number('q1_') ?? 0, median: number('q2_') ?? 0, upper: number('q3_') ?? 0 },
    medianDay: typeof median === 'string' ? median : null,
    zeros: number('zeros'),
    negative: number('negative'),
    skew: number('skew'),
    shortest: number('short'),
    longest: number('long'),
    blank: number('blank'),
    top: [],
    bars: [],
    shape: 'distinct',
  }
  return { ...detail, alerts: alertsOf(detail) }
}

/** What deserves a look, the gravest first; each in one sentence with its count. */
function alertsOf(detail: Omit<ColumnDetail, 'alerts'>): readonly ColumnAlert[] {
  const { rows, missing, distinct, quartiles, min, max, mean, deviation, skew, type } = detail
  const present = rows - missing
  const alerts: ColumnAlert[] = []
  const say = (kind: ColumnAlert['kind'], grave: boolean, text: string): void => {
    alerts.push({ kind, severity: grave ? 'warning' : 'info', text })
  }
  if (rows > 0 && present === 0) say('empty', true, 'Every value is missing.')
  else if (rows > 0 && missing / rows >= 0.2)
    say('missing', true, `${share(missing / rows)} of the values are missing.`)
  if (present > 1 && distinct === 1) say('constant', true, 'The same value in every row that has one.')
  const [first] = detail.top
  if (distinct > 1 && first !== undefined && first.count / present >= 0.95)
    say('dominant', false, `${share(first.count / present)} of the values are “${first.value}”.`)
  if (type === 'text' && present >= 50 && distinct / present > 0.98)
    say('unique', false, 'Nearly every value is different: a name or an identifier, not a group.')
  if (typeof min === 'number' && typeof max === 'number' && quartiles !== null) {
    const spread = quartiles.upper - quartiles.lower
    const far = spread > 0 && (max > quartiles.upper + 25 * spread || min < quartiles.lower - 25 * spread)
    if (far) say('outliers', true, 'Some values lie more than 25 times the usual spread away from the rest.')
    else if (
      mean !== null &&
      deviation !== null &&
      deviation > 0 &&
      spread > 0 &&
      Math.max(max - mean, mean - min) > 8 * deviation
    )
      say('outliers', false, 'The extremes lie more than eight standard deviations from the mean.')
  }
  if (skew !== null && Math.abs(skew) > 3 && distinct > 10)
    say(
      'skew',
      false,
      `Very lopsided: the mean lies far ${skew > 0 ? 'above' : 'below'} the median; prefer the median.`,
    )
  if (detail.blank !== null && detail.blank > 0)
    say('blank', false, `${detail.blank.toLocaleString('en-US')} texts hold nothing but blanks.`)
  return alerts.sort((one, other) => Number(one.severity === 'info') - Number(other.severity === 'info'))
}

const share = (fraction: number): string => `${(fraction * 100).toFixed(1)}%`
