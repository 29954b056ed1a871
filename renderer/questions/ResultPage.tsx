import { Drawer } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { AnalysisAnswer } from '../../shared/analysis'
import type { AnalysisListing } from '../../shared/engineApi'
import type { Formatter } from '../../shared/format'
import { engine } from '../engine'
import { ParamsForm } from '../forms/ParamsForm'
import { firstNumber, numberAt } from '../report/numberAt'
import { ReportView } from '../report/ReportView'
import { type SelectedNumber, type Selection, SelectionContext } from '../report/selection'
import { useRevision } from '../state/analyses'
import { runJob } from '../state/jobStore'
import { useProject } from '../state/projectStore'
import { ErrorNote } from '../ui/ErrorNote'
import { periodText } from '../ui/periodText'
import { toAppError } from '../ui/toAppError'
import { useFormatter } from '../ui/useFormatter'
import { optionsBefore } from './optionsInForce'
import { ResultHead } from './ResultHead'
import { ResultSkeleton } from './ResultSkeleton'
import { type NumberBefore, SidePanel } from './SidePanel'

type Params = Readonly<Record<string, unknown>>

interface ResultPageProps {
  readonly listing: AnalysisListing
  readonly siblings: readonly AnalysisListing[]
  readonly screenName: string
  readonly params: Params
  readonly onParams: (params: Params) => void
  readonly onOpen: (analysis: string) => void
  readonly onBack: () => void
}

/** A finding, what it means, its parameters and its blocks; beside it, where the number comes from. */
export function ResultPage({ listing, siblings, screenName, params, onParams, onOpen, onBack }: ResultPageProps) {
  const format = useFormatter()
  const projectName = useProject((state) => state.project?.name ?? '')
  const isNarrow = useMediaQuery('(max-width: 1199px)') ?? false
  const [isPanelShown, panel] = useDisclosure(true)
  const [isDrawerShown, drawer] = useDisclosure(false)
  const answer = useAnswer(listing, params)
  const shown = answer.data
  const selection = useSelectedNumber(shown)
  const { selected } = selection
  const earlier = useEarlier(answer.isPlaceholderData ? undefined : shown)
  const side = (
    <SidePanel
      answer={shown ?? null}
      selected={selected}
      before={numberBefore(earlier, shown, selected, listing, format)}
      listing={listing}
      siblings={siblings}
      onOpen={onOpen}
    />
  )
  const period = shown?.period == null ? '' : `, ${periodText(shown.period, format)}`
  const hasPanel = !isNarrow && isPanelShown
  return (
    <SelectionContext value={selection}>
      <div className={hasPanel ? 'withpanel' : 'withpanel closed'}>
        <div className="page" data-screen="result" data-analysis={listing.id}>
          <ResultHead
            listing={listing}
            screenName={screenName}
            params={params}
            answer={shown ?? null}
            isPanelShown={hasPanel}
            onPanel={isNarrow ? drawer.open : panel.open}
            onBack={onBack}
          />
          {shown !== undefined && (
            <div className={answer.isFetching ? 'dimmed' : ''}>
              <h1 className="find">{shown.report.finding}</h1>
              <p className="plain" style={{ marginTop: 4 }}>
                {shown.report.reading}
              </p>
            </div>
          )}
          <ParamsForm schema={listing.params} params={params} onChange={onParams} />
          {answer.error !== null && (
            <ErrorNote error={toAppError(answer.error)} onRetry={() => void answer.refetch()} />
          )}
          {shown === undefined && answer.error === null && <ResultSkeleton />}
          {shown !== undefined && (
            <div className={`blocks${answer.isFetching ? ' dimmed' : ''}`} aria-busy={answer.isFetching}>
              <ReportView blocks={shown.report.blocks} title={listing.title} source={`${projectName}${period}`} />
            </div>
          )}
        </div>
        {hasPanel && (
          <aside className="side" aria-label="About this answer">
            <SidePanelFrame onClose={panel.close}>{side}</SidePanelFrame>
          </aside>
        )}
        <Drawer opened={isNarrow && isDrawerShown} onClose={drawer.close} title="About this answer" size={340}>
          {side}
        </Drawer>
      </div>
    </SelectionContext>
  )
}

function SidePanelFrame({ children, onClose }: { readonly children: React.ReactNode; readonly onClose: () => void }) {
  return (
    <>
      {children}
      <button type="button" className="bare ghost closepanel" aria-label="Close the side panel" onClick={onClose}>
        ×
      </button>
    </>
  )
}

/** The number explained: the one clicked, read anew from every answer, else the first key figure. */
function useSelectedNumber(shown: AnalysisAnswer | undefined): Selection {
  const format = useFormatter()
  const [clicked, setClicked] = useState<{ readonly number: SelectedNumber; readonly of: unknown } | null>(null)
  return useMemo(() => {
    const blocks = shown?.report.blocks ?? []
    // A cell or a bar may mean something else in the next answer; a key figure keeps its name.
    const again = clicked === null ? null : numberAt(blocks, clicked.number.key, format)
    const still = clicked?.of === shown ? (clicked?.number ?? null) : null
    return {
      selected: again ?? still ?? firstNumber(blocks, format),
      select: (number: SelectedNumber) => setClicked({ number, of: shown }),
    }
  }, [clicked, shown, format])
}

/** The answer shown before this one, once there is one. */
function useEarlier(shown: AnalysisAnswer | undefined): AnalysisAnswer | null {
  const [seen, setSeen] = useState<{ now: AnalysisAnswer | undefined; before: AnalysisAnswer | null }>({
    now: undefined,
    before: null,
  })
  if (shown === undefined || shown === seen.now) return seen.before
  setSeen({ now: shown, before: seen.now ?? null })
  return seen.now ?? null
}

function numberBefore(
  earlier: AnalysisAnswer | null,
  shown: AnalysisAnswer | undefined,
  selected: SelectedNumber | null,
  listing: AnalysisListing,
  format: Formatter,
): NumberBefore | null {
  if (earlier === null || shown === undefined || selected === null || earlier.analysis !== shown.analysis) return null
  const number = numberAt(earlier.report.blocks, selected.key, format)
  const options = optionsBefore(earlier, shown, listing).join(', ')
  return number === null || options === '' ? null : { value: number.value, options }
}

function useAnswer(listing: AnalysisListing, params: Params) {
  const revision = useRevision()
  return useQuery({
    queryKey: ['answer', revision, listing.id, params],
    queryFn: ({ signal }) =>
      runJob(listing.title, (options) => engine.runAnalysis({ id: listing.id, params }, options), signal),
    placeholderData: keepPreviousData,
    gcTime: 30 * 60_000,
  })
}
