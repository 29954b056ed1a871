import {
  type Block,
  type CellValue,
  type NumberFormat,
  type Report,
  type Table,
  unreachable,
} from '../../shared/report'

export interface TitledTable {
  readonly title: string
  readonly subtitle: string
  readonly table: Table
  /** Formats of the second column, row by row, where rows differ in kind. */
  readonly valueFormats?: readonly NumberFormat[]
}

/** Every table of a report, in the order of its blocks; figures and cards become tables, too. */
export function tablesOf(report: Report): TitledTable[] {
  return report.blocks.flatMap(tablesOfBlock)
}

/**
 * The table a file with room for only one should hold: the one with the most cells, the first among equals.
 * Key figures and cards only when there is nothing else.
 */
export function mainTable(report: Report): TitledTable | undefined {
  const data = report.blocks.filter((block) => block.kind === 'chart' || block.kind === 'table').flatMap(tablesOfBlock)
  const cells = ({ table }: TitledTable): number => table.rows.length * table.columns.length
  return (data.length > 0 ? data : tablesOf(report)).reduce<TitledTable | undefined>(
    (best, one) => (best === undefined || cells(one) > cells(best) ? one : best),
    undefined,
  )
}

function tablesOfBlock(block: Block): TitledTable[] {
  switch (block.kind) {
    case 'sentence':
      return []
    case 'chart':
    case 'table':
      return [{ title: block.title, subtitle: block.subtitle, table: block.table }]
    case 'metrics':
      return [
        {
          title: 'Key figures',
          subtitle: '',
          valueFormats: block.items.map((item) => item.format),
          table: {
            columns: [
              { label: 'Figure', format: 'text' },
              { label: 'Value', format: 'text' },
              { label: 'Note', format: 'text' },
            ],
            rows: block.items.map((item): CellValue[] => [item.label, item.value, item.caption ?? '']),
          },
        },
      ]
    case 'cards':
      return [
        {
          title: 'Groups',
          subtitle: '',
          table: {
            columns: [
              { label: 'Group', format: 'text' },
              { label: 'Rule', format: 'text' },
              { label: 'Customers', format: 'count' },
              { label: 'Share of customers', format: 'percent' },
              { label: 'Revenue', format: 'money' },
              { label: 'Share of revenue', format: 'percent' },
              ...(block.cards[0]?.medians ?? []).map(({ label, format }) => ({ label: `Median ${label}`, format })),
              { label: 'Goal', format: 'text' },
              { label: 'Offer', format: 'text' },
              { label: 'Channel', format: 'text' },
              { label: 'KPI', format: 'text' },
            ],
            rows: block.cards.map((card): CellValue[] => [
              card.name,
              card.rule,
              card.customers,
              card.customerShare,
              card.revenue,
              card.revenueShare,
              ...(block.cards[0]?.medians ?? []).map((_, at) => card.medians[at]?.value ?? null),
              card.goal,
              card.offer,
              card.channel,
              card.kpi,
            ]),
          },
        },
      ]
    default:
      return unreachable(block)
  }
}
