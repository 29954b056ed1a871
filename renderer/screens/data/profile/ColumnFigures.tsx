import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { Formatter } from '../../../../shared/format'
import type { ColumnDetail } from '../../../../shared/tableAnswers'
import { type ColumnFilter, filterFamily } from '../../../../shared/tableView'
import { Icon } from '../../../ui/Icon'
import { useFormatter } from '../../../ui/useFormatter'
import { decimalText } from '../grid/columnLook'
import { Distribution } from '../grid/Distribution'

interface ColumnFiguresProps {
  readonly detail: ColumnDetail
  readonly onFilter: (filter: ColumnFilter) => void
}

/** Everything about one column: alerts, distribution, figures, commonest values. */
export function ColumnFigures({ detail, onFilter }: ColumnFiguresProps) {
  const format = useFormatter()
  return (
    <div className="figures">
      {detail.alerts.map(({ kind, severity, text }) => (
        <div key={kind} className={`note${severity === 'info' ? ' info' : ''}`}>
          <Icon of={severity === 'info' ? IconInfoCircle : IconAlertTriangle} size={14} />
          <span>{text}</span>
        </div>
      ))}
      <div className="figurecolumns">
        <dl className="def figurelist">
          {figuresOf(detail, format).map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd className="tnum">{value}</dd>
            </div>
          ))}
        </dl>
        <div className="col figureright">
          {detail.shape === 'histogram' && <Histogram detail={detail} onFilter={onFilter} />}
          <TopValues detail={detail} onFilter={onFilter} />
        </div>
      </div>
    </div>
  )
}

function Histogram({ detail, onFilter }: ColumnFiguresProps) {
  const format = useFormatter()
  const first = detail.bars[0]?.label ?? ''
  const last = detail.max
  return (
    <div>
      <Distribution
        profile={detail}
        format={format}
        width={320}
        height={72}
        onBar={({ range }) => {
          if (range !== undefined) onFilter({ is: 'range', column: detail.name, ...range })
        }}
      />
      <div className="row f11 t3 histogramends">
        <span>{endText(first, format)}</span>
        <span className="end">{endText(last ?? '', format)}</span>
      </div>
    </div>
  )
}

function TopValues({ detail, onFilter }: ColumnFiguresProps) {
  const format = useFormatter()
  const { top, rows, missing, distinct, name } = detail
  const isGroup = distinct < rows - missing
  if (top.length === 0 || !isGroup) return null
  const most = top[0]?.count ?? 1
  const isFilterable = filterFamily(detail.type) !== 'date'
  return (
    <ul className="topvalues" aria-label={`Commonest values of ${name}`}>
      {top.map(({ value, count }) => (
        <li key={value}>
          <button
            type="button"
            className="bare topvalue"
            title="Show these rows"
            onClick={() =>
              onFilter(
                isFilterable
                  ? { is: 'oneOf', column: name, values: [value] }
                  : { is: 'range', column: name, from: value, to: value },
              )
            }
          >
            <span className="ell">{value === '' ? 'empty text' : value}</span>
            <span className="bar">
              <i style={{ width: `${(count / most) * 100}%` }} />
            </span>
            <span className="r tnum t2">{format.count(count)}</span>
            <span className="r tnum t3">{smallShare(count / rows, format)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** What is there is never printed as none. */
function smallShare(share: number, format: Formatter): string {
  return share < 0.001 ? `<${format.percent(0.001)}` : format.percent(share)
}

function figuresOf(detail: ColumnDetail, format: Formatter): [string, string][] {
  const about = detail.isEstimate ? 'about ' : ''
  const number = (value: number): string =>
    detail.type === 'integer' && Number.isInteger(value) ? format.count(value) : decimalText(value, format)
  const end = (value: string | number): string => (typeof value === 'number' ? number(value) : value)
  const { min, max, mean, quartiles, deviation, sum, zeros, negative, shortest, longest, medianDay } = detail
  const isText = filterFamily(detail.type) === 'text'
  return [
    ['Rows', format.count(detail.rows)],
    ['Missing', format.share(detail.missing, detail.rows)],
    ['Distinct', `${about}${format.count(detail.distinct)}`],
    ...(min === null || max === null || isText
      ? []
      : ([
          ['Least', end(min)],
          ['Most', end(max)],
        ] as [string, string][])),
    ...(medianDay === null ? [] : [['Median', medianDay] as [string, string]]),
    ...(quartiles === null
      ? []
      : ([
          ['Median', about + number(quartiles.median)],
          ['Middle half', `${number(quartiles.lower)} to ${number(quartiles.upper)}`],
        ] as [string, string][])),
    ...(mean === null ? [] : [['Mean', decimalText(mean, format)] as [string, string]]),
    ...(deviation === null
      ? []
      : [['Spread', `${decimalText(deviation, format)} (standard deviation)`] as [string, string]]),
    ...(sum === null ? [] : [['Sum', number(sum)] as [string, string]]),
    ...(zeros === null ? [] : [['Zero', format.count(zeros)] as [string, string]]),
    ...(negative === null || negative === 0 ? [] : [['Below zero', format.count(negative)] as [string, string]]),
    ...(shortest === null || longest === null
      ? []
      : [
          ['Length', shortest === longest ? `${shortest} characters` : `${shortest} to ${longest} characters`] as [
            string,
            string,
          ],
        ]),
  ]
}

function endText(value: string | number, format: Formatter): string {
  const number = Number(value)
  return value !== '' && Number.isFinite(number)
    ? Number.isInteger(number)
      ? format.count(number)
      : decimalText(number, format)
    : String(value)
}
