import { useQuery } from '@tanstack/react-query'
import type { AnalysisListing } from '../../shared/engineApi'
import { engine } from '../engine'
import { useProject } from './projectStore'

/** Changes whenever data, roles or choices may have changed, so that answers of before are asked again. */
export function useRevision(): string {
  return useProject(({ project }) =>
    project === null
      ? 'none'
      : JSON.stringify([
          project.folder,
          project.sources.map(({ name, kind, roles, rows, columns }) => [
            name,
            kind,
            roles,
            rows,
            columns.map((column) => [column.name, column.formula]),
          ]),
          project.choices.map(({ key, chosen }) => [key, chosen]),
          project.views.map(({ name, sql }) => [name, sql]),
          project.settings,
        ]),
  )
}

/** Every analysis, and whether the data allow it. */
export function useAnalyses() {
  const revision = useRevision()
  return useQuery<readonly AnalysisListing[]>({
    queryKey: ['analyses', revision],
    queryFn: ({ signal }) => engine.listAnalyses(null, { signal }),
    enabled: revision !== 'none',
    placeholderData: (before) => before,
  })
}
