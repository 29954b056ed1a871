import { ActionIcon, Tooltip } from '@mantine/core'
import { IconTable, IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RecentProject } from '../../../shared/shellApi'
import { forget } from '../../frame/listenToShell'
import { openProject } from '../../state/projectStore'
import { Icon } from '../../ui/Icon'
import { whenText } from './whenText'

const shownAtFirst = 3

export function RecentProjects() {
  const queries = useQueryClient()
  const recent = useQuery({ queryKey: ['recent'], queryFn: () => window.casebook.recentProjects(), staleTime: 0 })
  const [showsAll, setShowsAll] = useState(false)
  const projects = recent.data ?? []
  if (projects.length === 0) return null
  const drop = async (folder: string): Promise<void> => {
    await window.casebook.forgetProject(folder)
    await queries.invalidateQueries({ queryKey: ['recent'] })
  }
  return (
    <section aria-labelledby="recent">
      <div className="row">
        <h2 id="recent" className="sectiontitle">
          Recent
        </h2>
        {projects.length > shownAtFirst && (
          <button type="button" className="link end f12" onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? 'Show fewer' : 'Show all'}
          </button>
        )}
      </div>
      <ul className="recents">
        {(showsAll ? projects : projects.slice(0, shownAtFirst)).map((project) => (
          <RecentRow key={project.folder} project={project} onForget={() => forget(drop(project.folder))} />
        ))}
      </ul>
    </section>
  )
}

interface RecentRowProps {
  readonly project: RecentProject
  readonly onForget: () => void
}

function RecentRow({ project, onForget }: RecentRowProps) {
  const tone = project.stateTone === 'plain' ? '' : ` ${project.stateTone}`
  return (
    <li className="recent">
      <button
        type="button"
        className="bare recentopen"
        title={project.folder}
        onClick={() => forget(openProject(project.folder))}
      >
        <span className="recenticon">
          <Icon of={IconTable} />
        </span>
        <span className="col">
          <span className="m ell">{project.name}</span>
          <span className="f12 t3 ell">{project.summary}</span>
        </span>
        <span>{project.state !== '' && <span className={`chip${tone}`}>{project.state}</span>}</span>
        <span className="t3 r f12">{whenText(project.openedAt, new Date())}</span>
      </button>
      <Tooltip label="Forget this entry; the project itself stays">
        <ActionIcon variant="transparent" className="ghost" aria-label={`Forget ${project.name}`} onClick={onForget}>
          <Icon of={IconX} size={14} />
        </ActionIcon>
      </Tooltip>
    </li>
  )
}
