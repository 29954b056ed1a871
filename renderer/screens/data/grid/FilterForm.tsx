import { Button, Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ColumnFilter, filterFamily } from '../../../../shared/tableView'
import { engine } from '../../../engine'
import { ErrorNote } from '../../../ui/ErrorNote'
import { Skeleton } from '../../../ui/Skeleton'
import { toAppError } from '../../../ui/toAppError'
import { useFormatter } from '../../../ui/useFormatter'
import { type GridColumn, useGrid } from './gridState'

type Way = 'values' | 'contains' | 'range' | 'missing'

const wayNames: Readonly<Record<Way, string>> = {
  values: 'Values',
  contains: 'Contains',
  range: 'Range',
  missing: 'Missing',
}

const waysOf = {
  text: ['values', 'contains', 'missing'],
  flag: ['values', 'missing'],
  number: ['range', 'values', 'missing'],
  date: ['range', 'missing'],
} as const

interface FilterFormProps {
  readonly column: GridColumn
  readonly filter: ColumnFilter | null
  readonly onApply: (filter: ColumnFilter | null) => void
}

/** The filters a column of this type can have, one at a time. */
export function FilterForm({ column, filter, onApply }: FilterFormProps) {
  const ways: readonly Way[] = waysOf[filterFamily(column.type)]
  const [way, setWay] = useState<Way>(wayOf(filter) ?? ways[0] ?? 'missing')
  return (
    <div className="col filterform">
      <div className="row">
        <span className="m ell">Filter {column.name}</span>
        {filter !== null && (
          <button type="button" className="link f12 end" onClick={() => onApply(null)}>
            Remove
          </button>
        )}
      </div>
      <SegmentedControl
        fullWidth
        aria-label="Filter by"
        value={way}
        onChange={(value) => setWay(ways.find((one) => one === value) ?? way)}
        data={ways.map((one) => ({ value: one, label: wayNames[one] }))}
      />
      {way === 'values' && <ValueList column={column.name} filter={filter} onApply={onApply} />}
      {way === 'contains' && <ContainsField column={column.name} filter={filter} onApply={onApply} />}
      {way === 'range' && <RangeFields column={column} filter={filter} onApply={onApply} />}
      {way === 'missing' && <MissingButtons column={column.name} onApply={onApply} />}
    </div>
  )
}

function wayOf(filter: ColumnFilter | null): Way | undefined {
  switch (filter?.is) {
    case 'oneOf':
      return 'values'
    case 'contains':
      return 'contains'
    case 'range':
      return 'range'
    case 'missing':
    case 'present':
      return 'missing'
    default:
      return undefined
  }
}

interface PartProps {
  readonly column: string
  readonly filter: ColumnFilter | null
  readonly onApply: (filter: ColumnFilter | null) => void
}

function ValueList({ column, filter, onApply }: PartProps) {
  const format = useFormatter()
  const { source, revision } = useGrid()
  const [chosen, setChosen] = useState<readonly string[]>(filter?.is === 'oneOf' ? filter.values : [])
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), 250)
  const values = useQuery({
    queryKey: ['topValues', revision, source, column, search],
    queryFn: ({ signal }) => engine.readTopValues({ ...source, column, search, limit: 50 }, { signal }),
    placeholderData: (before) => before,
  })
  const found = values.data ?? []
  const others = chosen.filter((value) => !found.some((one) => one.value === value))
  const toggle = (value: string): void =>
    setChosen(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  return (
    <form
      className="col filterpart"
      onSubmit={(event) => {
        event.preventDefault()
        onApply(chosen.length === 0 ? null : { is: 'oneOf', column, values: [...chosen] })
      }}
    >
      <TextInput
        aria-label="Search values"
        placeholder="Search values"
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {values.error !== null && <ErrorNote error={toAppError(values.error)} />}
      <div className="valuelist">
        {values.data === undefined && values.error === null && <Skeleton height={96} />}
        {values.data !== undefined && found.length === 0 && <span className="f12 t3">No value is like that.</span>}
        {[...others.map((value) => ({ value, count: null })), ...found].map(({ value, count }) => (
          <div key={value} className="valueline">
            <Checkbox
              size="xs"
              className="grow"
              label={value === '' ? 'empty text' : value}
              checked={chosen.includes(value)}
              onChange={() => toggle(value)}
            />
            <span className="t3 tnum">{count === null ? '' : format.count(count)}</span>
          </div>
        ))}
      </div>
      <Button type="submit" variant="filled" disabled={chosen.length === 0 && filter === null}>
        {chosen.length <= 1 ? 'Show these rows' : `Show rows with ${chosen.length} values`}
      </Button>
    </form>
  )
}

