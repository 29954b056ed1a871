import { ActionIcon, Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import type { Choice } from '../../../shared/description'
import { engine } from '../../engine'
import { forget } from '../../frame/listenToShell'
import { changeProject } from '../../state/projectStore'
import { Icon } from '../../ui/Icon'
import { useFormatter } from '../../ui/useFormatter'
import { choiceTitle, type OptionEffect, optionEffects } from './choiceEffect'

interface ChoicesCardProps {
  readonly choices: readonly Choice[]
  readonly isBusy: boolean
}

/** The questions whose answers change numbers, one at a time; open ones first. */
export function ChoicesCard({ choices, isBusy }: ChoicesCardProps) {
  const [shown, setShown] = useState<string | null>(null)
  const firstOpen = choices.findIndex(({ decidedBy }) => decidedBy === 'default')
  const wished = choices.findIndex(({ key }) => key === shown)
  const at = wished >= 0 ? wished : Math.max(firstOpen, 0)
  const choice = choices[at]
  if (choice === undefined) return null
  const move = (by: number): void => setShown(choices[(at + by + choices.length) % choices.length]?.key ?? null)
  return (
    <ChoiceCard
      key={choice.key}
      choice={choice}
      isBusy={isBusy}
      onDecided={() => setShown(null)}
      pager={<Pager at={at} count={choices.length} onMove={move} />}
    />
  )
}

interface PagerProps {
  readonly at: number
  readonly count: number
  readonly onMove: (by: number) => void
}

function Pager({ at, count, onMove }: PagerProps) {
  return (
    <span className="end row t3 f12 nw" style={{ gap: 2 }}>
      {count > 1 && (
        <ActionIcon variant="subtle" color="gray" size={24} aria-label="Previous choice" onClick={() => onMove(-1)}>
          <Icon of={IconChevronLeft} size={14} />
        </ActionIcon>
      )}
      {at + 1} of {count}
      {count > 1 && (
        <ActionIcon variant="subtle" color="gray" size={24} aria-label="Next choice" onClick={() => onMove(1)}>
          <Icon of={IconChevronRight} size={14} />
        </ActionIcon>
      )}
    </span>
  )
}

interface ChoiceCardProps {
  readonly choice: Choice
  readonly isBusy: boolean
  readonly pager: React.ReactNode
  readonly onDecided: () => void
}

function ChoiceCard({ choice, isBusy, pager, onDecided }: ChoiceCardProps) {
  const format = useFormatter()
  const [picked, setPicked] = useState(choice.chosen)
  const isOpen = choice.decidedBy === 'default'
  const effects = optionEffects(choice, format)
  const pickedOption = choice.options.find(({ key }) => key === picked)
  const decide = async (): Promise<void> => {
    const done = await changeProject(`Applying “${pickedOption?.label ?? picked}”`, (options) =>
      engine.choose({ choice: choice.key, option: picked }, options),
    )
    if (done) onDecided()
  }
  const name = pickedOption?.total == null ? (pickedOption?.label ?? '') : format.cents(pickedOption.total)
  return (
    <section className={`card choicecard${isOpen ? ' open' : ''}`} aria-label={choice.question}>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        {isOpen ? (
          <span className="chip warn">
            <Icon of={IconAlertTriangle} size={12} />
            Changes your numbers
          </span>
        ) : (
          <span className="chip ok">
            <Icon of={IconCheck} size={12} />
            Decided
          </span>
        )}
        <h2>{choiceTitle(choice, format)}</h2>
        {pager}
      </div>
      <div className="options" role="radiogroup" aria-label={choice.question}>
        {effects.map((effect) => (
          <OptionTile
            key={effect.option.key}
            effect={effect}
            isPicked={effect.option.key === picked}
            total={effect.option.total === null ? null : format.cents(effect.option.total)}
            onPick={() => setPicked(effect.option.key)}
          />
        ))}
      </div>
      <div className="row f12" style={{ marginTop: 10 }}>
        <span className="t3 grow">{choice.why}</span>
        <Button
          size="xs"
          variant={isOpen || picked !== choice.chosen ? 'filled' : 'default'}
          disabled={isBusy || (!isOpen && picked === choice.chosen)}
          onClick={() => forget(decide())}
        >
          {picked === choice.chosen ? (isOpen ? `Keep ${name}` : `Using ${name}`) : `Use ${name}`}
        </Button>
      </div>
    </section>
  )
}

interface OptionTileProps {
  readonly effect: OptionEffect
  readonly isPicked: boolean
  readonly total: string | null
  readonly onPick: () => void
}

function OptionTile({ effect, isPicked, total, onPick }: OptionTileProps) {
  const { option, isChosen, scale, difference } = effect
  return (
    // biome-ignore lint/a11y/useSemanticElements: a tile with a picture inside cannot be an input
    <button
      type="button"
      role="radio"
      aria-checked={isPicked}
      className={`option${isPicked ? ' on' : ''}`}
      onClick={onPick}
    >
      <span className="row">
        <span className={`radio${isPicked ? ' on' : ''}`} />
        <span className={total === null ? 'optionlabel' : 'optiontotal'}>{total ?? option.label}</span>
      </span>
      {scale !== null && (
        <span className="bar optionbar">
          <i style={{ width: `${scale * 100}%`, background: isPicked ? 'var(--accent)' : 'var(--text-3)' }} />
        </span>
      )}
      {total !== null && <span className="f12 m optionname">{option.label}</span>}
      <span className="f11 t2">{option.rule}</span>
      {difference !== '' && <span className="f11 warn m">{difference}</span>}
      {isChosen && <span className="f11 acc m">Reading used so far</span>}
    </button>
  )
}
