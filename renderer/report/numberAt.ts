import type { Formatter } from '../../shared/format'
import type { Block, Metric } from '../../shared/report'
import type { SelectedNumber } from './selection'

/** Where a key figure stands in its report; the same key names the same figure under other options. */
export const metricKey = (blockId: string, label: string): string => `${blockId}.${label}`

export function metricNumber(blockId: string, item: Metric, format: Formatter): SelectedNumber {
  return {
    key: metricKey(blockId, item.label),
    value: format.value(item.value, item.format),
    what: item.label,
    means: item.means,
    figures: item.caption ?? null,
  }
}

/** The key figures of a report, in order. */
function metricNumbers(blocks: readonly Block[], format: Formatter): SelectedNumber[] {
  return blocks.flatMap((block, index) =>
    block.kind === 'metrics' ? block.items.map((item) => metricNumber(`block${index}`, item, format)) : [],
  )
}

/** The figure explained until somebody clicks another one: the first key figure. */
export function firstNumber(blocks: readonly Block[], format: Formatter): SelectedNumber | null {
  return metricNumbers(blocks, format)[0] ?? null
}

/** The key figure that stands there now; null when the key is not that of a key figure. */
export function numberAt(blocks: readonly Block[], key: string, format: Formatter): SelectedNumber | null {
  return metricNumbers(blocks, format).find((number) => number.key === key) ?? null
}
