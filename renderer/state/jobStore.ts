import { create } from 'zustand'
import type { CallOptions, Progress } from '../../shared/rpc'

export interface Job {
  readonly id: number
  readonly name: string
  readonly startedAt: number
  readonly progress: Progress | null
  readonly cancel: () => void
}

/** Work under way, oldest first. */
export const useJobs = create<{ readonly jobs: readonly Job[] }>(() => ({ jobs: [] }))

let lastId = 0

/** Runs a call to the engine as a job the person can see and cancel. */
export async function runJob<Output>(
  name: string,
  work: (options: Required<CallOptions>) => Promise<Output>,
  signal?: AbortSignal,
): Promise<Output> {
  lastId += 1
  const id = lastId
  const controller = new AbortController()
  const cancel = (): void => controller.abort()
  signal?.addEventListener('abort', cancel, { once: true })
  if (signal?.aborted === true) cancel()
  change((jobs) => [...jobs, { id, name, startedAt: performance.now(), progress: null, cancel }])
  try {
    return await work({
      signal: controller.signal,
      onProgress: (progress) => change((jobs) => jobs.map((job) => (job.id === id ? { ...job, progress } : job))),
    })
  } finally {
    signal?.removeEventListener('abort', cancel)
    change((jobs) => jobs.filter((job) => job.id !== id))
  }
}

function change(next: (jobs: readonly Job[]) => readonly Job[]): void {
  useJobs.setState(({ jobs }) => ({ jobs: next(jobs) }))
}
