import './report.css'
import type { Block } from '../../shared/report'
import { ChartCard } from './ChartCard'
import { MetricsStrip } from './MetricsStrip'
import { SegmentCards } from './SegmentCards'
import { SentenceNote } from './SentenceNote'
import { TableCard } from './TableCard'

interface ReportViewProps {
  readonly blocks: readonly Block[]
  /** Names exported pictures: "Cohort retention". */
  readonly title: string
  /** Stands under exported pictures: "Retail shop 2019, 1 Jan – 31 Dec 2019". */
  readonly source: string
}

/** The blocks of a report, in order. */
export function ReportView({ blocks, title, source }: ReportViewProps) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the order of a report's blocks is their identity
    <BlockView key={index} id={`block${index}`} block={block} title={title} source={source} />
  ))
}

interface BlockViewProps {
  readonly id: string
  readonly block: Block
  readonly title: string
  readonly source: string
}

function BlockView({ id, block, title, source }: BlockViewProps) {
  switch (block.kind) {
    case 'sentence':
      return <SentenceNote tone={block.tone} text={block.text} />
    case 'metrics':
      return <MetricsStrip id={id} items={block.items} />
    case 'chart':
      return <ChartCard id={id} block={block} fileName={title} source={source} />
    case 'table':
      return <TableCard id={id} block={block} />
    case 'cards':
      return <SegmentCards id={id} cards={block.cards} />
    default:
      return block satisfies never
  }
}
