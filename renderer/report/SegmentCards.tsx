import { Button } from '@mantine/core'
import { IconFlag } from '@tabler/icons-react'
import type { SegmentCard } from '../../shared/report'
import { draftInitiative } from '../state/draftStore'
import { Icon } from '../ui/Icon'
import { useFormatter } from '../ui/useFormatter'
import { useSelection } from './selection'

// Blue for the best, its lighter neighbour next: the order of the mock-ups, not of the palette.
const colours = ['var(--c1)', 'var(--c7)', 'var(--c3)', 'var(--c5)', 'var(--c2)', 'var(--c4)', 'var(--c6)', 'var(--c8)']

interface SegmentCardsProps {
  readonly id: string
  readonly cards: readonly SegmentCard[]
}

/** Who they are, what they are worth, and what to do with them. */
export function SegmentCards({ id, cards }: SegmentCardsProps) {
  return (
    <div className="segmentcards">
      {cards.map((card, index) => (
        <SegmentCardView
          key={card.name}
          id={`${id}.${card.name}`}
          card={card}
          colour={colours[index % colours.length] ?? 'var(--c1)'}
        />
      ))}
    </div>
  )
}

interface SegmentCardViewProps {
  readonly id: string
  readonly card: SegmentCard
  readonly colour: string
}

function SegmentCardView({ id, card, colour }: SegmentCardViewProps) {
  const format = useFormatter()
  const { selected, select } = useSelection()
  const share = format.percent(card.revenueShare)
  const explain = (): void =>
    select({
      key: id,
      value: share,
      what: `${card.name}, share of revenue`,
      means: `Revenue of the ${format.count(card.customers)} customers in ${card.name} / revenue of all customers`,
      figures: `${format.money(card.revenue)} from ${format.count(card.customers)} customers (${format.percent(card.customerShare)})`,
    })
  return (
    <section className={`card segmentcard${selected?.key === id ? ' on' : ''}`} aria-label={card.name}>
      <button type="button" className="bare col segmenttop tnum" onClick={explain} aria-pressed={selected?.key === id}>
        <span className="row">
          <span className="swatch" style={{ background: colour }} />
          <span className="b f14">{card.name}</span>
          <span className="t3 f12">{card.rule}</span>
          <span className="end nw">
            <b className="b">{format.count(card.customers)}</b>{' '}
            <span className="t3 f12">customers, {format.percent(card.customerShare)}</span>
          </span>
        </span>
        <span className="row f12">
          <span className="bar grow" style={{ height: 6 }}>
            <i style={{ width: `${Math.min(1, card.revenueShare) * 100}%`, background: colour }} />
          </span>
          <b className="b">{share}</b>
          <span className="t3 nw">of revenue, {format.money(card.revenue)}</span>
        </span>
        <span className="row f12 wrap" style={{ gap: '0 12px' }}>
          <span className="t3">Medians</span>
          {card.medians.map((median) => (
            <span key={median.label} className="nw">
              {format.value(median.value, median.format)} {median.label}
            </span>
          ))}
        </span>
      </button>
      <dl className="strategy">
        <dt>Goal</dt>
        <dd className="m">{card.goal}</dd>
        <dt>Offer</dt>
        <dd>{card.offer}</dd>
        <dt>By</dt>
        <dd>
          {card.channel} <span className="t3 kpiword">KPI</span> {card.kpi}
        </dd>
      </dl>
      <Button
        size="xs"
        variant="subtle"
        className="segmentaction"
        leftSection={<Icon of={IconFlag} size={14} />}
        onClick={() =>
          draftInitiative({
            title: `${card.goal}: ${card.name}`,
            kpi: card.kpi,
            baseShare: card.revenueShare,
            evidence: `${card.name}: ${format.count(card.customers)} customers, ${share} of revenue (${format.money(card.revenue)})`,
          })
        }
      >
        Make an initiative
      </Button>
    </section>
  )
}
