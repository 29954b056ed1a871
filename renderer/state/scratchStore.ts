import { create } from 'zustand'
import { goTo } from './navigationStore'

/** The SQL scratchpad: whether it is open, and what stands in it. It outlives a look at another screen. */
interface ScratchStore {
  readonly isOpen: boolean
  readonly text: string
  readonly viewName: string
  /** A question that is to be answered at once; null when that has begun. */
  readonly toRun: string | null
}

export const useScratch = create<ScratchStore>(() => ({ isOpen: false, text: '', viewName: '', toRun: null }))

export function toggleScratch(): void {
  useScratch.setState(({ isOpen }) => ({ isOpen: !isOpen }))
}

export function writeScratch(text: string): void {
  useScratch.setState({ text })
}

/** Opens the scratchpad on the Data screen, with the question of a view where one is named. */
export function openScratch(view?: { readonly name: string; readonly sql: string }): void {
  goTo('data')
  useScratch.setState(view === undefined ? { isOpen: true } : { isOpen: true, text: view.sql, viewName: view.name })
}

/** Opens the scratchpad with a question and has it answered. */
export function askInScratch(text: string): void {
  goTo('data')
  useScratch.setState({ isOpen: true, text, toRun: text })
}