function ContainsField({ column, filter, onApply }: PartProps) {
  const [text, setText] = useState(filter?.is === 'contains' ? filter.text : '')
  return (
    <form
      className="col filterpart"
      onSubmit={(event) => {
        event.preventDefault()
        onApply(text === '' ? null : { is: 'contains', column, text })
      }}
    >
      <TextInput
        aria-label="Contains"
        placeholder="Part of the text"
        description="Capitals do not matter."
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" disabled={text === ''}>
        Show these rows
      </Button>
    </form>
  )
}

interface RangeProps {
  readonly column: GridColumn
  readonly filter: ColumnFilter | null
  readonly onApply: (filter: ColumnFilter | null) => void
}

function RangeFields({ column, filter, onApply }: RangeProps) {
  const isDate = filterFamily(column.type) === 'date'
  const before = filter?.is === 'range' ? filter : null
  const [from, setFrom] = useState(endText(before?.from, isDate))
  const [to, setTo] = useState(endText(before?.to, isDate))
  const ends = [readEnd(from, isDate), readEnd(to, isDate)] as const
  const isEmpty = from.trim() === '' && to.trim() === ''
  const isWrong = ends.includes(undefined)
  return (
    <form
      className="col filterpart"
      onSubmit={(event) => {
        event.preventDefault()
        const [low, high] = ends
        if (low === undefined || high === undefined || isEmpty) return
        onApply({ is: 'range', column: column.name, from: low, to: high })
      }}
    >
      <div className="row">
        <TextInput
          label="From"
          className="grow"
          data-autofocus
          type={isDate ? 'date' : 'text'}
          inputMode={isDate ? 'none' : 'decimal'}
          value={from}
          error={ends[0] === undefined ? 'Not a number' : undefined}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label="To"
          className="grow"
          type={isDate ? 'date' : 'text'}
          inputMode={isDate ? 'none' : 'decimal'}
          value={to}
          error={ends[1] === undefined ? 'Not a number' : undefined}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      <span className="f11 t3">Both ends included; leave one empty for an open end.</span>
      <Button type="submit" variant="filled" disabled={isEmpty || isWrong}>
        Show these rows
      </Button>
    </form>
  )
}

function endText(end: number | string | null | undefined, isDate: boolean): string {
  if (end === null || end === undefined) return ''
  return isDate ? String(end).slice(0, 10) : String(end)
}

/** Null for an open end, undefined for what is no number; a decimal comma is as good as a point. */
function readEnd(text: string, isDate: boolean): number | string | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  if (isDate) return trimmed
  const number = Number(trimmed.replace(/^−/, '-').replace(/^(-?\d+),(\d+)$/, '$1.$2'))
  return Number.isFinite(number) ? number : undefined
}

function MissingButtons({ column, onApply }: Omit<PartProps, 'filter'>) {
  return (
    <div className="col filterpart">
      <Button onClick={() => onApply({ is: 'missing', column })}>Only rows where it is missing</Button>
      <Button onClick={() => onApply({ is: 'present', column })}>Only rows where it is there</Button>
    </div>
  )
}
