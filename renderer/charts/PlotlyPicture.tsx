import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ChartSpec } from '../../shared/report'
import { tokens } from '../ui/tokens'
import { useFormatter } from '../ui/useFormatter'
import { config } from './plotly/template'
import type { ScatterChart } from './scatterChart'
import { toPlotly } from './toPlotly'

interface PlotlyPictureProps {
  readonly chart: ChartSpec | ScatterChart
  readonly name: string
  readonly height: number
}

/** The library arrives with the first chart, not with the first window. */
export function PlotlyPicture({ chart, name, height }: PlotlyPictureProps) {
  const scheme = useComputedColorScheme('light')
  const format = useFormatter()
  const box = useRef<HTMLDivElement>(null)
  const [isDrawn, setDrawn] = useState(false)
  const figure = useMemo(() => toPlotly(chart, { tokens: tokens[scheme], format }), [chart, scheme, format])
  useEffect(() => {
    const element = box.current
    let isGone = false
    const draw = async (): Promise<void> => {
      const [plotly] = await Promise.all([import('plotly.js-strict-dist-min'), document.fonts.ready])
      if (isGone || element === null) return
      await plotly.react(element, figure.data, figure.layout, config)
      setDrawn(true)
    }
    draw().catch((error: unknown) => console.error(error))
    return () => {
      isGone = true
    }
  }, [figure])
  useEffect(() => {
    const element = box.current
    return () => {
      if (element === null) return
      import('plotly.js-strict-dist-min').then(
        (plotly) => plotly.purge(element),
        () => undefined,
      )
    }
  }, [])
  // The library adds classes of its own to the inner element, which React must therefore never rewrite.
  return (
    <div className={isDrawn ? '' : 'waiting'}>
      <div ref={box} role="img" aria-label={name} className="plot" style={{ height }} />
    </div>
  )
}
