import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { type Job, useJobs } from '../state/jobStore'
import { useProject } from '../state/projectStore'
import { Icon } from '../ui/Icon'
import { elapsedText, progressText, savedText } from './jobTexts'

/** Work of more than 300 ms, with its progress and a way to stop it. */
export function JobBar() {
  const jobs = useJobs((state) => state.jobs)
  const savedAt = useProject((state) => state.project?.savedAt ?? null)
  const now = useClock(jobs.length > 0 ? 200 : 15_000)
  const shown = jobs.filter((job) => now - job.startedAt >= 300)
  const [first] = shown
  return (
    <footer className="jobs tnum">
      {first !== undefined && <RunningJob job={first} count={shown.length} now={now} />}
      <span className="end t3">{savedAt === null ? '' : savedText(savedAt, new Date())}</span>
    </footer>
  )
}

interface RunningJobProps {
  readonly job: Job
  readonly count: number
  readonly now: number
}

function RunningJob({ job, count, now }: RunningJobProps) {
  const fraction = job.progress?.fraction ?? null
  return (
    <>
      <span className="row" role="status">
        <span className="chip acc">{count} running</span>
        <span className="m jobname ell">{job.name}</span>
      </span>
      <span
        className="bar jobprogress"
        role="progressbar"
        aria-label={job.name}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(fraction === null ? {} : { 'aria-valuenow': Math.round(fraction * 100) })}
      >
        <i
          className={fraction === null ? 'unknown' : ''}
          style={fraction === null ? {} : { width: `${fraction * 100}%` }}
        />
      </span>
      <span className="ell">{progressText(job.progress)}</span>
      <span className="t3">{elapsedText(now - job.startedAt)}</span>
      <Button size="xs" variant="subtle" onClick={job.cancel} leftSection={<Icon of={IconX} size={14} />}>
        Cancel
      </Button>
    </>
  )
}

function useClock(everyMs: number): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
