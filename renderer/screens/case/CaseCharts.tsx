import { useMemo } from 'react'
import type { CaseModel } from '../../../shared/caseModel'
import type { CaseComparison, CaseResult } from '../../../shared/leverModel'
import type { Sensitivity } from '../../../shared/leverSensitivity'
import { ChartCard } from '../../report/ChartCard'
import { useProject } from '../../state/projectStore'
import { useFormatter } from '../../ui/useFormatter'
import { caseCumulative, caseTornado, caseWaterfall, cumulativeTable, tornadoTable, waterfallTable } from './caseSpecs'
import { cumulativeTitle, horizonText, rangesNote, tornadoTitle, waterfallTitle } from './caseTexts'

interface WaterfallProps {
  readonly model: CaseModel
  readonly result: CaseResult
}

function Waterfall({ model, result }: WaterfallProps) {
  const format = useFormatter()
  const source = useProject((state) => state.project?.name ?? '')
  const chart = useMemo(() => caseWaterfall(result), [result])
  return (
    <ChartCard
      id="waterfall"
      fileName={`${model.title}, margin and cost`}
      source={source}
      block={{
        kind: 'chart',
        title: waterfallTitle(result, format),
        subtitle: `Margin of each lever, cost and benefit; ${scenarioNames[result.scenario]}, ${result.horizon} months`,
        chart,
        table: waterfallTable(chart),
      }}
    />
  )
}

interface CumulativeProps {
  readonly model: CaseModel
  readonly results: CaseComparison
}

function Cumulative({ model, results }: CumulativeProps) {
  const format = useFormatter()
  const source = useProject((state) => state.project?.name ?? '')
  const chart = useMemo(() => caseCumulative(results), [results])
  return (
    <ChartCard
      id="cumulative"
      fileName={`${model.title}, cumulative benefit`}
      source={source}
      block={{
        kind: 'chart',
        title: cumulativeTitle(results, format),
        subtitle: `Cumulative benefit by month over ${horizonText(model.horizon)}; ${rangesNote(model)}`,
        chart,
        table: cumulativeTable(results, model),
      }}
    />
  )
}

function Tornado({ sensitivity }: { readonly sensitivity: Sensitivity }) {
  const format = useFormatter()
  const source = useProject((state) => state.project?.name ?? '')
  const chart = useMemo(() => caseTornado(sensitivity, format), [sensitivity, format])
  const measure = sensitivity.measure === 'roi' ? 'ROI' : 'Benefit'
  return (
    <ChartCard
      id="tornado"
      fileName="Sensitivity"
      source={source}
      block={{
        kind: 'chart',
        title: tornadoTitle(sensitivity),
        subtitle: `${measure} with one driver low or high, the others at base`,
        chart,
        table: tornadoTable(chart),
      }}
    />
  )
}

const scenarioNames: Readonly<Record<CaseResult['scenario'], string>> = {
  nothing: 'do nothing',
  low: 'low',
  base: 'base',
  high: 'high',
}

export const CaseCharts = { Waterfall, Cumulative, Tornado }
