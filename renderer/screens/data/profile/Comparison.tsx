import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Formatter } from '../../../../shared/format'
import { viewColumns } from '../../../../shared/roles'
import type { ColumnComparison, ColumnDetail, TableComparison } from '../../../../shared/tableAnswers'
import { engine } from '../../../engine'
import { runJob } from '../../../state/jobStore'
import { useProject } from '../../../state/projectStore'
import { ErrorNote } from '../../../ui/ErrorNote'
import { Skeleton } from '../../../ui/Skeleton'
import { toAppError } from '../../../ui/toAppError'
import { useFormatter } from '../../../ui/useFormatter'
import { decimalText } from '../grid/columnLook'

/** Two tables side by side, the largest changes first. */
export function Comparison({ name, revision }: { readonly name: string; readonly revision: string }) {
  const project = useProject((state) => state.project)
  const [other, setOther] = useState<string | null>(null)
  const tables = project?.sources.map((source) => source.name) ?? []
  const kinds = new Set<string>(project?.sources.map(({ kind }) => kind))
  const names = [
    ...tables,
    ...(project?.views ?? []).filter(({ problem }) => problem === null).map((view) => view.name),
    ...Object.keys(viewColumns).filter((view) => kinds.has(view)),
  ]
  const options = [...new Set(names)].filter((one) => one !== name)
  const compared = useQuery({
    queryKey: ['compare', revision, name, other],
    queryFn: ({ signal }) =>
      runJob(
        `Comparing ${name} with ${other ?? ''}`,
        (callOptions) => engine.compareTables({ left: name, right: other ?? '' }, callOptions),
        signal,
      ),
    enabled: other !== null,
  })
  return (
    <div className="col comparison">
      <Select
        label={`Compare ${name} with`}
        placeholder="Choose a table"
        data={options}
        value={other}
        searchable
        onChange={setOther}
      />
      {options.length === 0 && (
        <p className="f12 t3">There is no other table yet. Add last month’s file to see what changed.</p>
      )}
      {compared.error !== null && <ErrorNote error={toAppError(compared.error)} />}
      {other !== null && compared.isFetching && compared.data === undefined && <Skeleton height={240} />}
      {compared.data !== undefined && <Differences comparison={compared.data} />}
    </div>
  )
}

function Differences({ comparison }: { readonly comparison: TableComparison }) {
  const format = useFormatter()
  const { left, right, onlyLeft, onlyRight, columns } = comparison
  return (
    <>
      <p className="f12 t2">
        {left.name} has {format.count(left.rows)} rows, {right.name} {format.count(right.rows)}. {columns.length}{' '}
        {columns.length === 1 ? 'column is' : 'columns are'} in both.
      </p>
      {[
        { table: left.name, names: onlyLeft },
        { table: right.name, names: onlyRight },
      ].map(({ table, names }) =>
        names.length === 0 ? null : (
          <p key={table} className="f12 t2">
            <span className="m">Only in {table}:</span> {names.join(', ')}
          </p>
        ),
      )}
      {columns.length > 0 && (
        <table className="plaintable comparetable">
          <thead>
            <tr>
              <th>Column</th>
              <th>What changed most</th>
              <th className="r">Missing</th>
              <th className="r">Distinct</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.name}>
                <td className="m">{column.name}</td>
                <td className="comparewhat">{changeText(column, format)}</td>
                <td className="r">{fromTo(column, (detail) => format.percent(missingShare(detail)))}</td>
                <td className="r">{fromTo(column, ({ distinct }) => format.count(distinct))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

const missingShare = ({ missing, rows }: ColumnDetail): number => (rows === 0 ? 0 : missing / rows)

function fromTo({ left, right }: ColumnComparison, print: (detail: ColumnDetail) => string): string {
  const [before, after] = [print(left), print(right)]
  return before === after ? before : `${before} → ${after}`
}

function changeText({ left, right, sameType, shift }: ColumnComparison, format: Formatter): string {
  const parts = [
    ...(sameType ? [] : [`type ${left.type} → ${right.type}`]),
    ...(shift === null || shift.total === 0
      ? []
      : [`${shift.value}: ${format.percent(shift.left)} → ${format.percent(shift.right)}`]),
    ...(left.mean === null || right.mean === null || left.mean === right.mean
      ? []
      : [`mean ${decimalText(left.mean, format)} → ${decimalText(right.mean, format)}`]),
    ...(typeof left.min === 'string' &&
    left.quartiles === null &&
    shift === null &&
    (left.min !== right.min || left.max !== right.max)
      ? [`${left.min ?? '–'} to ${left.max ?? '–'} → ${right.min ?? '–'} to ${right.max ?? '–'}`]
      : []),
  ]
  return parts.join('; ') || 'the same'
}
