import type { ReactNode } from 'react'
import { useEngineStatus } from '../engine'
import { dismissError, useProject } from '../state/projectStore'
import { ErrorNote } from '../ui/ErrorNote'
import { EngineBanner } from './EngineBanner'
import { JobBar } from './JobBar'
import { Rail } from './Rail'
import { TopBar } from './TopBar'

/** Top bar, guided path, page and job bar. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const error = useProject((state) => state.error)
  const isStopped = useEngineStatus((state) => state.status === 'stopped')
  return (
    <div className="app">
      <TopBar />
      <Rail />
      <main className="main">
        {(isStopped || error !== null) && (
          <div className="banners">
            {isStopped && <EngineBanner />}
            {error !== null && <ErrorNote error={error} onDismiss={dismissError} />}
          </div>
        )}
        {children}
      </main>
      <JobBar />
    </div>
  )
}
