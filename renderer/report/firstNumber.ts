import type { Formatter } from '../../shared/format'
import type { Block } from '../../shared/report'
import type { SelectedNumber } from './selection'

/** The figure explained until somebody clicks another one: the first key figure. */
export function firstNumber(blocks: readonly Block[], format: Formatter): SelectedNumber | null {
  const at = blocks.findIndex(({ kind }) => kind === 'metrics')
  const block = blocks[at]
  const item = block?.kind === 'metrics' ? block.items[0] : undefined
  if (item === undefined) return null
  return {
    key: `block${at}.${item.label}`,
    value: format.value(item.value, item.format),
    what: item.label,
    means: item.means,
    figures: item.caption ?? null,
  }
}
