import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SourceState } from '../../../shared/engineApi'
import { dateFormats, type ReadingWish } from '../../../shared/readingWish'
import { engine } from '../../engine'
import { forget } from '../../frame/listenToShell'
import { changeProject, useProject } from '../../state/projectStore'
import { ErrorNote } from '../../ui/ErrorNote'
import { Skeleton } from '../../ui/Skeleton'
import { toAppError } from '../../ui/toAppError'
import { useFormatter } from '../../ui/useFormatter'

type Column = SourceState['columns'][number]
type Wishes = Readonly<Record<string, ReadingWish | null>>

/** How each column of a file is read: what was recognised, and another reading where the analyst knows better. */
export function ReadingForm({ source, onClose }: { readonly source: SourceState; readonly onClose: () => void }) {
  const columns = source.columns.filter(({ formula }) => formula === null)
  const [wishes, setWishes] = useState<Wishes>({})
  const [opened, setOpened] = useState<string | null>(columns[0]?.name ?? null)
  const isChanging = useProject((state) => state.isChanging)
  const count = Object.keys(wishes).length
  const save = async (): Promise<void> => {
    const done = await changeProject(`Reading ${source.name} again`, (options) =>
      engine.readAs({ source: source.name, columns: wishes }, options),
    )
    if (done) onClose()
  }
  return (
    <div className="drawerform">
      <div className="col">
        <p className="f12 t3 readingfacts">{source.reading.join(' · ')}</p>
        <ul className="readings">
          {columns.map((column) => (
            <ColumnReading
              key={column.name}
              source={source}
              column={column}
              wish={wishes[column.name]}
              isOpen={opened === column.name}
              onOpen={() => setOpened(opened === column.name ? null : column.name)}
              onWish={(wish) => setWishes({ ...wishes, [column.name]: wish })}
            />
          ))}
        </ul>
      </div>
      <div className="drawerfoot">
        <span className="f12 t3 grow">
          {count === 0 ? 'Read as recognised' : 'The table is read again from its file'}
        </span>
        <Button onClick={onClose}>Close</Button>
        <Button variant="filled" disabled={count === 0} loading={isChanging} onClick={() => forget(save())}>
          Read it so
        </Button>
      </div>
    </div>
  )
}

interface ColumnReadingProps {
  readonly source: SourceState
  readonly column: Column
  /** Undefined where nothing was changed yet; null takes an earlier wish back. */
  readonly wish: ReadingWish | null | undefined
  readonly isOpen: boolean
  readonly onOpen: () => void
  readonly onWish: (wish: ReadingWish | null) => void
}

function ColumnReading({ source, column, wish, isOpen, onOpen, onWish }: ColumnReadingProps) {
  const now = wish === undefined ? (column.wish ?? asRead(column)) : (wish ?? asRead(column))
  const isWished = wish === undefined ? column.wish !== null : wish !== null
  const choose = (as: ReadingWish['as']): void => onWish(wishOf(as, column))
  return (
    <li className="readingline">
      <button type="button" className="bare row readinghead" aria-expanded={isOpen} onClick={onOpen}>
        <span className="m ell grow">{column.name}</span>
        <span className={isWished ? 'f12 acc nw' : 'f12 t3 nw'}>{wordsFor(now)}</span>
      </button>
      {isOpen && (
        <div className="col readingbody">
          <div className="row wrap" style={{ gap: 8 }}>
            <Select
              size="xs"
              w={128}
              aria-label={`Read ${column.name} as`}
              data={kinds}
              value={now.as}
              allowDeselect={false}
              onChange={(value) => choose(kinds.find((kind) => kind.value === value)?.value ?? now.as)}
            />
            {now.as === 'date' && (
              <Select
                size="xs"
                w={158}
                aria-label={`Date format of ${column.name}`}
                data={[...dateFormats]}
                value={now.format}
                searchable
                allowDeselect={false}
                onChange={(value) => {
                  const format = dateFormats.find((known) => known === value)
                  if (format !== undefined) onWish({ as: 'date', format })
                }}
              />
            )}
            {now.as === 'number' && (
              <Select
                size="xs"
                w={138}
                aria-label={`Decimal sign of ${column.name}`}
                data={decimals}
                value={now.decimal}
                allowDeselect={false}
                onChange={(value) => onWish({ as: 'number', decimal: value === ',' ? ',' : '.' })}
              />
            )}
            {isWished && (
              <button type="button" className="link f12" onClick={() => onWish(null)}>
                As recognised
              </button>
            )}
          </div>
          <Preview source={source} column={column.name} as={now} />
        </div>
      )}
    </li>
  )
}

/** The cells as they are written and as they would be read. */
function Preview({ source, column, as }: { source: SourceState; column: string; as: ReadingWish }) {
  const format = useFormatter()
  const preview = useQuery({
    queryKey: ['reading', source.path, source.name, source.readAt, column, as],
    queryFn: ({ signal }) => engine.previewReading({ source: source.name, column, as }, { signal }),
    placeholderData: (before) => before,
  })
  if (preview.error !== null) return <ErrorNote error={toAppError(preview.error)} />
  if (preview.data === undefined) return <Skeleton height={120} />
  const { rows, unreadable, cells } = preview.data
  return (
    <div className={preview.isPlaceholderData ? 'dimmed' : ''}>
      <p className={unreadable > 0 ? 'f12 warn' : 'f12 t3'}>
        {unreadable === 0
          ? `All of the first ${format.count(rows)} rows can be read so.`
          : `${format.count(unreadable)} of the first ${format.count(rows)} rows cannot be read so and would be empty.`}
      </p>
      <table className="plaintable readingtable">
        <thead>
          <tr>
            <th className="r">Row</th>
            <th>As written</th>
            <th>As read</th>
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.row}>
              <td className="r t3">{format.count(cell.row)}</td>
              <td className="mono ell">{cell.written}</td>
              <td className={cell.value === null ? 'warn' : 'mono'}>{cell.value ?? 'empty'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What was recognised, in the words of a wish. */
function asRead({ type, format, decimal }: Column): ReadingWish {
  switch (type) {
    case 'integer':
    case 'decimal':
      return { as: 'number', decimal }
    case 'date':
    case 'timestamp': {
      const known = dateFormats.find((name) => name === format?.replace(/^(mixed|swapped|either|serials):/, ''))
      return { as: 'date', format: known ?? (type === 'date' ? 'yyyy-MM-dd' : 'yyyy-MM-dd HH:mm:ss') }
    }
    case 'id':
    case 'flag':
      return { as: type }
    case 'text':
    case 'empty':
      return { as: 'text' }
    default:
      return type satisfies never
  }
}

function wishOf(as: ReadingWish['as'], column: Column): ReadingWish {
  const read = asRead(column)
  if (as === read.as) return read
  if (as === 'date') return { as, format: 'yyyy-MM-dd' }
  return as === 'number' ? { as, decimal: column.decimal } : { as }
}

function wordsFor(wish: ReadingWish): string {
  const kind = kinds.find(({ value }) => value === wish.as)?.label ?? ''
  if (wish.as === 'date') return `${kind}, ${wish.format}`
  return wish.as === 'number' && wish.decimal === ',' ? `${kind}, decimal comma` : kind
}

const kinds: { value: ReadingWish['as']; label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'id', label: 'Id' },
  { value: 'number', label: 'Number' },
  { value: 'date', label: 'Date' },
  { value: 'flag', label: 'Yes or no' },
]
const decimals = [
  { value: '.', label: 'Decimal point' },
  { value: ',', label: 'Decimal comma' },
]
