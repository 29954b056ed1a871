import { useEffect, useState } from 'react'
import { engine } from '../../../engine'
import { runJob } from '../../../state/jobStore'
import { toAppError } from '../../../ui/toAppError'
import { type GridState, type GridWish, isPlain } from './gridState'

interface SettledWish {
  /** The wish whose rows are on screen; they stay there until those of the next one are known. */
  readonly shown: GridWish
  readonly isUpdating: boolean
}

/** Has the engine filter and sort before the rows of before are given up. Cancelled, the wish of before stands again. */
export function useSettledWish(
  { source, name, wish, setWish }: Pick<GridState, 'source' | 'name' | 'wish' | 'setWish'>,
  onFail: (error: unknown) => void,
): SettledWish {
  const [shown, setShown] = useState(wish)
  useEffect(() => {
    if (wish === shown) return undefined
    const controller = new AbortController()
    const { filters, sorts, search } = wish
    runJob(
      jobName(wish, name),
      (options) =>
        engine.readPage({ ...source, offset: 0, limit: 1, filters: [...filters], sorts: [...sorts], search }, options),
      controller.signal,
    ).then(
      () => {
        if (!controller.signal.aborted) setShown(wish)
      },
      (error: unknown) => {
        if (controller.signal.aborted) return
        if (toAppError(error).code === 'cancelled') setWish(shown)
        else onFail(error)
      },
    )
    return () => controller.abort()
  }, [wish, shown, source, name, setWish, onFail])
  return { shown, isUpdating: shown !== wish }
}

export function jobName(wish: GridWish, name: string): string {
  if (isPlain(wish)) return `Reading ${name}`
  return wish.sorts.length > 0 ? `Sorting ${name}` : `Filtering ${name}`
}
