import { createContext, useContext } from 'react'

/** A number somebody clicked, and what can be said about it. */
export interface SelectedNumber {
  /** Where it stands, so that it can be marked. */
  readonly key: string
  readonly value: string
  readonly what: string
  readonly means: string | null
  readonly figures: string | null
}

export interface Selection {
  readonly selected: SelectedNumber | null
  readonly select: (number: SelectedNumber) => void
}

export const SelectionContext = createContext<Selection>({ selected: null, select: () => undefined })

export const useSelection = (): Selection => useContext(SelectionContext)
