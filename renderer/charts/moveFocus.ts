import type { KeyboardEvent } from 'react'

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Arrow keys walk over the marks of a picture, which is one stop of the Tab key. */
export function moveFocus(event: KeyboardEvent, box: HTMLElement | null): void {
  const step = steps[event.key]
  const focused = document.activeElement
  if (step === undefined || box === null || !(focused instanceof HTMLElement)) return
  const row = Number(focused.dataset['row'] ?? Number.NaN) + step[0]
  const column = Number(focused.dataset['column'] ?? Number.NaN) + step[1]
  const next = box.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)
  if (next === null) return
  event.preventDefault()
  next.focus()
}
