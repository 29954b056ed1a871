import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { engine } from '../../../engine'
import { useFormatter } from '../../../ui/useFormatter'
import { chipText } from './columnLook'
import { everything, useGrid, withFilter } from './gridState'

/** No row is left: which filter does it, and how many rows there would be without it. */
export function EmptyRows() {
  const format = useFormatter()
  const { source, revision, wish, columns, setWish } = useGrid()
  const { filters, search } = wish
  const reasons = useQuery({
    queryKey: ['explainEmpty', revision, source, filters, search],
    queryFn: ({ signal }) => engine.explainEmpty({ ...source, filters: [...filters], search }, { signal }),
  })
  if (filters.length === 0 && search === '') return <div className="emptyrows t2">This table has no rows.</div>
  const lines = [
    ...filters.map((filter) => ({
      text: chipText(filter, columns, format),
      without: { ...wish, filters: withFilter(filters, filter.column, null) },
    })),
    ...(search === '' ? [] : [{ text: `any column contains “${search}”`, without: { ...wish, search: '' } }]),
  ]
  const found = lines.map((line, index) => ({ ...line, reason: reasons.data?.[index] }))
  const culprits = found.filter(({ reason }) => reason !== undefined && (reason.alone === 0 || reason.without > 0))
  return (
    <div className="emptyrows" role="status">
      <p className="m">No row passes {lines.length === 1 ? 'this filter' : 'all of these filters'}.</p>
      {(culprits.length > 0 ? culprits : found).map(({ text, without, reason }) => (
        <div key={text} className="row emptyreason">
          <span className="t2 ell" title={text}>
            {text}
          </span>
          {reason !== undefined && (
            <span className="t3 nw">
              {reason.alone === 0 ? 'no row by itself' : `${format.count(reason.without)} rows without it`}
            </span>
          )}
          <Button size="xs" onClick={() => setWish(without)}>
            Remove it
          </Button>
        </div>
      ))}
      {lines.length > 1 && (
        <button type="button" className="link f12" onClick={() => setWish({ ...everything, sorts: wish.sorts })}>
          Remove all filters
        </button>
      )}
    </div>
  )
}
