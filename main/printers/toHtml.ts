import type { AnalysisAnswer } from '../../shared/analysis'
import type { Formatter } from '../../shared/format'
import { type Block, type CellValue, type Column, type Table, unreachable } from '../../shared/report'
import { chartSvg } from './chartSvg'
import { escapeHtml } from './htmlText'

/** Reports as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export function toHtml(answers: readonly AnalysisAnswer[], format: Formatter, title = answers[0]?.title ?? ''): string {
  const language = format.settings.locale.split('-')[0] ?? 'en'
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${answers.map((answer) => printAnswer(answer, format)).join('\n')}
</main>
</body>
</html>
`
}

function printAnswer(answer: AnalysisAnswer, format: Formatter): string {
  const { report, period, computed } = answer
  const days = period === null ? '' : ` · ${format.date(period.first)} – ${format.date(period.last)}`
  return `<article>
<p class="place">${escapeHtml(answer.title)}${days}</p>
<h1>${escapeHtml(report.finding)}</h1>
<p class="reading">${escapeHtml(report.reading)}</p>
${report.blocks.map((block) => printBlock(block, format)).join('\n')}
<details><summary>Definition</summary><pre>${escapeHtml(answer.definition)}</pre></details>
<details><summary>SQL</summary>${answer.sql.map((statement) => `<pre>${escapeHtml(statement)}</pre>`).join('')}</details>
<footer>Casebook ${escapeHtml(computed.app)} · ${escapeHtml(computed.engine)} · computed ${escapeHtml(computed.at.slice(0, 16).replace('T', ' '))} UTC</footer>
</article>`
}

function printBlock(block: Block, format: Formatter): string {
  switch (block.kind) {
    case 'sentence':
      return `<p class="note ${block.tone}">${block.tone === 'caveat' ? '<b aria-hidden="true">!</b> ' : ''}${escapeHtml(block.text)}</p>`
    case 'metrics':
      return `<dl class="metrics">${block.items
        .map(
          (item) =>
            `<div title="${escapeHtml(item.means)}"><dt>${escapeHtml(item.label)}</dt><dd>${escapeHtml(format.value(item.value, item.format))}</dd><dd class="caption">${escapeHtml(item.caption ?? '')}</dd></div>`,
        )
        .join('')}</dl>`
    case 'chart':
      return `<section><h2>${escapeHtml(block.title)}</h2><p class="subtitle">${escapeHtml(block.subtitle)}</p>${chartSvg(block.chart, block.title, format)}<details><summary>Numbers</summary>${printTable(block.table, format)}</details></section>`
    case 'table':
      return `<section><h2>${escapeHtml(block.title)}</h2><p class="subtitle">${escapeHtml(block.subtitle)}</p>${printTable(block.table, format)}</section>`
    case 'cards':
      return `<div class="cards">${block.cards
        .map(
          (card) =>
            `<section><h2>${escapeHtml(card.name)}</h2><p class="subtitle">${escapeHtml(card.rule)}</p><p><strong>${format.count(card.customers)}</strong> customers (${format.percent(card.customerShare)}) · revenue <strong>${format.money(card.revenue)}</strong> (${format.percent(card.revenueShare)})</p><p>${card.medians
              .map(({ label, value, format: kind }) => `${escapeHtml(label)} ${escapeHtml(format.value(value, kind))}`)
              .join(
                ' · ',
              )}</p><p>${escapeHtml(card.goal)}: ${escapeHtml(card.offer)} (${escapeHtml(card.channel)}). KPI: ${escapeHtml(card.kpi)}</p></section>`,
        )
        .join('')}</div>`
    default:
      return unreachable(block)
  }
}

function printTable(table: Table, format: Formatter): string {
  const unfinished = new Set(table.unfinishedRows ?? [])
  const cell = (value: CellValue | undefined, column: Column): string =>
    `<td${classOf(column)}>${escapeHtml(format.value(value, column.format))}</td>`
  const row = (values: readonly CellValue[]): string =>
    table.columns.map((column, at) => cell(values[at], column)).join('')
  const head = table.columns.map(
    (column) =>
      `<th${classOf(column)}${column.means === undefined ? '' : ` title="${escapeHtml(column.means)}"`}>${escapeHtml(column.label)}</th>`,
  )
  const body = table.rows.map((values, index) =>
    unfinished.has(index) ? `<tr class="unfinished" title="unfinished">${row(values)}</tr>` : `<tr>${row(values)}</tr>`,
  )
  const foot = table.total === undefined ? '' : `<tfoot><tr>${row(table.total)}</tr></tfoot>`
  return `<div class="wide"><table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody>${foot}</table></div>`
}

function classOf({ format }: Column): string {
  if (format === 'date' || format === 'month') return ' class="time"'
  return format === 'text' || format === 'id' ? '' : ' class="number"'
}

const style = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f6f7f9;color:#171a21;font:13px/20px Inter,system-ui,sans-serif;font-feature-settings:"tnum"}
main{max-width:960px;margin:0 auto;padding:24px}
article+article{margin-top:48px}
h1{font-size:22px;line-height:28px;font-weight:600;letter-spacing:-.018em;margin:4px 0 8px}
h2{font-size:13px;line-height:20px;font-weight:600;margin:0}
p{margin:4px 0}
.place,.subtitle,.caption,footer,small{color:#5f6877;font-size:12px}
.reading{color:#454c5a;margin-bottom:16px}
section,.metrics,.note,details{background:#fff;border:1px solid #e4e7ec;border-radius:10px;padding:12px 16px;margin:12px 0;break-inside:avoid}
section details{border:0;padding:0;margin:8px 0 0}
.note.caveat{background:#fdf3e0;border-color:#fdf3e0;color:#8f5300}
.note.good{background:#e6f4ec;border-color:#e6f4ec;color:#17744a}
.metrics{display:grid;grid-template-columns:repeat(auto-fit,minmax(120px,1fr));gap:12px}
.metrics dt{color:#5f6877;font-size:12px}
.metrics dd{margin:0;font-size:20px;line-height:28px;font-weight:600;letter-spacing:-.02em}
.metrics dd.caption{font-size:11px;line-height:16px;font-weight:400;letter-spacing:0}
svg{display:block;width:100%;height:auto;margin-top:8px;font-size:11px}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:12px;margin-top:8px}
th{color:#5f6877;font-size:11px;font-weight:500;text-align:left}
th,td{padding:5px 8px;border-bottom:1px solid #e4e7ec}
td.number,th.number{text-align:right;white-space:nowrap}
td.time,.heatmap th{white-space:nowrap}
tfoot td,tfoot th{border-top:1px solid #c6ccd6;border-bottom:0;font-weight:600}
tr.unfinished td{background:repeating-linear-gradient(45deg,#fff,#fff 4px,#f1f3f6 4px,#f1f3f6 6px)}
.heatmap td{border:2px solid #fff;border-radius:3px}
.heatmap td.empty{background:repeating-linear-gradient(45deg,#fff,#fff 4px,#f1f3f6 4px,#f1f3f6 6px)}
.tree{padding-left:16px}
.tree ul{padding-left:24px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:12px}
.cards section{margin:0}
summary{cursor:pointer;color:#454c5a;font-size:12px}
pre{white-space:pre-wrap;font:11px/16px "JetBrains Mono",ui-monospace,monospace}
footer{margin-top:12px}
@page{size:A4 landscape;margin:12mm}
@media print{
body{background:#fff;font-size:11px;line-height:16px}
main{max-width:none;padding:0}
details{display:none}
article+article{margin-top:0;break-before:page}
h1,h2,.place,.reading,.subtitle{break-after:avoid}
tr{break-inside:avoid}
section{break-inside:auto}
svg,.metrics,.cards section{break-inside:avoid}
svg{max-height:72mm}
.wide{overflow:visible}
table{font-size:9px}
th{font-size:9px}
th,td{padding:3px 5px}
}
`
