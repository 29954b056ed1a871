import './report.css'
import { SegmentedControl } from '@mantine/core'
import { IconChartBar, IconTable, type Icon as TablerIcon } from '@tabler/icons-react'
import { useState } from 'react'
import type { ChartBlock } from '../../shared/report'
import { Chart, pictureName } from '../charts/Chart'
import { ChartMenu } from '../charts/ChartMenu'
import { Icon } from '../ui/Icon'
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
            { value: 'picture', label: <SwitchLabel name={pictureName(block.chart)} icon={IconChartBar} /> },
            { value: 'table', label: <SwitchLabel name="Table" icon={IconTable} /> },
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

/** In a narrow card the word gives way to its icon; it is still read out. */
function SwitchLabel({ name, icon }: { readonly name: string; readonly icon: TablerIcon }) {
  return (
    <span className="switchlabel">
      <Icon of={icon} size={14} />
      <span>{name}</span>
    </span>
  )
}
