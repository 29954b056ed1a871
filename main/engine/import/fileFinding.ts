import type { Finding } from '../../../shared/description'

/** A finding about a file as a whole. */
export function fileFinding(
  table: string,
  id: string,
  title: string,
  count: number,
  unit: string,
  treatment: string,
): Finding {
  return { id, severity: 'info', table, column: null, title, count, unit, examples: [], treatment }
}
