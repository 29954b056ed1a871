import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { TableColumn } from '../../../../shared/tableView'
import { useFormatter } from '../../../ui/useFormatter'
import { GridView } from '../grid/GridView'
import { AnswerChart } from './AnswerChart'

export interface ScratchAnswer {
  readonly key: string
  readonly sql: string
  readonly revision: string
  readonly columns: readonly TableColumn[]
  readonly rows: number
  readonly milliseconds: number
}

/** The rows of an answer, or a picture of them. */
export function Answer({ answer, isRunning }: { readonly answer: ScratchAnswer; readonly isRunning: boolean }) {
  const format = useFormatter()
  const [shown, setShown] = useState('rows')
  const grid = useMemo(
    () => ({
      source: { sql: answer.sql },
      name: 'answer',
      columns: answer.columns.map((column) => ({ ...column, role: '' })),
      revision: `${answer.revision} ${answer.key}`,
    }),
    [answer],
  )
  const facts = (
    <>
      <SegmentedControl
        aria-label="Show the answer as"
        value={shown}
        onChange={setShown}
        data={[
          { value: 'rows', label: 'Rows' },
          { value: 'chart', label: 'Chart' },
        ]}
      />
      <span className="f12 t3 nw tnum" role="status">
        {format.count(answer.rows)} {answer.rows === 1 ? 'row' : 'rows'} in {secondsText(answer.milliseconds, format)}
      </span>
    </>
  )
  return (
    <div className={`answer tablecard${isRunning ? ' dimmed' : ''}${shown === 'chart' ? ' charted' : ''}`}>
      {shown === 'rows' ? (
        <GridView grid={grid} rows={answer.rows} title={facts} />
      ) : (
        <>
          <div className="tablebar">{facts}</div>
          <AnswerChart answer={answer} />
        </>
      )}
    </div>
  )
}

function secondsText(milliseconds: number, format: ReturnType<typeof useFormatter>): string {
  return milliseconds < 1000
    ? `${Math.max(1, Math.round(milliseconds))} ms`
    : `${format.decimal(milliseconds / 1000, 1)} s`
}
