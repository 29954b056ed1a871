import './profile.css'
import { Drawer, Tabs } from '@mantine/core'
import { useState } from 'react'
import type { ColumnFilter } from '../../../../shared/tableView'
import type { GridSource } from '../grid/gridState'
import { Comparison } from './Comparison'
import { ProfileList } from './ProfileList'

interface ProfileDrawerProps {
  readonly grid: GridSource
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onFilter: (filter: ColumnFilter) => void
}

/** What is in the columns of a table, and what differs from another table. */
export function ProfileDrawer({ grid, isOpen, onClose, onFilter }: ProfileDrawerProps) {
  const [shown, setShown] = useState<string | null>('columns')
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size={720}
      title={`Profile of ${grid.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Tabs
        value={shown}
        onChange={setShown}
        keepMounted={false}
        classNames={{ root: 'profiletabs', list: 'tablelist', tab: 'tabletab' }}
      >
        <Tabs.List>
          <Tabs.Tab value="columns">Columns</Tabs.Tab>
          {grid.source.table !== undefined && <Tabs.Tab value="compare">Compare with another table</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="columns">
          <ProfileList
            grid={grid}
            onFilter={(filter) => {
              onFilter(filter)
              onClose()
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="compare">
          <Comparison name={grid.name} revision={grid.revision} />
        </Tabs.Panel>
      </Tabs>
    </Drawer>
  )
}
