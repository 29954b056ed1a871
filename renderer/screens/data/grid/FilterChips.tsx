import { CloseButton } from '@mantine/core'
import { useFormatter } from '../../../ui/useFormatter'
import { chipText } from './columnLook'
import { everything, isPlain, useGrid, withFilter } from './gridState'

/** What narrows and orders the rows, each to be taken away, and how many are left. */
export function FilterChips({ left, rows }: { readonly left: number | null; readonly rows: number | null }) {
  const format = useFormatter()
  const { wish, columns, setWish } = useGrid()
  if (isPlain(wish)) return null
  const isNarrowed = wish.filters.length > 0 || wish.search !== ''
  return (
    <fieldset className="chips" aria-label="Filters">
      {wish.filters.map((filter) => (
        <Chip
          key={filter.column}
          text={chipText(filter, columns, format)}
          onRemove={() => setWish({ ...wish, filters: withFilter(wish.filters, filter.column, null) })}
        />
      ))}
      {wish.search !== '' && (
        <Chip text={`any column contains “${wish.search}”`} onRemove={() => setWish({ ...wish, search: '' })} />
      )}
      {wish.sorts.length > 0 && (
        <Chip
          text={`sorted by ${wish.sorts.map(({ column, descending }) => `${column} ${descending ? '↓' : '↑'}`).join(', ')}`}
          onRemove={() => setWish({ ...wish, sorts: [] })}
        />
      )}
      {wish.filters.length + wish.sorts.length > 1 && (
        <button type="button" className="link f12" onClick={() => setWish(everything)}>
          Clear all
        </button>
      )}
      {isNarrowed && left !== null && rows !== null && (
        <span className="f12 t2 tnum end nw" role="status">
          {format.count(left)} of {format.count(rows)} rows
        </span>
      )}
    </fieldset>
  )
}

function Chip({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  return (
    <span className="filterchip">
      <span className="ell" title={text}>
        {text}
      </span>
      <CloseButton size={20} iconSize={12} aria-label={`Remove ${text}`} onClick={onRemove} />
    </span>
  )
}
