import { create } from 'zustand'

export type ScreenName = 'data' | 'explore' | 'segment' | 'case'

export interface Question {
  readonly analysis: string
  readonly params: Readonly<Record<string, unknown>>
}

interface Navigation {
  readonly screen: ScreenName
  /** The open result of a screen, or null for its menu. */
  readonly questions: Readonly<Partial<Record<ScreenName, Question>>>
  readonly dialog: 'about' | 'tour' | 'machineSettings' | 'recipe' | null
}

export const useNavigation = create<Navigation>(() => ({ screen: 'data', questions: {}, dialog: null }))

export function goTo(screen: ScreenName): void {
  useNavigation.setState({ screen })
}

export function openQuestion(screen: ScreenName, question: Question | null): void {
  useNavigation.setState(({ questions }) => {
    const { [screen]: _closed, ...others } = questions
    return { screen, questions: question === null ? others : { ...others, [screen]: question } }
  })
}

export function startOver(): void {
  useNavigation.setState({ screen: 'data', questions: {} })
}

export function showDialog(dialog: Navigation['dialog']): void {
  useNavigation.setState({ dialog })
}
