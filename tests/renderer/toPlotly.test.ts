import { expect, test } from 'vitest'
import { toPlotly } from '../../renderer/charts/toPlotly'
import { tokens } from '../../renderer/ui/tokens'
import { createFormatter } from '../../shared/format'
import { charts } from './charts'

const look = { tokens: tokens.light, format: createFormatter({ locale: 'en-US', currency: 'EUR' }) }

test.each(Object.values(charts))('a $kind chart follows the template in both themes', (chart) => {
  for (const theme of ['light', 'dark'] as const) {
    const { layout } = toPlotly(chart, { ...look, tokens: tokens[theme] })
    expect(layout.showlegend).toBe(false)
    expect(layout.paper_bgcolor).toBe('rgba(0,0,0,0)')
    expect(layout.font?.color).toBe(tokens[theme].text2)
    expect(layout.title).toBeUndefined()
  }
})

test.each(Object.values(charts))('a $kind chart is plain data', (chart) => {
  const figure = toPlotly(chart, look)
  expect(structuredClone(figure)).toEqual(figure)
})

test('separators follow the locale', () => {
  const spanish = { ...look, format: createFormatter({ locale: 'es-ES', currency: 'EUR' }) }
  expect(toPlotly(charts.bar, look).layout.separators).toBe('.,')
  expect(toPlotly(charts.bar, spanish).layout.separators).toBe(',.')
})

test('periods say their year once, and again when it changes', () => {
  expect(toPlotly(charts.bar, look).data[0]).toMatchObject({ x: ['Dec<br>2025', 'Jan<br>2026'] })
  expect(toPlotly(charts.stackedBar, look).data[0]).toMatchObject({ x: ['Jan<br>2025', 'Feb'] })
})

test('an unfinished bar is hatched, an emphasised one has the accent', () => {
  expect(toPlotly(charts.bar, look).data[0]).toMatchObject({
    marker: { color: [tokens.light.categorical[0], tokens.light.sequential[3]], pattern: { shape: ['', '/'] } },
  })
})

test('a line with intervals has a band of its two edges, and every line is named at its end', () => {
  const { data, layout } = toPlotly(charts.line, look)
  expect(data).toHaveLength(4)
  expect(data[1]).toMatchObject({ fill: 'tonexty', y: [12, 26] })
  expect(layout.annotations?.map(({ text }) => text)).toEqual([
    '<b>Spend</b><br>2',
    '<b>Revenue</b><br>20',
    '<b>Best</b>',
  ])
})

// 70 from 0, 30 on top of it, 100 from 0 again, −60 from 100 down to 40, 40 from 0.
test('each change of a waterfall hangs where the one before ended', () => {
  expect(toPlotly(charts.waterfall, look).data[0]).toMatchObject({
    base: [0, 70, 0, 100, 0],
    y: [70, 30, 100, -60, 40],
  })
})

test('a tornado spreads from the base case to both sides', () => {
  const [low, high] = toPlotly(charts.tornado, look).data
  expect(low).toMatchObject({ base: [0.5, 0.5], x: [expect.closeTo(-0.4), expect.closeTo(-0.2)] })
  expect(high).toMatchObject({ base: [0.5, 0.5], x: [expect.closeTo(0.4), expect.closeTo(0.3)] })
})

test('a cell that has not been reached stays empty', () => {
  expect(toPlotly(charts.heatmap, look).data[0]).toMatchObject({ z: [[expect.any(Number), null]] })
})
