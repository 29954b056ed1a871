import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { ChartBlock } from '../../shared/report'
import { Chart, pictureName } from '../charts/Chart'
import { ChartMenu } from '../charts/ChartMenu'
import { DataTable } from './DataTable'
import { useSelection } from './selection'

interface ChartCardProps {
  readonly id: string
  readonly block: ChartBlock
  readonly fileName: string
  readonly source: string
}

/** Finding as the title, measure below it, and the picture or its numbers. */
export function ChartCard({ id, block, fileName, source }: ChartCardProps) {
  const [view, setView] = useState('picture')
  const { selected, select } = useSelection()
  return (
    <section className="card chartcard" aria-label={block.title}>
      <div className="row charthead">
        <div className="grow">
          <h2>{block.title}</h2>
          <p className="cardsub">{block.subtitle}</p>
        </div>
        <SegmentedControl
          aria-label="Show as"
          value={view}
          onChange={setView}
          data={[
            { value: 'picture', label: pictureName(block.chart) },
            { value: 'table', label: 'Table' },
          ]}
        />
        <ChartMenu
          chart={block.chart}
          title={block.title}
          subtitle={block.subtitle}
          fileName={fileName}
          source={source}
        />
      </div>
      {view === 'table' ? (
        <DataTable id={`${id}.table`} table={block.table} label={block.title} />
      ) : (
        <Chart
          chart={block.chart}
          name={`${block.title}. ${block.subtitle}`}
          selectedKey={selected?.key ?? null}
          onSelect={(number) => select({ ...number, key: `${id}.${number.key}` })}
          keyPrefix={`${id}.`}
        />
      )}
    </section>
  )
}
