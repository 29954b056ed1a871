import type { ColumnProfile } from '../../../shared/engineApi'
import type { Formatter } from '../../../shared/format'

const width = 72
const height = 20
const shareColours = ['var(--q6)', 'var(--q5)', 'var(--q4)', 'var(--q3)', 'var(--q2)']

interface DistributionProps {
  readonly profile: ColumnProfile
  readonly format: Formatter
}

/** 72 × 20 pixels of a column: bars of ranges, shares of the commonest values, or how many there are. */
export function Distribution({ profile, format }: DistributionProps) {
  if (profile.shape === 'distinct' || profile.bars.length === 0)
    return <span>{format.count(profile.distinct)} distinct</span>
  return (
    <svg width={width} height={height} aria-hidden="true">
      {profile.shape === 'histogram' ? <Histogram profile={profile} /> : <Shares profile={profile} />}
    </svg>
  )
}

function Histogram({ profile }: { readonly profile: ColumnProfile }) {
  const most = Math.max(...profile.bars.map(({ count }) => count), 1)
  const step = width / profile.bars.length
  return profile.bars.map(({ label, count }, index) => {
    const size = count === 0 ? 0 : Math.max(1, (count / most) * height)
    return (
      <rect
        key={label}
        x={index * step}
        y={height - size}
        width={Math.max(1, step - 1)}
        height={size}
        fill="var(--q4)"
      />
    )
  })
}

function Shares({ profile }: { readonly profile: ColumnProfile }) {
  const bars = profile.bars.slice(0, shareColours.length)
  const gap = 1.5
  const total = bars.reduce((sum, { count }) => sum + count, 0) || 1
  const room = width - gap * (bars.length - 1)
  const starts = bars.map((_bar, index) =>
    bars.slice(0, index).reduce((sum, { count }) => sum + (count / total) * room + gap, 0),
  )
  return bars.map(({ label, count }, index) => (
    <rect
      key={label}
      x={starts[index] ?? 0}
      y={8}
      width={Math.max(0.5, (count / total) * room)}
      height={8}
      rx={1.5}
      fill={shareColours[index] ?? 'var(--q2)'}
    />
  ))
}
