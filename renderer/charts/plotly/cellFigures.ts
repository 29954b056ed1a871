import type { Annotations } from 'plotly.js'
import type { GridChart, HeatmapChart, TreeChart, TreeNode } from '../../../shared/report'
import { heatScale } from '../heatScale'
import { type Figure, type Look, label, nameAxis, template, trace } from './template'

/** Pictures that the page draws as HTML; plotly draws them only where a file is wanted. */
export function heatmapFigure(chart: HeatmapChart, look: Look): Figure {
  const rows = chart.rows.map((row) => `${look.format.value(row.label, row.labelFormat)}${row.mark ?? ''}`)
  return cells(
    rows,
    chart.columns,
    chart.cells.map((row) =>
      row.map((cell) =>
        cell === null ? null : { value: cell.value, text: look.format.value(cell.value, chart.format) },
      ),
    ),
    look,
  )
}

export function gridFigure(chart: GridChart, look: Look): Figure {
  return cells(
    chart.rows.map((row) => row.label),
    chart.columns,
    chart.rows.map((row) =>
      row.cells.map((cell) => ({
        value: cell.value,
        text: `${cell.label}<br>${look.format.count(cell.n)} · ${look.format.value(cell.value, chart.format)}`,
      })),
    ),
    look,
  )
}

export function treeFigure({ root }: TreeChart, look: Look): Figure {
  const annotations: Partial<Annotations>[] = []
  const place = (node: TreeNode, from: number, to: number, depth: number): void => {
    annotations.push(
      label(look, `${node.label}<br><b>${look.format.value(node.value, node.format)}</b>`, {
        x: (from + to) / 2,
        y: -depth,
        bordercolor: look.tokens.line,
        borderpad: 6,
      }),
    )
    const children = node.children ?? []
    const step = (to - from) / Math.max(children.length, 1)
    children.forEach((child, index) => {
      place(child, from + index * step, from + (index + 1) * step, depth + 1)
    })
  }
  place(root, 0, 1, 0)
  const hidden = { ...nameAxis(look), type: 'linear' as const, showticklabels: false }
  const depth = Math.max(...annotations.map(({ y }) => -Number(y ?? 0)))
  return {
    data: [],
    layout: {
      ...template(look),
      xaxis: { ...hidden, range: [0, 1] },
      yaxis: { ...hidden, range: [-depth - 0.5, 0.5] },
      annotations,
    },
  }
}

type Cell = { readonly value: number; readonly text: string } | null

function cells(
  rows: readonly string[],
  columns: readonly string[],
  table: readonly (readonly Cell[])[],
  look: Look,
): Figure {
  const values = table.flatMap((row) => row.flatMap((cell) => (cell === null ? [] : [cell.value])))
  const { binOf } = heatScale(values)
  const steps = look.tokens.sequential
  const last = Math.max(steps.length - 1, 1)
  const data = trace({
    type: 'heatmap',
    x: [...columns],
    y: [...rows],
    z: table.map((row) => row.map((cell) => (cell === null ? null : binOf(cell.value)))),
    zmin: 0,
    zmax: last,
    colorscale: steps.map((colour, index): [number, string] => [index / last, colour]),
    showscale: false,
    xgap: 2,
    ygap: 2,
    hoverinfo: 'skip',
  })
  return {
    data: [data],
    layout: {
      ...template(look),
      xaxis: { ...nameAxis(look), side: 'top' },
      yaxis: { ...nameAxis(look), autorange: 'reversed' },
      annotations: table.flatMap((row, at) =>
        row.flatMap((cell, index) =>
          cell === null
            ? []
            : [
                label(look, cell.text, {
                  x: columns[index] ?? '',
                  y: rows[at] ?? '',
                  bgcolor: 'rgba(0,0,0,0)',
                  font: { size: 11, color: binOf(cell.value) >= 4 ? look.tokens.inkHigh : look.tokens.inkLow },
                }),
              ],
        ),
      ),
    },
  }
}
