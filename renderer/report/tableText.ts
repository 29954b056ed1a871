import type { CellValue, Report, Table } from '../../shared/report'

/** Tab-separated and unrounded: what a spreadsheet wants when it is pasted. */
export function tableAsText(table: Table): string {
  const lines = [
    table.columns.map(({ label }) => label),
    ...table.rows,
    ...(table.total === undefined ? [] : [table.total]),
  ]
  return lines.map((line) => line.map(asCell).join('\t')).join('\n')
}

/** The table somebody means by "copy": the first one, else the numbers behind the first chart. */
export function mainTable(report: Report): Table | null {
  const table = report.blocks.find((block) => block.kind === 'table')
  const chart = report.blocks.find((block) => block.kind === 'chart')
  return chart?.table ?? table?.table ?? null
}

function asCell(value: CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  return String(value).replace(/[\t\r\n]+/g, ' ')
}
