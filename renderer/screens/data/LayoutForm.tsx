import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LayoutPreview, SourceState } from '../../../shared/engineApi'
import { type LayoutWish, textEncodings, wishesLayout } from '../../../shared/layoutWish'
import { engine } from '../../engine'
import { forget } from '../../frame/listenToShell'
import { changeProject, useProject } from '../../state/projectStore'
import { ErrorNote } from '../../ui/ErrorNote'
import { Skeleton } from '../../ui/Skeleton'
import { toAppError } from '../../ui/toAppError'

type Layout = NonNullable<SourceState['layout']>

interface LayoutFormProps {
  readonly source: SourceState
  readonly layout: Layout
  readonly onClose: () => void
}

/** How a file is cut into rows and cells: what was recognised, and another way where the analyst knows better. */
export function LayoutForm({ source, layout, onClose }: LayoutFormProps) {
  const [wish, setWish] = useState<LayoutWish>(layout.wish ?? {})
  const isChanging = useProject((state) => state.isChanging)
  const isAsBefore = JSON.stringify(wish) === JSON.stringify(layout.wish ?? {})
  const { path } = layout
  const { sheet } = source
  const preview = useQuery({
    queryKey: ['layout', path, sheet, source.readAt, wish],
    queryFn: ({ signal }) => engine.previewLayout({ path, sheet, layout: wish }, { signal }),
    placeholderData: (before) => before,
    retry: false,
  })
  const save = async (): Promise<void> => {
    const done = await changeProject(`Reading ${source.name} again`, (options) =>
      engine.layOut({ source: source.name, layout: wishesLayout(wish) ? wish : null }, options),
    )
    if (done) onClose()
  }
  // What the analyst leaves to Casebook is as it was recognised over the whole file.
  const headerRow = isAsBefore ? layout.headerRow : (preview.data?.headerRow ?? layout.headerRow)
  return (
    <div className="drawerform">
      <div className="col" style={{ gap: 12 }}>
        {preview.data?.format === 'csv' && <TextSigns preview={preview.data} wish={wish} onWish={setWish} />}
        <div className="row wrap" style={{ gap: '4px 12px' }}>
          <p className="f12 t2 grow">Click the number of the row that names the columns.</p>
          <Checkbox
            size="xs"
            label="No row names them"
            checked={headerRow === 0}
            onChange={(event) => setWish({ ...wish, headerRow: event.currentTarget.checked ? 0 : 1 })}
          />
        </div>
        {preview.error !== null && <ErrorNote error={toAppError(preview.error)} />}
        {preview.data === undefined && preview.error === null && <Skeleton height={240} />}
        {preview.data !== undefined && preview.error === null && (
          <FirstRows
            preview={preview.data}
            headerRow={headerRow}
            isOld={preview.isPlaceholderData}
            onHeader={(row) => setWish({ ...wish, headerRow: row })}
          />
        )}
      </div>
      <div className="drawerfoot">
        <span className="f12 t3 grow">
          {wishesLayout(wish) ? (
            <button type="button" className="link" onClick={() => setWish({})}>
              As recognised
            </button>
          ) : (
            'Cut as recognised'
          )}
        </span>
        <Button onClick={onClose}>Close</Button>
        <Button
          variant="filled"
          disabled={isAsBefore || preview.error !== null}
          loading={isChanging}
          onClick={() => forget(save())}
        >
          Cut it so
        </Button>
      </div>
    </div>
  )
}

interface TextSignsProps {
  readonly preview: LayoutPreview
  readonly wish: LayoutWish
  readonly onWish: (wish: LayoutWish) => void
}

function TextSigns({ preview, wish, onWish }: TextSignsProps) {
  const encoding = wish.encoding ?? preview.encoding
  const delimiter = wish.delimiter ?? preview.delimiter
  return (
    <div className="row wrap" style={{ gap: 8 }}>
      <Select
        label="Encoding"
        w={186}
        data={encodings}
        value={encoding === 'mixed' ? null : encoding}
        placeholder="UTF-8 and Windows-1252"
        allowDeselect={false}
        onChange={(value) => {
          const known = textEncodings.find((name) => name === value)
          if (known !== undefined) onWish({ ...wish, encoding: known })
        }}
      />
      <Select
        label="Cells are set apart by"
        w={150}
        data={delimiters}
        value={delimiters.some(({ value }) => value === delimiter) ? delimiter : null}
        placeholder="Another sign"
        allowDeselect={false}
        onChange={(value) => {
          if (value !== null) onWish({ ...wish, delimiter: value })
        }}
      />
      <TextInput
        label="Another sign"
        w={96}
        maxLength={1}
        value={delimiters.some(({ value }) => value === delimiter) ? '' : (delimiter ?? '')}
        onChange={(event) => {
          const [sign] = event.currentTarget.value
          const { delimiter: _before, ...others } = wish
          onWish(sign === undefined ? others : { ...others, delimiter: sign })
        }}
      />
      <Select
        label="Quotes"
        w={110}
        data={quotes}
        value={wish.quote ?? preview.quote}
        allowDeselect={false}
        onChange={(value) => onWish({ ...wish, quote: value === "'" ? "'" : '"' })}
      />
    </div>
  )
}

interface FirstRowsProps {
  readonly preview: LayoutPreview
  readonly headerRow: number
  readonly isOld: boolean
  readonly onHeader: (row: number) => void
}

/** The first rows as they would be cut; those above the header are left out. */
function FirstRows({ preview, headerRow, isOld, onHeader }: FirstRowsProps) {
  const width = Math.max(1, ...preview.rows.map(({ cells }) => cells.length))
  return (
    <div className={isOld ? 'scrolltable layoutrows dimmed' : 'scrolltable layoutrows'}>
      <table className="plaintable" aria-label="The first rows">
        <tbody>
          {preview.rows.map(({ row, cells }) => (
            <tr key={row} className={row === headerRow ? 'names' : row < headerRow ? 'above' : ''}>
              <td className="r">
                <button
                  type="button"
                  className="link tnum"
                  aria-pressed={row === headerRow}
                  aria-label={`Row ${row} names the columns`}
                  onClick={() => onHeader(row)}
                >
                  {row}
                </button>
              </td>
              {Array.from({ length: width }, (_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells of a row have no other name than their place
                <td key={column} className="ell">
                  {cells[column] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const encodings = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'windows-1252', label: 'Windows-1252 (Western)' },
  { value: 'utf-16le', label: 'UTF-16' },
  { value: 'utf-16be', label: 'UTF-16, big-endian' },
]
const delimiters = [
  { value: ',', label: 'Comma ,' },
  { value: ';', label: 'Semicolon ;' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar |' },
  { value: ' ', label: 'Blanks' },
]
const quotes = [
  { value: '"', label: 'Double "' },
  { value: "'", label: "Single '" },
]
