import { ActionIcon, Tooltip } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconArrowBackUp, IconArrowForwardUp, IconSearch } from '@tabler/icons-react'
import { redo, undo, useProject } from '../state/projectStore'
import { Icon } from '../ui/Icon'
import { Logo } from '../ui/Logo'
import { periodText } from '../ui/periodText'
import { useFormatter } from '../ui/useFormatter'
import { HelpMenu } from './HelpMenu'
import { LanguageMenu } from './LanguageMenu'
import { forget } from './listenToShell'
import { ProjectMenu } from './ProjectMenu'
import { ThemeMenu } from './ThemeMenu'

const commandKey = navigator.platform.startsWith('Mac') ? '⌘ K' : 'Ctrl K'

export function TopBar() {
  return (
    <header className="top">
      <div className="brand">
        <Logo />
      </div>
      <ProjectMenu />
      <Scope />
      <span className="end" />
      <History />
      <button type="button" className="search" onClick={spotlight.open} aria-label="Search or run a command">
        <Icon of={IconSearch} size={14} />
        <span className="ell">Search or run a command</span>
        <span className="end kbd">{commandKey}</span>
      </button>
      <LanguageMenu />
      <ThemeMenu />
      <HelpMenu />
    </header>
  )
}

function Scope() {
  const period = useProject((state) => state.project?.period ?? null)
  const currency = useProject((state) => state.project?.settings.currency ?? null)
  const format = useFormatter()
  const parts = [period === null ? null : periodText(period, format), currency].filter((part) => part !== null)
  if (parts.length === 0) return null
  return (
    <>
      <span className="sep" />
      <span className="scope ell">{parts.join(' · ')}</span>
    </>
  )
}

function History() {
  const canUndo = useProject((state) => state.project?.canUndo === true && !state.isChanging)
  const canRedo = useProject((state) => state.project?.canRedo === true && !state.isChanging)
  return (
    <>
      <HistoryButton label="Undo" icon={IconArrowBackUp} isEnabled={canUndo} onClick={() => forget(undo())} />
      <HistoryButton label="Redo" icon={IconArrowForwardUp} isEnabled={canRedo} onClick={() => forget(redo())} />
    </>
  )
}

interface HistoryButtonProps {
  readonly label: string
  readonly icon: typeof IconArrowBackUp
  readonly isEnabled: boolean
  readonly onClick: () => void
}

function HistoryButton({ label, icon, isEnabled, onClick }: HistoryButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="transparent" className="ghost" aria-label={label} disabled={!isEnabled} onClick={onClick}>
        <Icon of={icon} />
      </ActionIcon>
    </Tooltip>
  )
}
