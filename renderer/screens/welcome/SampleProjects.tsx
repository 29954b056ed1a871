import { IconDatabase } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { SampleInfo } from '../../../shared/engineApi'
import { engine } from '../../engine'
import { forget } from '../../frame/listenToShell'
import { openSample } from '../../state/projectStore'
import { Icon } from '../../ui/Icon'
import { Skeleton } from '../../ui/Skeleton'

export function SampleProjects() {
  const samples = useQuery({ queryKey: ['samples'], queryFn: () => engine.listSamples(null) })
  if (samples.isError || samples.data?.length === 0) return null
  return (
    <section className="col" style={{ gap: 10 }} aria-labelledby="samples">
      <div className="row">
        <h2 id="samples" className="sectiontitle">
          Sample projects
        </h2>
        <span className="t3 f12">open with one click, say where their data come from</span>
      </div>
      <div className="samples">
        {samples.data?.map((sample) => <SampleCard key={sample.id} sample={sample} />) ?? <Placeholders />}
      </div>
    </section>
  )
}

function SampleCard({ sample }: { readonly sample: SampleInfo }) {
  return (
    <button
      type="button"
      className="card samplecard"
      aria-label={`Open sample ${sample.title}`}
      onClick={() => forget(openSample(sample.id, sample.title))}
    >
      <span className="row" style={{ gap: 10 }}>
        <span className="acc row">
          <Icon of={IconDatabase} />
        </span>
        <span className="b">{sample.title}</span>
      </span>
      <span className="f12 t2" style={{ marginTop: 6 }}>
        {sample.subtitle}
      </span>
      <span className="f12 t2">{sample.teaches}</span>
      <span className="row f11 t3" style={{ marginTop: 'auto', paddingTop: 8 }}>
        {sample.licence}
        <span className="end acc m f12">Open</span>
      </span>
    </button>
  )
}

function Placeholders() {
  return (
    <>
      <div className="delayed">
        <Skeleton height={112} />
      </div>
      <div className="delayed">
        <Skeleton height={112} />
      </div>
    </>
  )
}
