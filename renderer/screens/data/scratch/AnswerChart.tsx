import { SegmentedControl, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { chartHeight } from '../../../charts/chartHeight'
import { engine } from '../../../engine'
import { runJob } from '../../../state/jobStore'
import { ErrorNote } from '../../../ui/ErrorNote'
import { Skeleton } from '../../../ui/Skeleton'
import { toAppError } from '../../../ui/toAppError'
import { useFormatter } from '../../../ui/useFormatter'
import type { ScratchAnswer } from './Answer'
import { type AnswerChartKind, type ChartColumns, chartOf, likelyChart, mostPoints, numberColumns } from './answerChart'

const PlotlyPicture = lazy(async () => ({
  default: (await import('../../../charts/PlotlyPicture')).PlotlyPicture,
}))

const kinds: readonly { readonly value: AnswerChartKind; readonly label: string }[] = [
  { value: 'bar', label: 'Bars' },
  { value: 'line', label: 'Line' },
  { value: 'scatter', label: 'Points' },
]

/** A picture of the first rows of an answer: which columns, and how. */
export function AnswerChart({ answer }: { readonly answer: ScratchAnswer }) {
  const [chosen, setChosen] = useState<ChartColumns | undefined>(() => likelyChart(answer.columns))
  if (chosen === undefined) {
    return (
      <p className="answernote f12 t2">There is no column of numbers to draw. Ask for one, for example count(*).</p>
    )
  }
  const numbers = numberColumns(answer.columns)
  const names = answer.columns.map(({ name }) => name)
  const setKind = (kind: AnswerChartKind): void => {
    const x = kind === 'scatter' && !numbers.includes(chosen.x) ? (numbers[0] ?? chosen.x) : chosen.x
    setChosen({ ...chosen, kind, x })
  }
  return (
    <>
      <div className="row wrap answeraxes">
        <SegmentedControl
          aria-label="Kind of chart"
          value={chosen.kind}
          onChange={(value) => setKind(kinds.find((kind) => kind.value === value)?.value ?? 'bar')}
          data={[...kinds]}
        />
        <Select
          aria-label="Along the bottom"
          leftSection={<span className="f11 t3">x</span>}
          data={chosen.kind === 'scatter' ? numbers : names}
          value={chosen.x}
          allowDeselect={false}
          searchable
          onChange={(x) => setChosen({ ...chosen, x: x ?? chosen.x })}
        />
        <Select
          aria-label="Upright"
          leftSection={<span className="f11 t3">y</span>}
          data={numbers}
          value={chosen.y}
          allowDeselect={false}
          searchable
          onChange={(y) => setChosen({ ...chosen, y: y ?? chosen.y })}
        />
      </div>
      <Picture answer={answer} chosen={chosen} />
    </>
  )
}

function Picture({ answer, chosen }: { readonly answer: ScratchAnswer; readonly chosen: ChartColumns }) {
  const format = useFormatter()
  const limit = mostPoints[chosen.kind]
  const page = useQuery({
    queryKey: ['answerPoints', answer.revision, answer.key, limit],
    queryFn: ({ signal }) =>
      runJob(
        'Drawing the answer',
        (options) => engine.readPage({ sql: answer.sql, offset: 0, limit }, options),
        signal,
      ),
  })
  if (page.error !== null) return <ErrorNote error={toAppError(page.error)} />
  if (page.data === undefined) return <Skeleton height={240} />
  const chart = chartOf(chosen, answer.columns, page.data)
  if (chart === undefined) return <p className="answernote f12 t2">No row has both values.</p>
  const shown = Math.min(limit, answer.rows)
  return (
    <div className="answerpicture">
      <p className="f12 t3">
        {chosen.y} by {chosen.x}
        {answer.rows > shown ? `: the first ${format.count(shown)} of ${format.count(answer.rows)} rows` : ''}
      </p>
      <Suspense fallback={<Skeleton height={240} />}>
        <PlotlyPicture
          chart={chart}
          name={`${chosen.y} by ${chosen.x}`}
          height={chart.kind === 'scatter' ? 280 : chartHeight(chart)}
        />
      </Suspense>
    </div>
  )
}
