import { createFormatter } from '../../../shared/format'

/** "Today 09:12", "Yesterday", "19 Nov 2026". */
export function whenText(isoInstant: string, now: Date): string {
  const then = new Date(isoInstant)
  const days = Math.round((startOfDay(now) - startOfDay(then)) / 86_400_000)
  const two = (value: number): string => String(value).padStart(2, '0')
  if (days <= 0) return `Today ${two(then.getHours())}:${two(then.getMinutes())}`
  if (days === 1) return 'Yesterday'
  const isoDay = `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`
  return createFormatter({ locale: 'en-US', currency: null }).date(isoDay)
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
