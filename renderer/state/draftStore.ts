import { create } from 'zustand'
import { goTo } from './navigationStore'

/** What a finding brings along when it becomes an initiative. */
export interface InitiativeDraft {
  readonly title: string
  readonly kpi: string
  readonly baseShare: number
  readonly evidence: string
}

export const useDraft = create<{ readonly draft: InitiativeDraft | null }>(() => ({ draft: null }))

/** Leaves the finding with the business case and goes there. */
export function draftInitiative(draft: InitiativeDraft): void {
  useDraft.setState({ draft })
  goTo('case')
}

export function dropDraft(): void {
  useDraft.setState({ draft: null })
}
