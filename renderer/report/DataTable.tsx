import { useState } from 'react'
import type { CellValue, Column, Table } from '../../shared/report'
import { useFormatter } from '../ui/useFormatter'
import { isRightAligned } from './alignment'
import { useSelection } from './selection'

const shownAtFirst = 60

interface DataTableProps {
  readonly id: string
  readonly table: Table
  readonly label: string
}

/** Rows between hairlines, numbers to the right; a click on a number explains it. */
export function DataTable({ id, table, label }: DataTableProps) {
  const format = useFormatter()
  const [showsAll, setShowsAll] = useState(false)
  const unfinished = new Set(table.unfinishedRows)
  const rows = showsAll ? table.rows : table.rows.slice(0, shownAtFirst)
  return (
    <div className="datatable">
      <table className="plaintable" aria-label={label}>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column.label} scope="col" className={isRightAligned(column) ? 'r' : ''} title={column.means}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a report never move
            <tr key={at} className={unfinished.has(at) ? 'unfinished' : ''}>
              {row.map((value, index) => (
                <Cell
                  key={table.columns[index]?.label ?? index}
                  id={`${id}.${at}.${index}`}
                  value={value}
                  column={table.columns[index]}
                  rowName={rowName(table, row, format.value)}
                />
              ))}
            </tr>
          ))}
        </tbody>
        {table.total !== undefined && (
          <tfoot>
            <tr>
              {table.total.map((value, index) => {
                const column = table.columns[index]
                return (
                  <td
                    key={column?.label ?? index}
                    className={column !== undefined && isRightAligned(column) ? 'r' : ''}
                  >
                    {value === null ? '' : format.value(value, column?.format ?? 'text')}
                  </td>
                )
              })}
            </tr>
          </tfoot>
        )}
      </table>
      {table.rows.length > shownAtFirst && !showsAll && (
        <button type="button" className="link f12 moretable" onClick={() => setShowsAll(true)}>
          Show all {format.count(table.rows.length)} rows
        </button>
      )}
    </div>
  )
}

interface CellProps {
  readonly id: string
  readonly value: CellValue
  readonly column: Column | undefined
  readonly rowName: string
}

function Cell({ id, value, column, rowName: row }: CellProps) {
  const format = useFormatter()
  const { selected, select } = useSelection()
  const text = format.value(value, column?.format ?? 'text')
  if (column === undefined || !isRightAligned(column) || typeof value !== 'number') return <td>{text}</td>
  const isSelected = selected?.key === id
  return (
    <td className="r">
      <button
        type="button"
        className={`bare cellbutton${isSelected ? ' on' : ''}`}
        aria-pressed={isSelected}
        onClick={() =>
          select({ key: id, value: text, what: `${row}, ${column.label}`, means: column.means ?? null, figures: null })
        }
      >
        {text}
      </button>
    </td>
  )
}

/** What a row is about: its leading texts. */
function rowName(
  table: Table,
  row: readonly CellValue[],
  print: (value: CellValue, format: Column['format']) => string,
): string {
  return table.columns
    .slice(0, 2)
    .flatMap((column, index) =>
      index === 0 || !isRightAligned(column) ? [print(row[index] ?? null, column.format)] : [],
    )
    .join(', ')
}
