import type { AnalysisAnswer } from '../../shared/analysis'
import type { Formatter } from '../../shared/format'
import {
  type Block,
  type CellValue,
  type ChartBlock,
  type ChartSpec,
  type Column,
  type Table,
  unreachable,
} from '../../shared/report'

const width = 100
const barWidth = 32

/** The report for a terminal: plain text, at most one picture per chart and its table. */
export function toText(answer: AnalysisAnswer, format: Formatter): string {
  const { report, period } = answer
  const place = period === null ? answer.title : `${answer.title} · ${period.first} to ${period.last}`
  return [
    place,
    '',
    ...wrap(report.finding),
    ...wrap(report.reading),
    ...report.blocks.flatMap((block) => ['', ...printBlock(block, format)]),
  ]
    .map((line) => line.trimEnd())
    .join('\n')
}

function printBlock(block: Block, format: Formatter): string[] {
  switch (block.kind) {
    case 'sentence':
      return wrap(`${{ plain: '', caveat: '! ', good: '✓ ' }[block.tone]}${block.text}`)
    case 'metrics': {
      const labels = Math.max(...block.items.map((item) => item.label.length))
      const values = block.items.map((item) => format.value(item.value, item.format))
      const longest = Math.max(...values.map((value) => value.length))
      return block.items.map((item, index) =>
        [item.label.padEnd(labels), (values[index] ?? '').padStart(longest), item.caption ?? ''].join('  '),
      )
    }
    case 'chart':
      return printChart(block, format)
    case 'table':
      return [block.title, block.subtitle, ...printTable(block.table, format)]
    case 'cards':
      return block.cards.flatMap((card, index) => [
        ...(index === 0 ? [] : ['']),
        `${card.name}: ${format.count(card.customers)} customers (${format.percent(card.customerShare)}), revenue ${format.money(card.revenue)} (${format.percent(card.revenueShare)})`,
        `  ${card.rule}`,
        `  ${card.medians.map(({ label, value, format: kind }) => `${label} ${format.value(value, kind)}`).join(' · ')}`,
        `  Goal: ${card.goal}. Offer: ${card.offer}. Channel: ${card.channel}. KPI: ${card.kpi}.`,
      ])
    default:
      return unreachable(block)
  }
}

function printChart({ title, subtitle, chart, table }: ChartBlock, format: Formatter): string[] {
  return [title, subtitle, ...drawBars(chart, format), ...printTable(table, format)]
}

/** A picture only where characters can be honest about lengths; the table says the rest. */
function drawBars(chart: ChartSpec, format: Formatter): string[] {
  switch (chart.kind) {
    case 'bar':
      return bars(chart.bars.map((bar) => [format.value(bar.label, chart.labelFormat), bar.value]))
    case 'waterfall':
      return bars(chart.steps.map((step) => [step.label, step.value]))
    case 'line':
    case 'stackedBar':
    case 'heatmap':
    case 'tornado':
    case 'tree':
    case 'grid':
      return []
    default:
      return unreachable(chart)
  }
}

function bars(values: readonly (readonly [string, number])[]): string[] {
  if (values.length === 0) return []
  const labels = Math.max(...values.map(([label]) => label.length))
  const largest = Math.max(...values.map(([, value]) => Math.abs(value)))
  return [
    ...values.map(([label, value]) => {
      const length = largest === 0 ? 0 : Math.round((Math.abs(value) / largest) * barWidth)
      return `${label.padEnd(labels)} ${(value < 0 ? '░' : '█').repeat(length)}`
    }),
    '',
  ]
}

function printTable(table: Table, format: Formatter): string[] {
  const unfinished = new Set(table.unfinishedRows ?? [])
  const cells = table.rows.map((row) => table.columns.map((column, at) => cellText(row[at], column, format)))
  const total =
    table.total === undefined
      ? undefined
      : table.columns.map((column, at) => cellText(table.total?.[at], column, format))
  const widths = table.columns.map((column, at) =>
    Math.max(column.label.length, total?.[at]?.length ?? 0, ...cells.map((row) => row[at]?.length ?? 0)),
  )
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, at) => (isText(table.columns[at]) ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
      .join('  ')
  const rule = widths.map((one) => '─'.repeat(one)).join('  ')
  return [
    line(table.columns.map((column) => column.label)),
    rule,
    ...cells.map((row, index) => line(row) + (unfinished.has(index) ? '  (unfinished)' : '')),
    ...(total === undefined ? [] : [rule, line(total)]),
  ]
}

function cellText(value: CellValue | undefined, column: Column, format: Formatter): string {
  // A control character from a file must not steer the terminal.
  return format.value(value, column.format).replace(controlCharacters, ' ')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed.
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/g

function isText(column: Column | undefined): boolean {
  return column === undefined || ['text', 'id', 'date', 'month'].includes(column.format)
}

function wrap(text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.replace(controlCharacters, ' ').split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}
