import { Button, Checkbox, Menu, NumberInput, Popover, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconColumns3, IconDownload, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { FileKind } from '../../../../shared/shellApi'
import { engine } from '../../../engine'
import { runJob } from '../../../state/jobStore'
import { tableExports } from '../../../ui/exportKinds'
import { Icon } from '../../../ui/Icon'
import { showWritten } from '../../../ui/showWritten'
import { useFormatter } from '../../../ui/useFormatter'
import { useReporter } from '../../../ui/useReporter'
import { useGrid } from './gridState'

/** Searches every column. */
export function SearchBox() {
  const { wish, setWish, name } = useGrid()
  const [text, setText] = useState(wish.search)
  const latest = useRef(wish)
  latest.current = wish
  const search = useDebouncedCallback((next: string) => setWish({ ...latest.current, search: next.trim() }), 350)
  // A removed chip empties the box.
  useEffect(() => {
    if (wish.search === '') setText((now) => (now.trim() === '' ? now : ''))
  }, [wish.search])
  return (
    <TextInput
      className="gridsearch"
      aria-label={`Search ${name}`}
      placeholder="Search all columns"
      leftSection={<Icon of={IconSearch} size={14} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        search(event.currentTarget.value)
      }}
    />
  )
}

/** Jumps to a row by its place among those shown. */
export function GoToRow({ rows, onGo }: { readonly rows: number; readonly onGo: (row: number) => void }) {
  const [value, setValue] = useState<number | string>('')
  const number = Number(value)
  const isThere = value !== '' && Number.isInteger(number) && number >= 1 && number <= rows
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isThere) onGo(number - 1)
      }}
    >
      <NumberInput
        className="gotorow"
        aria-label="Go to row"
        placeholder="Go to row"
        hideControls
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator=","
        value={value}
        error={value !== '' && !isThere}
        onChange={setValue}
      />
    </form>
  )
}

/** Which columns are shown. */
export function ColumnsMenu() {
  const format = useFormatter()
  const { columns, hidden, setHidden } = useGrid()
  const [text, setText] = useState('')
  const shown = columns.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))
  const toggle = (name: string): void => {
    const next = new Set(hidden)
    if (!next.delete(name)) next.add(name)
    setHidden(next)
  }
  return (
    <Popover position="bottom-end" width={248} trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" variant="subtle" leftSection={<Icon of={IconColumns3} size={14} />}>
          {hidden.size === 0 ? 'Columns' : `${columns.length - hidden.size} of ${columns.length} columns`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="col filterform">
          <div className="row f12">
            <span className="m">{format.count(columns.length)} columns</span>
            <button type="button" className="link end" onClick={() => setHidden(new Set())}>
              Show all
            </button>
            <button
              type="button"
              className="link"
              onClick={() => setHidden(new Set(columns.slice(1).map(({ name }) => name)))}
            >
              Only the first
            </button>
          </div>
          {columns.length > 12 && (
            <TextInput
              aria-label="Search columns"
              placeholder="Search columns"
              data-autofocus
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          <div className="valuelist tall">
            {shown.map(({ name }) => (
              <div key={name} className="valueline">
                <Checkbox
                  size="xs"
                  className="grow"
                  label={name}
                  checked={!hidden.has(name)}
                  disabled={!hidden.has(name) && columns.length - hidden.size === 1}
                  onChange={() => toggle(name)}
                />
              </div>
            ))}
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Writes what the grid shows: its rows in their order, its visible columns. */
export function ExportMenu({ rows }: { readonly rows: number | null }) {
  const format = useFormatter()
  const report = useReporter()
  const { source, name, wish, visible } = useGrid()
  const save = async (kind: FileKind, decimalComma = false): Promise<void> => {
    const to = await window.casebook.chooseSavePath({ name: `${name}.${kind}`, kind })
    if (to === null) return
    const written = await runJob(`Writing ${name}`, (options) =>
      engine.exportTable(
        {
          ...source,
          filters: [...wish.filters],
          sorts: [...wish.sorts],
          search: wish.search,
          columns: visible.map((column) => column.name),
          decimalComma,
          to,
          replace: true,
        },
        options,
      ),
    )
    showWritten(written, written.notes)
  }
  const isTooLong = rows !== null && rows > 1_048_575
  return (
    <Menu position="bottom-end" width={224}>
      <Menu.Target>
        <Button size="xs" variant="subtle" leftSection={<Icon of={IconDownload} size={14} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {rows === null ? 'What the table shows' : `${format.count(rows)} rows, ${visible.length} columns, as shown`}
        </Menu.Label>
        {tableExports.map(({ kind, label, note }) => (
          <Menu.Item
            key={kind}
            disabled={kind === 'xlsx' && isTooLong}
            rightSection={<span className="f11 t3">{kind === 'xlsx' && isTooLong ? 'too many rows' : note}</span>}
            onClick={() => report(save(kind))}
          >
            {label}
          </Menu.Item>
        ))}
        {format.decimal(0.5, 1).includes(',') && (
          <Menu.Item rightSection={<span className="f11 t3">1,5 and ;</span>} onClick={() => report(save('csv', true))}>
            CSV, decimal comma
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
