import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useMemo } from 'react'
import { themes } from '../../shared/analysis'
import type { AnalysisListing } from '../../shared/engineApi'
import { goTo, openQuestion, showDialog } from '../state/navigationStore'
import { closeProject, redo, undo } from '../state/projectStore'
import { openScratch } from '../state/scratchStore'
import { Icon } from '../ui/Icon'
import { chooseAndOpenFiles, chooseAndOpenFolder, chooseAndOpenProject, forget } from './listenToShell'
import { saveMapping } from './saveMapping'

interface CommandPaletteProps {
  readonly listings: readonly AnalysisListing[]
  readonly hasProject: boolean
}

/** Every action and every question, by typing. */
export function CommandPalette({ listings, hasProject }: CommandPaletteProps) {
  const actions = useMemo(
    () => [...(hasProject ? projectGroups(listings) : []), { group: 'Casebook', actions: generalActions() }],
    [listings, hasProject],
  )
  return (
    <Spotlight
      actions={actions}
      shortcut="mod + K"
      nothingFound="Nothing is called that"
      highlightQuery
      scrollable
      maxHeight={420}
      size={560}
      overlayProps={{ backgroundOpacity: 0.25 }}
      searchProps={{
        leftSection: <Icon of={IconSearch} />,
        placeholder: 'Search or run a command',
        'aria-label': 'Search or run a command',
      }}
    />
  )
}

function projectGroups(listings: readonly AnalysisListing[]): SpotlightActionGroupData[] {
  const available = listings.filter(({ available, group }) => available && (group === 'explore' || group === 'segment'))
  return [
    {
      group: 'Go to',
      actions: [
        { id: 'data', label: 'Data', onClick: () => goTo('data') },
        { id: 'explore', label: 'Explore', onClick: () => openQuestion('explore', null) },
        { id: 'segment', label: 'Segment', onClick: () => openQuestion('segment', null) },
        { id: 'case', label: 'Business case', onClick: () => goTo('case') },
      ],
    },
    {
      group: 'Questions',
      actions: available.map((listing) => ({
        id: `analysis-${listing.id}`,
        label: listing.question,
        description: `${themes[listing.theme]} · ${listing.title}`,
        keywords: [listing.title, listing.id],
        onClick: () =>
          openQuestion(listing.group === 'segment' ? 'segment' : 'explore', { analysis: listing.id, params: {} }),
      })),
    },
    {
      group: 'Project',
      actions: [
        {
          id: 'scratch',
          label: 'Ask a question in SQL',
          keywords: ['scratchpad', 'query'],
          onClick: () => openScratch(),
        },
        { id: 'addFiles', label: 'Add files…', onClick: () => forget(chooseAndOpenFiles()) },
        { id: 'addFolder', label: 'Add a folder of files…', onClick: () => forget(chooseAndOpenFolder()) },
        {
          id: 'recipe',
          label: 'Show the recipe…',
          keywords: ['steps', 'sql', 'script', 'history'],
          onClick: () => showDialog('recipe'),
        },
        { id: 'saveMapping', label: 'Save the mapping for other files…', onClick: () => forget(saveMapping()) },
        { id: 'undo', label: 'Undo the last step', onClick: () => forget(undo()) },
        { id: 'redo', label: 'Redo the step', onClick: () => forget(redo()) },
        { id: 'close', label: 'Close project', onClick: () => forget(closeProject()) },
      ],
    },
  ]
}

function generalActions() {
  return [
    { id: 'openFiles', label: 'Open files…', onClick: () => forget(chooseAndOpenFiles()) },
    { id: 'openFolder', label: 'Open a folder of files…', onClick: () => forget(chooseAndOpenFolder()) },
    { id: 'openProject', label: 'Open a project…', onClick: () => forget(chooseAndOpenProject()) },
    {
      id: 'machineSettings',
      label: 'Memory and temporary files…',
      keywords: ['settings', 'limit', 'disk', 'folder'],
      onClick: () => showDialog('machineSettings'),
    },
    { id: 'tour', label: 'Take the five-step tour', onClick: () => showDialog('tour') },
    { id: 'about', label: 'About Casebook', onClick: () => showDialog('about') },
  ]
}
