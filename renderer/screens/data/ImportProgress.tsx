import { IconChevronRight, IconFileText } from '@tabler/icons-react'
import { useJobs } from '../../state/jobStore'
import { Icon } from '../../ui/Icon'
import { Skeleton } from '../../ui/Skeleton'

interface ImportProgressProps {
  readonly name: string
  readonly files: readonly string[]
}

/** The Data screen at its final size while files are read. */
export function ImportProgress({ name, files }: ImportProgressProps) {
  const note = useJobs(({ jobs }) => jobs[0]?.progress?.note ?? '')
  const cards = files.length === 0 ? ['', '', ''] : files
  return (
    <div className="page" role="status" aria-label={`Opening ${name}`} data-screen="data">
      <div className="crumb">
        <span>Data</span>
        <Icon of={IconChevronRight} size={14} />
        <span className="cur">{note === '' ? 'Opening…' : note}</span>
      </div>
      <h1 className="find t3">Reading {name}…</h1>
      <div className="sources">
        {cards.map((file, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders never move
          <div key={index} className="card sourcecard">
            <span className="row">
              <Icon of={IconFileText} className="t3" />
              {file === '' ? <Skeleton height={14} width={120} /> : <span className="m ell">{file}</span>}
            </span>
            <div className="col" style={{ gap: 8, marginTop: 10 }}>
              <Skeleton height={20} width="55%" />
              <Skeleton height={18} width="85%" />
              <Skeleton height={12} width="40%" />
            </div>
          </div>
        ))}
      </div>
      <div className="choicerow">
        <Skeleton height={220} />
        <Skeleton height={220} />
      </div>
      <Skeleton height={40} />
      <Skeleton height={280} />
    </div>
  )
}
