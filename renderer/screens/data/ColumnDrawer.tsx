import { Button, Drawer, Select, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { FormulaPreview, SourceState } from '../../../shared/engineApi'
import type { AppError } from '../../../shared/errors'
import { written } from '../../../shared/formula/compileFormula'
import { formulaFunctions } from '../../../shared/formula/formulaFunctions'
import { engine } from '../../engine'
import { forget } from '../../frame/listenToShell'
import { useRevision } from '../../state/analyses'
import { changeProject, useProject } from '../../state/projectStore'
import { PageTable } from '../../ui/PageTable'
import { toAppError } from '../../ui/toAppError'
import { useFormatter } from '../../ui/useFormatter'

interface ColumnDrawerProps {
  readonly sources: readonly SourceState[]
  readonly opened: boolean
  readonly onClose: () => void
}

/** A column more, by a formula over the others of its row, with what it gives while it is written. */
export function ColumnDrawer({ sources, opened, onClose }: ColumnDrawerProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title="Add a column"
      size={560}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {opened && <ColumnForm sources={sources} onClose={onClose} />}
    </Drawer>
  )
}

function ColumnForm({ sources, onClose }: Omit<ColumnDrawerProps, 'opened'>) {
  const first = sources.find(({ kind }) => kind === 'orders') ?? sources[0]
  const [table, setTable] = useState(first?.name ?? '')
  const [name, setName] = useState('')
  const [formula, setFormula] = useState('')
  const [debounced] = useDebouncedValue(formula.trim(), 300)
  const isChanging = useProject((state) => state.isChanging)
  const revision = useRevision()
  const field = useRef<HTMLTextAreaElement>(null)
  const source = sources.find((candidate) => candidate.name === table)
  const preview = useQuery({
    queryKey: ['formula', revision, table, debounced],
    queryFn: ({ signal }) => engine.previewFormula({ source: table, name: '', formula: debounced }, { signal }),
    enabled: debounced !== '',
    retry: false,
    placeholderData: (before) => before,
  })
  const error = debounced === '' || preview.error === null ? null : toAppError(preview.error)
  const isReady = name.trim() !== '' && debounced !== '' && debounced === formula.trim() && preview.isSuccess
  const insert = (text: string): void => {
    const at = field.current?.selectionStart ?? formula.length
    setFormula(`${formula.slice(0, at)}${text}${formula.slice(field.current?.selectionEnd ?? at)}`)
    field.current?.focus()
  }
  const save = async (): Promise<void> => {
    const done = await changeProject(`Adding ${name.trim()}`, (options) =>
      engine.deriveColumn({ source: table, name: name.trim(), formula: formula.trim() }, options),
    )
    if (done) onClose()
  }
  return (
    <div className="drawerform">
      <div className="col" style={{ gap: 12 }}>
        {sources.length > 1 && (
          <Select
            label="Table"
            data={sources.map((one) => one.name)}
            value={table}
            allowDeselect={false}
            onChange={(value) => setTable(value ?? table)}
          />
        )}
        <TextInput
          label="Name of the column"
          value={name}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          ref={field}
          label="Formula"
          description="As in a spreadsheet: quantity * price, CASE WHEN … THEN … END, year(date). Texts stand in 'single quotes'."
          autosize
          minRows={3}
          maxRows={10}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          value={formula}
          error={error !== null}
          onChange={(event) => setFormula(event.currentTarget.value)}
        />
        {error !== null && <FormulaProblem error={error} />}
        <Names source={source} onInsert={insert} />
        {error === null && debounced !== '' && preview.data !== undefined && <Preview preview={preview.data} />}
        <FormulaColumns
          source={source}
          onEdit={(column, text) => {
            setName(column)
            setFormula(text)
          }}
        />
      </div>
      <div className="drawerfoot">
        <span className="grow" />
        <Button onClick={onClose}>Close</Button>
        <Button variant="filled" disabled={!isReady} loading={isChanging} onClick={() => forget(save())}>
          {source?.columns.some((column) => column.formula !== null && column.name === name.trim())
            ? 'Change the column'
            : 'Add the column'}
        </Button>
      </div>
    </div>
  )
}

/** The message, and the formula with carets under the place. */
function FormulaProblem({ error }: { readonly error: AppError }) {
  return (
    <div className="col f12" style={{ gap: 4 }} role="alert">
      <span className="bad m">{error.message}</span>
      {error.hint !== undefined && <span className="mono formulaproblem t2">{error.hint}</span>}
    </div>
  )
}

interface NamesProps {
  readonly source: SourceState | undefined
  readonly onInsert: (text: string) => void
}

function Names({ source, onInsert }: NamesProps) {
  return (
    <>
      <fieldset className="formulanames" aria-label="Columns to insert">
        {source?.columns.map((column) => (
          <button key={column.name} type="button" className="tag" onClick={() => onInsert(written(column.name))}>
            {column.name}
          </button>
        ))}
      </fieldset>
      <details className="f12">
        <summary className="t2">Functions</summary>
        <ul className="formulafunctions">
          {Object.values(formulaFunctions).map(({ usage, about }) => (
            <li key={usage}>
              <button
                type="button"
                className="link mono"
                onClick={() => onInsert(usage.slice(0, usage.indexOf('(') + 1))}
              >
                {usage}
              </button>
              <span className="t3"> {about}</span>
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

function Preview({ preview }: { readonly preview: FormulaPreview }) {
  const format = useFormatter()
  const columns = preview.columns.map((name, index) => ({
    name,
    type: preview.rows.some((row) => typeof row[index] === 'number') ? 'double' : 'varchar',
  }))
  const lost =
    preview.lost === 0 ? '' : `; ${format.count(preview.lost)} although all it reads is there, as in a division by zero`
  return (
    <div className="col" style={{ gap: 6 }}>
      <span className="f12 t2">
        {format.count(preview.total)} rows, {format.count(preview.empty)} of them empty{lost}
      </span>
      <PageTable page={{ columns, rows: preview.rows.slice(0, 8) }} />
    </div>
  )
}

interface FormulaColumnsProps {
  readonly source: SourceState | undefined
  readonly onEdit: (name: string, formula: string) => void
}

function FormulaColumns({ source, onEdit }: FormulaColumnsProps) {
  const derived = (source?.columns ?? []).filter(({ formula }) => formula !== null)
  if (source === undefined || derived.length === 0) return null
  const remove = (name: string): void =>
    forget(changeProject(`Removing ${name}`, (options) => engine.removeColumn({ source: source.name, name }, options)))
  return (
    <section className="col" style={{ gap: 4 }} aria-label="Formula columns">
      <span className="f12 m">Columns made by a formula</span>
      {derived.map(({ name, formula }) => (
        <div key={name} className="row f12">
          <span className="m nw">{name}</span>
          <span className="mono t3 ell grow">{formula}</span>
          <button
            type="button"
            className="link"
            aria-label={`Edit ${name}`}
            onClick={() => onEdit(name, formula ?? '')}
          >
            Edit
          </button>
          <button type="button" className="link" aria-label={`Remove ${name}`} onClick={() => remove(name)}>
            Remove
          </button>
        </div>
      ))}
    </section>
  )
}
