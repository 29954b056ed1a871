import type { Column, NumberFormat } from '../../shared/report'

const leftFormats: ReadonlySet<NumberFormat> = new Set<NumberFormat>(['text', 'id', 'date', 'month'])

/** Numbers to the right; names, identifiers and dates to the left. */
export const isRightAligned = ({ format }: Column): boolean => !leftFormats.has(format)
