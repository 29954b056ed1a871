import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CallOptions } from '../../../shared/rpc'
import type { Page } from '../../../shared/tableAnswers'
import { useRevision } from '../../state/analyses'
import { ErrorNote } from '../../ui/ErrorNote'
import { PageTable } from '../../ui/PageTable'
import { Skeleton } from '../../ui/Skeleton'
import { toAppError } from '../../ui/toAppError'
import { useFormatter } from '../../ui/useFormatter'

const pageSize = 100

interface PagedRowsProps {
  readonly title: string
  /** Tells these rows from others. */
  readonly name: readonly (string | null)[]
  readonly read: (place: { offset: number; limit: number }, options: CallOptions) => Promise<Page>
}

/** Rows the engine answers a page at a time. */
export function PagedRows({ title, name, read }: PagedRowsProps) {
  const format = useFormatter()
  const revision = useRevision()
  const [offset, setOffset] = useState(0)
  const rows = useQuery({
    queryKey: ['pagedRows', revision, ...name, offset],
    queryFn: ({ signal }) => read({ offset, limit: pageSize }, { signal }),
    placeholderData: (before) => before,
  })
  if (rows.error !== null) return <ErrorNote error={toAppError(rows.error)} />
  if (rows.data === undefined) return <Skeleton height={240} />
  const last = Math.min(offset + pageSize, rows.data.total)
  return (
    <div className="col" style={{ gap: 8 }}>
      <div className="row f12">
        <span className="m">{title}</span>
        <span className="end t3">
          {format.count(offset + 1)}–{format.count(last)} of {format.count(rows.data.total)}
        </span>
        <Button size="xs" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - pageSize))}>
          Previous
        </Button>
        <Button size="xs" disabled={last >= rows.data.total} onClick={() => setOffset(offset + pageSize)}>
          Next
        </Button>
      </div>
      <PageTable page={rows.data} />
    </div>
  )
}
