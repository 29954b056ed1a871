import './case.css'
import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { CaseProposal } from '../../../shared/engineApi'
import { engine } from '../../engine'
import { useRevision } from '../../state/analyses'
import { runJob } from '../../state/jobStore'
import { goTo } from '../../state/navigationStore'
import { useProject } from '../../state/projectStore'
import { ErrorNote } from '../../ui/ErrorNote'
import { PageSkeleton } from '../../ui/Skeleton'
import { toAppError } from '../../ui/toAppError'
import { CasePage } from './CasePage'

/** The saved case of the project, or one made of what the data propose. */
export function CaseScreen() {
  const revision = useRevision()
  const proposal = useQuery<CaseProposal>({
    queryKey: ['case', revision],
    queryFn: ({ signal }) => runJob('Proposing initiatives', (options) => engine.proposeCase(null, options), signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  })
  useRefetchAfterUndo(proposal.refetch)
  if (proposal.error !== null) {
    const error = toAppError(proposal.error)
    return (
      <div className="page" data-screen="case">
        <div className="crumb">
          <span className="cur">Business case</span>
        </div>
        {error.code === 'not-enough-data' ? (
          <NeedsOrders reason={error.message} />
        ) : (
          <ErrorNote error={error} onRetry={() => void proposal.refetch()} />
        )}
      </div>
    )
  }
  if (proposal.data === undefined) return <PageSkeleton />
  return <CasePage proposal={proposal.data} />
}

/** A saved case that was undone gives way to the proposals of the data. */
function useRefetchAfterUndo(refetch: () => Promise<unknown>): void {
  const hasCase = useProject((state) => state.project?.caseModel != null)
  const had = useRef(hasCase)
  useEffect(() => {
    if (had.current && !hasCase) refetch().catch(() => undefined)
    had.current = hasCase
  }, [hasCase, refetch])
}

function NeedsOrders({ reason }: { readonly reason: string }) {
  return (
    <section className="card empty">
      <svg width="96" height="64" viewBox="0 0 96 64" fill="none" aria-hidden="true">
        <path d="M8 56h80" stroke="var(--line-strong)" strokeWidth="1.5" />
        <path d="M16 56V40M32 56V30M48 56V36" stroke="var(--line-strong)" strokeWidth="6" strokeLinecap="round" />
        <path d="M64 56V22M80 56V10" stroke="var(--accent)" strokeWidth="6" strokeLinecap="round" />
      </svg>
      <p>{reason} A business case starts from what the shop sells in a month.</p>
      <Button variant="filled" onClick={() => goTo('data')}>
        Go to Data
      </Button>
    </section>
  )
}
