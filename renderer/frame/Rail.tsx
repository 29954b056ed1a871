import { Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCheck } from '@tabler/icons-react'
import { useAnalyses } from '../state/analyses'
import { goTo, showDialog, useNavigation } from '../state/navigationStore'
import { useProject } from '../state/projectStore'
import { Icon } from '../ui/Icon'
import { type RailStep, railSteps } from './railSteps'

export function Rail() {
  const project = useProject((state) => state.project)
  const screen = useNavigation((state) => state.screen)
  const listings = useAnalyses().data ?? []
  const stepCount = project?.stepCount ?? 0
  return (
    <nav className="rail" aria-label="Guided path">
      <ol className="steps">
        {railSteps(project, listings).map((step, index) => (
          <li key={step.name}>
            <RailButton step={step} number={index + 1} isCurrent={step.screen === screen} />
          </li>
        ))}
      </ol>
      {project !== null && (
        <button type="button" className="bare foot f11 t3" onClick={() => showDialog('recipe')}>
          Recipe of {stepCount} {stepCount === 1 ? 'step' : 'steps'}
          <br />
          Every figure can be replayed
        </button>
      )}
    </nav>
  )
}

interface RailButtonProps {
  readonly step: RailStep
  readonly number: number
  readonly isCurrent: boolean
}

function RailButton({ step, number, isCurrent }: RailButtonProps) {
  const isNarrow = useMediaQuery('(max-width: 999px)') ?? false
  const { screen } = step
  const hint = step.reason ?? `${step.name}: ${step.line}`
  return (
    <Tooltip label={hint} position="right" disabled={step.reason === null && !isNarrow}>
      <button
        type="button"
        className={`step ${step.state}${isCurrent ? ' on' : ''}`}
        aria-current={isCurrent ? 'step' : undefined}
        aria-disabled={screen === null}
        aria-label={`${step.name}: ${step.reason ?? step.line}`}
        onClick={() => {
          if (screen !== null) goTo(screen)
        }}
      >
        <span className="dot">{markOf(step, number)}</span>
        <span className="nm">{step.name}</span>
        <span className="st">{step.line}</span>
      </button>
    </Tooltip>
  )
}

function markOf(step: RailStep, number: number) {
  if (step.state === 'done') return <Icon of={IconCheck} size={12} />
  if (step.state === 'need') return '!'
  return number
}
