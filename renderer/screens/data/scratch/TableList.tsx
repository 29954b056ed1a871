import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { Icon } from '../../../ui/Icon'
import { quoted, type ScratchTable } from './scratchTables'

interface TableListProps {
  readonly tables: readonly ScratchTable[]
  readonly onInsert: (text: string) => void
}

/** Tables and their columns; a click writes the name where the cursor is. */
export function TableList({ tables, onInsert }: TableListProps) {
  const [opened, setOpened] = useState<string | null>(tables[0]?.sql ?? null)
  return (
    <ul className="sqltables" aria-label="Tables and columns">
      {tables.map((table) => (
        <li key={table.sql}>
          <div className="row sqltable">
            <button
              type="button"
              className="bare row"
              aria-expanded={opened === table.sql}
              aria-label={`Columns of ${table.title}`}
              onClick={() => setOpened(opened === table.sql ? null : table.sql)}
            >
              <Icon of={opened === table.sql ? IconChevronDown : IconChevronRight} size={12} />
            </button>
            <button
              type="button"
              className="bare mono ell"
              title={`Insert ${table.sql}`}
              onClick={() => onInsert(table.sql)}
            >
              {table.title}
            </button>
            <span className="f11 t3 end nw">{table.note}</span>
          </div>
          {opened === table.sql && (
            <ul>
              {table.columns.map((column) => (
                <li key={column}>
                  <button
                    type="button"
                    className="bare mono ell sqlcolumn"
                    title={`Insert ${quoted(column)}`}
                    onClick={() => onInsert(quoted(column))}
                  >
                    {column}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}
