import { useProject } from '../state/projectStore'
import { toAppError } from './toAppError'

/** Runs something whose failure belongs in the banner of the frame. */
export function useReporter(): (work: Promise<unknown>) => void {
  return (work) => {
    work.catch((error: unknown) => {
      const shown = toAppError(error)
      if (shown.code !== 'cancelled') useProject.setState({ error: shown })
    })
  }
}
