import './welcome.css'
import { Button } from '@mantine/core'
import { IconFolder } from '@tabler/icons-react'
import { HelpMenu } from '../../frame/HelpMenu'
import { LanguageMenu } from '../../frame/LanguageMenu'
import { chooseAndOpenFiles, chooseAndOpenFolder, chooseAndOpenProject, forget } from '../../frame/listenToShell'
import { ThemeMenu } from '../../frame/ThemeMenu'
import { showDialog } from '../../state/navigationStore'
import { dismissError, useProject } from '../../state/projectStore'
import { ErrorNote } from '../../ui/ErrorNote'
import { Icon } from '../../ui/Icon'
import { Logo } from '../../ui/Logo'
import { RecentProjects } from './RecentProjects'
import { SampleProjects } from './SampleProjects'

const steps = [
  ['Data', 'becomes clean, and adds up'],
  ['Explore', 'answers questions in sentences'],
  ['Model', 'predicts, honestly tested', 'later'],
  ['Segment', 'names who to treat how'],
  ['Business case', 'values every action'],
  ['Operate', 'repeats it on today’s file', 'later'],
] as const

const commandKey = navigator.platform.startsWith('Mac') ? '⌘ O' : 'Ctrl O'

export function WelcomeScreen() {
  const error = useProject((state) => state.error)
  return (
    <div className="welcome">
      <header className="welcometop">
        <Logo />
        <span className="end" />
        <LanguageMenu />
        <ThemeMenu />
        <HelpMenu />
      </header>
      <main className="welcomescroll">
        <div className="welcomepage">
          <div>
            <h1>From customer files to a decision</h1>
            <p className="lead">
              Open what the shop sent you. Casebook reads it, checks that it adds up, and asks before anything changes a
              number.
            </p>
          </div>
          {error !== null && <ErrorNote error={error} onDismiss={dismissError} />}
          <div className="welcomestart">
            <OpenCard />
            <StepsCard />
          </div>
          <SampleProjects />
          <RecentProjects />
        </div>
      </main>
    </div>
  )
}

function OpenCard() {
  return (
    <section className="opencard" aria-label="Open">
      <FilesDrawing />
      <div className="col" style={{ gap: 8 }}>
        <h2>Drop files anywhere, or open them</h2>
        <p className="t2">
          Orders, visits, events, spend, customers, leads. CSV, TSV, Excel, Parquet or JSON, zipped or not, up to 20
          million rows.
        </p>
        <div className="row wrap" style={{ marginTop: 8 }}>
          <Button
            size="lg"
            variant="filled"
            data-autofocus
            leftSection={<Icon of={IconFolder} />}
            onClick={() => forget(chooseAndOpenFiles())}
          >
            Open files…
          </Button>
          <Button size="lg" onClick={() => forget(chooseAndOpenFolder())}>
            Open a folder…
          </Button>
          <Button size="lg" onClick={() => forget(chooseAndOpenProject())}>
            Open a project
          </Button>
          <span className="kbd" style={{ marginLeft: 6 }}>
            {commandKey}
          </span>
        </div>
        <p className="f12 t3" style={{ marginTop: 6 }}>
          Files stay on this computer and are never written to.
        </p>
      </div>
    </section>
  )
}

function StepsCard() {
  return (
    <section className="card stepscard" aria-label="Six steps">
      <h2>Six steps, in any order once their data exist</h2>
      <ol className="col" style={{ gap: 9 }}>
        {steps.map(([name, does, later], index) => (
          <li key={name} className="row" style={{ gap: 10 }}>
            <span className="stepnumber">{index + 1}</span>
            <span>
              <span className="m">{name}</span> <span className="t2">{does}</span>
              {later !== undefined && <span className="f11 t3"> · {later}</span>}
            </span>
          </li>
        ))}
      </ol>
      <div className="row f12" style={{ marginTop: 10 }}>
        <button type="button" className="link" onClick={() => showDialog('tour')}>
          Take the five-step tour
        </button>
        <span className="t3">2 minutes</span>
      </div>
    </section>
  )
}

function FilesDrawing() {
  return (
    <svg className="drawing" width="96" height="80" viewBox="0 0 96 80" fill="none" aria-hidden="true">
      <rect
        x="5"
        y="14"
        width="44"
        height="58"
        rx="5"
        transform="rotate(-6 27 43)"
        fill="var(--sunken)"
        stroke="var(--line-strong)"
      />
      <rect
        x="46"
        y="12"
        width="44"
        height="58"
        rx="5"
        transform="rotate(6 68 41)"
        fill="var(--sunken)"
        stroke="var(--line-strong)"
      />
      <rect x="24" y="6" width="48" height="66" rx="5" fill="var(--surface)" stroke="var(--accent)" strokeWidth="1.5" />
      <path d="M31 17h22M31 24h34M31 31h34" stroke="var(--line-strong)" strokeWidth="2" strokeLinecap="round" />
      <path
        d="M34 64V53M42 64V45M50 64V49M58 64V41M66 64V47"
        stroke="var(--accent)"
        strokeWidth="4"
        strokeLinecap="round"
      />
    </svg>
  )
}
