import type { Formatter } from '../../../../shared/format'
import type { ColumnBar, ColumnProfile } from '../../../../shared/tableAnswers'

const shareColours = ['var(--q6)', 'var(--q5)', 'var(--q4)', 'var(--q3)', 'var(--q2)']

interface DistributionProps {
  readonly profile: Pick<ColumnProfile, 'shape' | 'bars' | 'distinct'>
  readonly format: Formatter
  readonly width?: number
  readonly height?: number
  /** A click on a bar; the column's menu offers the same to the keyboard. */
  readonly onBar?: (bar: ColumnBar) => void
}

/** A column in a few pixels: bars of ranges, shares of the commonest values, or how many there are. */
export function Distribution({ profile, format, width = 72, height = 20, onBar }: DistributionProps) {
  if (profile.shape === 'distinct' || profile.bars.length === 0)
    return <span>{format.count(profile.distinct)} distinct</span>
  const marks = profile.shape === 'histogram' ? histogram(profile.bars, width, height) : shares(profile.bars, width)
  return (
    <svg width={width} height={height} aria-hidden="true" className={onBar === undefined ? 'bars' : 'bars clickable'}>
      {marks.map(({ bar, x, y, w, h, fill }) => (
        <g key={x} {...(onBar === undefined ? {} : { onClick: () => onBar(bar) })}>
          <title>{`${bar.label}: ${format.count(bar.count)} rows`}</title>
          <rect className="barhit" x={x} y={0} width={w + 1} height={height} />
          <rect
            className="barmark"
            x={x}
            y={y}
            width={w}
            height={h}
            rx={profile.shape === 'shares' ? 1.5 : 0}
            fill={fill}
          />
        </g>
      ))}
    </svg>
  )
}

interface Mark {
  readonly bar: ColumnBar
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  readonly fill: string
}

function histogram(bars: readonly ColumnBar[], width: number, height: number): Mark[] {
  const most = Math.max(...bars.map(({ count }) => count), 1)
  const step = width / bars.length
  return bars.map((bar, index) => {
    const h = bar.count === 0 ? 0 : Math.max(1, (bar.count / most) * height)
    return { bar, x: index * step, y: height - h, w: Math.max(1, step - 1), h, fill: 'var(--q4)' }
  })
}

function shares(all: readonly ColumnBar[], width: number): Mark[] {
  const bars = all.slice(0, shareColours.length)
  const gap = 1.5
  const total = bars.reduce((sum, { count }) => sum + count, 0) || 1
  const room = width - gap * (bars.length - 1)
  return bars.map((bar, index) => ({
    bar,
    x: bars.slice(0, index).reduce((sum, { count }) => sum + (count / total) * room + gap, 0),
    y: 8,
    w: Math.max(0.5, (bar.count / total) * room),
    h: 8,
    fill: shareColours[index] ?? 'var(--q2)',
  }))
}
