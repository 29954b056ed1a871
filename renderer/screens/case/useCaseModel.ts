import { useEffect, useRef, useState } from 'react'
import type { CaseModel } from '../../../shared/caseModel'
import { engine } from '../../engine'
import { changeProject, useProject } from '../../state/projectStore'

const saveAfterMs = 800

/** The case being edited: changed at once, saved when the hand rests, replaced when undo brings back another one. */
export function useCaseModel(proposed: CaseModel): readonly [CaseModel, (model: CaseModel) => void] {
  const saved = useProject((state) => state.project?.caseModel ?? null)
  const [model, setModel] = useState(saved ?? proposed)
  const waiting = useRef<CaseModel | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  useEffect(() => {
    if (waiting.current === null) setModel(saved ?? proposed)
  }, [saved, proposed])

  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
      save(waiting)
    },
    [],
  )

  const change = (next: CaseModel): void => {
    setModel(next)
    waiting.current = next
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = setTimeout(() => save(waiting), saveAfterMs)
  }
  return [model, change]
}

function save(waiting: { current: CaseModel | null }): void {
  const model = waiting.current
  if (model === null) return
  const done = (): void => {
    if (waiting.current === model) waiting.current = null
  }
  changeProject('Saving the business case', (options) => {
    const answer = engine.saveCase({ model }, options)
    answer.then(done, done)
    return answer
  }).catch(() => undefined)
}
