import type { AddChartOptions, AddDataLabelsOptions, ChartRichText } from '@cj-tech-master/excelts/chart'
import { chartColors } from './chartColors'

type Look = Pick<AddChartOptions, 'showLegend' | 'categoryAxis' | 'valueAxis'>

/** Native charts in the visual language: light gridlines, no frame, small grey labels. */
export function barChartLook(numberFormat: string): Look {
  return {
    showLegend: false,
    categoryAxis: {
      lineColor: chartColors.axis,
      majorTickMark: 'none',
      minorTickMark: 'none',
      majorGridlines: false,
      txPr: smallText,
      tickLblPos: 'low',
    },
    valueAxis: {
      numFmt: numberFormat,
      numFmtLinked: false,
      majorTickMark: 'none',
      minorTickMark: 'none',
      majorGridlines: true,
      majorGridlinesStyle: { border: chartColors.grid, borderWidth: 0.75 },
      lineColor: chartColors.grid,
      txPr: smallText,
    },
  }
}

const smallText = { size: 900, color: { srgb: chartColors.quiet.slice(1) } }
/** Titles as rich text: a plain string gets the program's own large letters. */
export function chartTitle(text: string): ChartRichText {
  return { paragraphs: [{ runs: [{ text, properties: titleText }] }] }
}

const titleText = { size: 1100, bold: true, color: { srgb: chartColors.text.slice(1) } }

/** Values only: what is not switched off is shown by some programs. */
export function valueLabels(
  numFmt: string,
  position: NonNullable<AddDataLabelsOptions['position']>,
  color: string = chartColors.text,
): AddDataLabelsOptions {
  return {
    showVal: true,
    showCatName: false,
    showSerName: false,
    showLegendKey: false,
    showPercent: false,
    showBubbleSize: false,
    numFmt,
    numFmtLinked: false,
    position,
    txPr: { size: 900, bold: true, color: { srgb: color.slice(1) } },
  }
}
