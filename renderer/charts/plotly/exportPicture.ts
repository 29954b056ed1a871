import type { Layout } from 'plotly.js'
import { interUrl } from '../../ui/fonts'
import type { Figure, Look } from './template'

interface Words {
  readonly title: string
  readonly subtitle: string
  readonly source: string
}

/** Title, subtitle and source inside the picture, on white: it will stand alone in somebody's slides. */
export function standalone({ data, layout }: Figure, words: Words, { tokens }: Look): Figure {
  const margin = layout.margin ?? {}
  const text = (
    content: string,
    size: number,
    colour: string,
    place: { y: number; yshift: number; above: boolean },
  ) => ({
    text: content,
    showarrow: false,
    xref: 'paper' as const,
    yref: 'paper' as const,
    x: 0,
    xanchor: 'left' as const,
    xshift: -(margin.l ?? 0) + 8,
    y: place.y,
    yanchor: place.above ? ('bottom' as const) : ('top' as const),
    yshift: place.yshift,
    align: 'left' as const,
    font: { size, color: colour },
  })
  const top = margin.t ?? 8
  return {
    data,
    layout: {
      ...layout,
      paper_bgcolor: tokens.surface,
      plot_bgcolor: tokens.surface,
      margin: { ...margin, t: top + 52, b: (margin.b ?? 28) + 36 },
      annotations: [
        ...(layout.annotations ?? []),
        text(`<b>${words.title}</b>`, 14, tokens.text, { y: 1, yshift: top + 26, above: true }),
        text(words.subtitle, 11, tokens.text3, { y: 1, yshift: top + 8, above: true }),
        text(words.source, 10, tokens.text3, { y: 0, yshift: -(margin.b ?? 28) - 12, above: false }),
      ] as Layout['annotations'],
    },
  }
}

/** A picture as a data URL. A file has no access to the fonts of this window, so they travel inside it. */
export async function pictureOf(figure: Figure, kind: 'png' | 'svg', width: number, height: number): Promise<string> {
  const plotly = await import('plotly.js-strict-dist-min')
  const plain = await plotly.toImage(
    { data: [...figure.data], layout: figure.layout },
    { format: 'svg', width, height },
  )
  const svg = withFont(decodeURIComponent(plain.slice(plain.indexOf(',') + 1)))
  const url = `data:image/svg+xml,${encodeURIComponent(svg)}`
  return kind === 'svg' ? url : rasterised(url, width, height)
}

function withFont(svg: string): string {
  const face = `@font-face{font-family:"Inter Variable";font-weight:100 900;src:url(${interUrl}) format("woff2")}`
  return svg.replace(/<svg[^>]*>/, (open) => `${open}<style>${face}</style>`)
}

async function rasterised(url: string, width: number, height: number): Promise<string> {
  const image = new Image()
  image.src = url
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * sharpness
  canvas.height = height * sharpness
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas.toDataURL('image/png')
}

const sharpness = 2
