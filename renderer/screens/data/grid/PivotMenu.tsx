import { Button, Popover, Select } from '@mantine/core'
import { IconTablePlus } from '@tabler/icons-react'
import { useState } from 'react'
import { filterFamily, type PivotWish } from '../../../../shared/tableView'
import { engine } from '../../../engine'
import { askInScratch } from '../../../state/scratchStore'
import { Icon } from '../../../ui/Icon'
import { useReporter } from '../../../ui/useReporter'
import { useGrid } from './gridState'

/** Turns the rows that are shown: values of one column down, of another across. It is asked as a question in SQL. */
export function PivotMenu() {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover position="bottom-end" width={264} trapFocus returnFocus opened={isOpen} onChange={setOpen}>
      <Popover.Target>
        <Button
          size="xs"
          variant="subtle"
          leftSection={<Icon of={IconTablePlus} size={14} />}
          onClick={() => setOpen(!isOpen)}
        >
          Pivot
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <PivotForm onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function PivotForm({ onDone }: { readonly onDone: () => void }) {
  const { source, columns, wish } = useGrid()
  const report = useReporter()
  const numbers = columns.filter(({ type }) => filterFamily(type) === 'number').map(({ name }) => name)
  const names = columns.map(({ name }) => name)
  const [rows, setRows] = useState<string | null>(null)
  const [across, setAcross] = useState<string | null>(null)
  const [figure, setFigure] = useState<PivotWish['figure']>('count')
  const [of, setOf] = useState<string | null>(null)
  const [grain, setGrain] = useState<PivotWish['grain']>('month')
  const isDated = columns.some(({ name, type }) => (name === rows || name === across) && filterFamily(type) === 'date')
  const isReady = rows !== null && (figure === 'count' || of !== null)
  const ask = async (): Promise<void> => {
    if (rows === null) return
    const { sql } = await engine.pivotQuestion({
      ...source,
      filters: [...wish.filters],
      search: wish.search,
      rows,
      columns: across,
      figure,
      of: figure === 'count' ? null : of,
      grain,
    })
    onDone()
    askInScratch(sql)
  }
  return (
    <form
      className="col filterform"
      onSubmit={(event) => {
        event.preventDefault()
        report(ask())
      }}
    >
      <Select
        comboboxProps={inside}
        label="Down"
        placeholder="One row a value of"
        data={names}
        value={rows}
        onChange={setRows}
        searchable
        data-autofocus
      />
      <Select
        comboboxProps={inside}
        label="Across"
        placeholder="Nothing"
        data={names}
        value={across}
        onChange={setAcross}
        searchable
        clearable
      />
      {isDated && (
        <Select
          comboboxProps={inside}
          label="Days"
          data={grains}
          value={grain}
          allowDeselect={false}
          onChange={(value) => setGrain(grains.find((one) => one.value === value)?.value ?? 'month')}
        />
      )}
      <Select
        comboboxProps={inside}
        label="Figure"
        data={figures}
        value={figure}
        allowDeselect={false}
        onChange={(value) => setFigure(figures.find((one) => one.value === value)?.value ?? 'count')}
      />
      {figure !== 'count' && (
        <Select
          comboboxProps={inside}
          label="Of"
          placeholder="Choose a column"
          data={figure === 'distinct' ? names : numbers}
          value={of}
          onChange={setOf}
          searchable
        />
      )}
      <Button type="submit" variant="filled" disabled={!isReady}>
        Show the pivot
      </Button>
    </form>
  )
}

/** A list outside of the popover would close it. */
const inside = { withinPortal: false } as const

const figures: { value: PivotWish['figure']; label: string }[] = [
  { value: 'count', label: 'Number of rows' },
  { value: 'sum', label: 'Sum' },
  { value: 'average', label: 'Average' },
  { value: 'distinct', label: 'Different values' },
]
const grains: { value: PivotWish['grain']; label: string }[] = [
  { value: 'day', label: 'One by one' },
  { value: 'month', label: 'By month' },
  { value: 'year', label: 'By year' },
]
