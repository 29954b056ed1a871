import './data.css'
import { Button } from '@mantine/core'
import { IconArrowRight, IconChevronRight, IconColumnInsertRight, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { ProjectState } from '../../../shared/engineApi'
import { chooseAndOpenFiles, forget } from '../../frame/listenToShell'
import { goTo } from '../../state/navigationStore'
import { useProject } from '../../state/projectStore'
import { Icon } from '../../ui/Icon'
import { ChoicesCard } from './ChoicesCard'
import { ColumnDrawer } from './ColumnDrawer'
import { ImportProgress } from './ImportProgress'
import { JoinsLine } from './JoinsLine'
import { LedgerLine } from './LedgerLine'
import { MartMenu } from './MartMenu'
import { QualityCard } from './QualityCard'
import { RolesDrawer } from './RolesDrawer'
import { SourceCard } from './SourceCard'
import { ScratchCard } from './scratch/ScratchCard'
import { TableCard } from './TableCard'

export function DataScreen() {
  const project = useProject((state) => state.project)
  const opening = useProject((state) => state.opening)
  if (project === null) return opening === null ? null : <ImportProgress name={opening.name} files={opening.files} />
  return <OpenProject project={project} />
}

function OpenProject({ project }: { readonly project: ProjectState }) {
  const [edited, setEdited] = useState<string | null>(null)
  const [isAdding, setAdding] = useState(false)
  const isChanging = useProject((state) => state.isChanging)
  const source = project.sources.find(({ name }) => name === edited) ?? null
  return (
    <div className="page" data-screen="data">
      <DataHead count={project.sources.length} onAddColumn={() => setAdding(true)} />
      <h1 className="find">{project.headline}</h1>
      <div className="sources">
        {project.sources.map((one) => (
          <SourceCard key={one.name} source={one} isBusy={isChanging} onEdit={() => setEdited(one.name)} />
        ))}
      </div>
      <div className={project.choices.length > 0 ? 'choicerow' : 'col'}>
        {project.choices.length > 0 && <ChoicesCard choices={project.choices} isBusy={isChanging} />}
        <QualityCard findings={project.findings} />
      </div>
      <LedgerLine ledger={project.ledger} />
      <JoinsLine tables={project.sources.length} />
      <ScratchCard project={project} />
      {project.sources.length > 0 && <TableCard sources={project.sources} views={project.views} />}
      <RolesDrawer source={source} onClose={() => setEdited(null)} />
      <ColumnDrawer sources={project.sources} opened={isAdding} onClose={() => setAdding(false)} />
    </div>
  )
}

function DataHead({ count, onAddColumn }: { readonly count: number; readonly onAddColumn: () => void }) {
  return (
    <div className="crumb">
      <span>Data</span>
      <Icon of={IconChevronRight} size={14} />
      <span className="cur">
        {count} {count === 1 ? 'table' : 'tables'}
      </span>
      <span className="actions">
        <MartMenu />
        <Button variant="subtle" leftSection={<Icon of={IconColumnInsertRight} size={14} />} onClick={onAddColumn}>
          Add column
        </Button>
        <Button leftSection={<Icon of={IconPlus} size={14} />} onClick={() => forget(chooseAndOpenFiles())}>
          Add files
        </Button>
        <Button rightSection={<Icon of={IconArrowRight} size={14} />} onClick={() => goTo('explore')}>
          Continue to Explore
        </Button>
      </span>
    </div>
  )
}
