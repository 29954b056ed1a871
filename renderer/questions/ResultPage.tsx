import { Drawer } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { AnalysisListing } from '../../shared/engineApi'
import { engine } from '../engine'
import { ParamsForm } from '../forms/ParamsForm'
import { firstNumber } from '../report/firstNumber'
import { ReportView } from '../report/ReportView'
import { type SelectedNumber, SelectionContext } from '../report/selection'
import { useRevision } from '../state/analyses'
import { runJob } from '../state/jobStore'
import { useProject } from '../state/projectStore'
import { ErrorNote } from '../ui/ErrorNote'
import { periodText } from '../ui/periodText'
import { toAppError } from '../ui/toAppError'
import { useFormatter } from '../ui/useFormatter'
import { ResultHead } from './ResultHead'
import { ResultSkeleton } from './ResultSkeleton'
import { SidePanel } from './SidePanel'

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
  const [clicked, select] = useState<SelectedNumber | null>(null)
  const answer = useAnswer(listing, params)
  const selected = clicked ?? firstNumber(answer.data?.report.blocks ?? [], format)
  const selection = useMemo(() => ({ selected, select }), [selected])
  const shown = answer.data
  const side = (
    <SidePanel answer={shown ?? null} selected={selected} listing={listing} siblings={siblings} onOpen={onOpen} />
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
