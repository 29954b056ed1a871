import { Button } from '@mantine/core'
import { IconArrowRight, IconCheck } from '@tabler/icons-react'
import { type Theme, themes } from '../../shared/analysis'
import type { AnalysisListing } from '../../shared/engineApi'
import { goTo, openQuestion, type ScreenName } from '../state/navigationStore'
import { useProject } from '../state/projectStore'
import { Icon } from '../ui/Icon'

interface QuestionMenuProps {
  readonly listings: readonly AnalysisListing[]
  readonly screen: ScreenName
  readonly name: string
  readonly heading: string
}

/** Questions by theme; what the data cannot answer yet stays visible with the reason. */
export function QuestionMenu({ listings, screen, name, heading }: QuestionMenuProps) {
  const ready = listings.filter(({ available }) => available).length
  return (
    <div className="page" data-screen={screen}>
      <div className="crumb">
        <span className="cur">{name}</span>
      </div>
      <div>
        <h1 className="find">{heading}</h1>
        <p className="plain" style={{ marginTop: 4 }}>
          {listings.length === 0
            ? 'There are no questions of this kind in this version.'
            : `${ready} of ${listings.length} questions can be answered from your tables. Every answer says where it comes from.`}
        </p>
      </div>
      {ready === 0 && listings.length > 0 && <NothingReady />}
      <div className="themes">
        {themesOf(listings).map(([theme, questions]) => (
          <section key={theme} className="card themecard" aria-label={themes[theme]}>
            <h2>{themes[theme]}</h2>
            <ul>
              {questions.map((listing) => (
                <li key={listing.id}>
                  <QuestionButton listing={listing} screen={screen} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
}

function QuestionButton({ listing, screen }: { readonly listing: AnalysisListing; readonly screen: ScreenName }) {
  const isKept = useProject((state) => state.project?.kept.some(({ analysis }) => analysis === listing.id) === true)
  return (
    <button
      type="button"
      className="bare question"
      aria-disabled={!listing.available}
      onClick={() => {
        if (listing.available) openQuestion(screen, { analysis: listing.id, params: {} })
      }}
    >
      <span className="col grow">
        <span className="m">{listing.question}</span>
        <span className="f12 t3">{listing.title}</span>
      </span>
      {isKept && (
        <span className="chip ok">
          <Icon of={IconCheck} size={12} />
          kept
        </span>
      )}
      {listing.available ? (
        <Icon of={IconArrowRight} size={14} className="t3" />
      ) : (
        <span className="chip">{listing.missing ?? 'not available'}</span>
      )}
    </button>
  )
}

function NothingReady() {
  return (
    <section className="card empty">
      <svg width="96" height="64" viewBox="0 0 96 64" fill="none" aria-hidden="true">
        <rect x="6" y="8" width="36" height="48" rx="4" stroke="var(--line-strong)" strokeWidth="1.5" />
        <path d="M13 20h22M13 28h22M13 36h14" stroke="var(--line-strong)" strokeWidth="2" strokeLinecap="round" />
        <circle cx="68" cy="30" r="16" stroke="var(--accent)" strokeWidth="1.5" />
        <path d="M80 42l10 10" stroke="var(--accent)" strokeWidth="2" strokeLinecap="round" />
      </svg>
      <p>None of these questions has its data yet. Say which table is which on the Data screen, or add a file.</p>
      <Button variant="filled" onClick={() => goTo('data')}>
        Go to Data
      </Button>
    </section>
  )
}

function themesOf(listings: readonly AnalysisListing[]): [Theme, AnalysisListing[]][] {
  const order = Object.keys(themes) as Theme[]
  return order
    .map((theme): [Theme, AnalysisListing[]] => [theme, listings.filter((listing) => listing.theme === theme)])
    .filter(([, questions]) => questions.length > 0)
}
