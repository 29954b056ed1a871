import { IconCopy } from '@tabler/icons-react'
import type { TableBlock } from '../../shared/report'
import { CopyButton } from '../ui/CopyButton'
import { DataTable } from './DataTable'
import { tableAsText } from './tableText'

interface TableCardProps {
  readonly id: string
  readonly block: TableBlock
}

export function TableCard({ id, block }: TableCardProps) {
  return (
    <section className="card" aria-label={block.title}>
      <div className="hd row" style={{ alignItems: 'flex-start' }}>
        <div className="grow">
          <h2>{block.title}</h2>
          <p>{block.subtitle}</p>
        </div>
        <CopyButton label="Copy" icon={IconCopy} text={() => tableAsText(block.table)} />
      </div>
      <DataTable id={id} table={block.table} label={block.title} />
    </section>
  )
}
