/** The texts of formula errors as a workbook stores them. */
export const errorTexts = new Set([
  '#DIV/0!',
  '#N/A',
  '#NAME?',
  '#NULL!',
  '#NUM!',
  '#REF!',
  '#VALUE!',
  '#SPILL!',
  '#CALC!',
  '#GETTING_DATA',
])

/** A cell as text: dates as ISO, numbers as the shortest text that gives the same number. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  if (value instanceof Date) return dateText(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'object' && 'error' in value) return String(value.error)
  return String(value)
}

/** Midnight is a day; anything else keeps its clock to the second. A time without a day is just a clock. */
function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) return ''
  const iso = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString()
  if (iso.startsWith('1899-12-3')) return iso.slice(11, 19)
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ')
}

/** Fifteen significant digits, as a spreadsheet shows and stores them, never with an exponent for whole numbers. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? String(value) : BigInt(value).toString()
  return String(Number(value.toPrecision(15)))
}
