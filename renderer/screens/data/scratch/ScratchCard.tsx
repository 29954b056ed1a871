import './scratch.css'
import { Button, Kbd } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ProjectState } from '../../../../shared/engineApi'
import type { AppError } from '../../../../shared/errors'
import { columnTypeOf, type TableColumn } from '../../../../shared/tableView'
import { engine } from '../../../engine'
import { useRevision } from '../../../state/analyses'
import { runJob } from '../../../state/jobStore'
import { toggleScratch, useScratch, writeScratch } from '../../../state/scratchStore'
import { ErrorNote } from '../../../ui/ErrorNote'
import { Icon } from '../../../ui/Icon'
import { toAppError } from '../../../ui/toAppError'
import { Answer, type ScratchAnswer } from './Answer'
import { SaveView } from './SaveView'
import { SqlEditor, type TextPlace } from './SqlEditor'
import { firstQuestion, scratchTables } from './scratchTables'
import { TableList } from './TableList'

/** Free questions over the tables, read-only: rows, chart, export, and a name for those worth keeping. */
export function ScratchCard({ project }: { readonly project: ProjectState }) {
  const isOpen = useScratch((state) => state.isOpen)
  return (
    <section className="card scratchcard" aria-label="SQL scratchpad">
      <button type="button" className="bare row scratchhead" aria-expanded={isOpen} onClick={toggleScratch}>
        <Icon of={isOpen ? IconChevronDown : IconChevronRight} size={14} />
        <span className="cardtitle">Ask your own question in SQL</span>
        <span className="f12 t3 ell">Read-only: your data cannot be changed here.</span>
      </button>
      {isOpen && <Scratch project={project} />}
    </section>
  )
}

function Scratch({ project }: { readonly project: ProjectState }) {
  const written = useScratch((state) => state.text)
  const tables = useMemo(() => scratchTables(project), [project])
  const text = written === '' ? firstQuestion(tables) : written
  const editor = useRef<HTMLTextAreaElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const outcome = useRef<HTMLDivElement>(null)
  const { answer, error, isRunning, run } = useQuestion()
  useEffect(() => body.current?.parentElement?.scrollIntoView({ block: 'nearest' }), [])
  const toRun = useScratch((state) => state.toRun)
  useEffect(() => {
    if (toRun === null) return
    useScratch.setState({ toRun: null })
    run(toRun)
  }, [toRun, run])
  // The answer stands below what was asked; it must not have to be looked for.
  useEffect(() => {
    if (answer !== null || error !== null) outcome.current?.scrollIntoView({ block: 'nearest' })
  }, [answer, error])
  const insert = (name: string): void => {
    const box = editor.current
    const [start, end] = [box?.selectionStart ?? text.length, box?.selectionEnd ?? text.length]
    const before = text.slice(0, start)
    const gap = before === '' || /[\s(,.]$/.test(before) ? '' : ' '
    writeScratch(`${before}${gap}${name}${text.slice(end)}`)
    box?.focus()
    const at = start + gap.length + name.length
    requestAnimationFrame(() => box?.setSelectionRange(at, at))
  }
  return (
    <div className="scratchbody" ref={body}>
      <div className="scratchask">
        <div className="col scratchleft">
          <SqlEditor
            text={text}
            editor={editor}
            wrong={error !== null && error.text === text ? placeIn(error.error) : null}
            onText={writeScratch}
            onRun={() => run(text)}
          />
          <div className="row">
            <Button
              variant="filled"
              loading={isRunning}
              leftSection={<Icon of={IconPlayerPlay} size={14} />}
              onClick={() => run(text)}
            >
              Run
            </Button>
            <span className="f11 t3 nw">
              <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">Enter</Kbd>
            </span>
            <span className="end" />
            <SaveView sql={text} />
          </div>
        </div>
        <TableList tables={tables} onInsert={insert} />
      </div>
      <div ref={outcome}>
        {error !== null && <ErrorNote error={error.error} />}
        {answer !== null && error === null && <Answer key={answer.key} answer={answer} isRunning={isRunning} />}
      </div>
      {answer === null && error === null && (
        <p className="f12 t3">
          Write a question, or click a table or column to put its name into it. Answers of any length can be paged,
          charted, exported and saved as a view.
        </p>
      )}
    </div>
  )
}

interface FailedQuestion {
  readonly text: string
  readonly error: AppError
}

function useQuestion() {
  const revision = useRevision()
  const [answer, setAnswer] = useState<ScratchAnswer | null>(null)
  const [error, setError] = useState<FailedQuestion | null>(null)
  const [isRunning, setRunning] = useState(false)
  const runs = useRef(0)
  const ask = async (text: string): Promise<void> => {
    runs.current += 1
    setRunning(true)
    const started = performance.now()
    try {
      const page = await runJob('Answering your question', (options) =>
        engine.readPage({ sql: text, offset: 0, limit: 1 }, options),
      )
      setError(null)
      setAnswer({
        key: `${runs.current}`,
        sql: text,
        revision,
        columns: page.columns.slice(1).map(({ name, type }): TableColumn => ({ name, type: asColumnType(type) })),
        rows: page.total,
        milliseconds: performance.now() - started,
      })
    } catch (thrown) {
      const failed = toAppError(thrown)
      if (failed.code !== 'cancelled') setError({ text, error: failed })
    } finally {
      setRunning(false)
    }
  }
  return { answer, error, isRunning, run: (text: string) => void ask(text) }
}

const columnTypes = ['text', 'id', 'integer', 'decimal', 'date', 'timestamp', 'flag', 'empty'] as const

const asColumnType = (type: string): TableColumn['type'] =>
  columnTypes.find((known) => known === type) ?? columnTypeOf(type)

function placeIn({ data }: AppError): TextPlace | null {
  if (typeof data !== 'object' || data === null || !('position' in data)) return null
  const { position } = data
  return typeof position === 'object' && position !== null && 'line' in position && 'column' in position
    ? { line: Number(position.line), column: Number(position.column) }
    : null
}
