import type { Annotations, Config, Dash, Data, Layout } from 'plotly.js'
import type { Formatter } from '../../../shared/format'
import type { NumberFormat } from '../../../shared/report'
import { fontFamily, type Tokens } from '../../ui/tokens'

/** What plotly draws. */
export interface Figure {
  readonly data: Data[]
  readonly layout: Partial<Layout>
}

export interface Look {
  readonly tokens: Tokens
  readonly format: Formatter
}

/** The typings lag behind the library: corner pieces such as dash lengths and hatches are missing from them. */
export const trace = (attributes: object): Data => attributes as Data
export const dashes = { comparison: '5px,3px', reference: '3px,3px', connector: '2px,2px' } as unknown as Readonly<
  Record<'comparison' | 'reference' | 'connector', Dash>
>

export const config: Partial<Config> = { displayModeBar: false, displaylogo: false, responsive: true, showTips: false }

type Axis = NonNullable<Layout['xaxis']>

/** The layout every chart starts from: no frame, few gridlines, nothing that moves. */
export function template({ tokens, format }: Look): Partial<Layout> {
  const { decimal, group } = separatorsOf(format.settings.locale)
  return {
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: fontFamily, size: 11, color: tokens.text2 },
    colorway: [...tokens.categorical],
    margin: { l: 40, r: 16, t: 8, b: 28 },
    showlegend: false,
    hovermode: 'closest',
    hoverlabel: {
      bgcolor: tokens.surface,
      bordercolor: tokens.lineStrong,
      font: { family: fontFamily, size: 12, color: tokens.text },
      align: 'left',
    },
    separators: `${decimal}${group}`,
    transition: { duration: 0, easing: 'linear' },
    barcornerradius: 2,
  } as Partial<Layout>
}

/** The axis of the numbers. */
export function valueAxis({ tokens }: Look, format: NumberFormat): Partial<Axis> {
  return {
    automargin: true,
    fixedrange: true,
    showline: false,
    ticks: '',
    nticks: 5,
    gridcolor: tokens.grid,
    zerolinecolor: tokens.axis,
    zerolinewidth: 1,
    tickformat: tickFormat(format),
    tickfont: { size: 11, color: tokens.text2 },
  }
}

/** The axis of the names or periods. */
export function nameAxis({ tokens }: Look): Partial<Axis> {
  return {
    type: 'category',
    automargin: true,
    fixedrange: true,
    showgrid: false,
    showline: false,
    zeroline: false,
    ticks: '',
    tickfont: { size: 11, color: tokens.text2 },
  }
}

/** Words on the picture; a halo in the surface colour keeps them readable over lines. */
export function label({ tokens }: Look, text: string, place: Partial<Annotations>): Partial<Annotations> {
  return {
    text,
    showarrow: false,
    font: { size: 11, color: tokens.text },
    bgcolor: tokens.surface,
    borderpad: 1,
    ...place,
  }
}

/** "Jan 2019" for periods; everything else as it is printed. Years are said once. */
export function periodLabels(
  values: readonly (string | number)[],
  format: NumberFormat,
  { format: print }: Look,
): string[] {
  if (format !== 'month')
    return values.map((value) => (typeof value === 'number' ? String(value) : print.value(value, format)))
  return values.map((value, index) => {
    const text = print.value(value, 'month')
    const before = values[index - 1]
    const isSameYear = before !== undefined && String(before).slice(0, 4) === String(value).slice(0, 4)
    return isSameYear ? text.replace(/[ ,./-]*\d{4}$/, '') : text.replace(/ (\d{4})$/, '<br>$1')
  })
}

function tickFormat(format: NumberFormat): string {
  switch (format) {
    case 'percent':
    case 'percent2':
    case 'points':
      return '.0%'
    case 'money':
    case 'change':
    case 'cents':
    case 'count':
      return '~s'
    case 'decimal1':
    case 'decimal2':
    case 'decimal4':
      return '~r'
    case 'text':
    case 'id':
    case 'date':
    case 'month':
      return ''
    default:
      return format satisfies never
  }
}

function separatorsOf(locale: string): { decimal: string; group: string } {
  const parts = new Intl.NumberFormat(locale).formatToParts(12_345.6)
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
  return { decimal: of('decimal') || '.', group: of('group') || ',' }
}
