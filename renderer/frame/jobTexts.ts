import type { Progress } from '../../shared/rpc'

export function progressText(progress: Progress | null): string {
  if (progress === null) return 'working…'
  const { fraction, note } = progress
  if (fraction === null) return note === '' ? 'working…' : note
  const percent = `${Math.round(fraction * 100)}%`
  return note === '' ? percent : `${percent}, ${note}`
}

/** "0:04", "12:30". */
export function elapsedText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export function savedText(savedAt: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(savedAt)) / 60_000)
  if (minutes < 1) return 'Saved just now'
  if (minutes < 60) return `Saved ${minutes} min ago`
  return `Saved ${savedAt.slice(0, 10)}`
}
