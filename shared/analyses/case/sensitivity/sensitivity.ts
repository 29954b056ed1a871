import type { z } from 'zod'
import { type AnalysisResult, defineAnalysis } from '../../../analysis'
import { caseInputSchema } from '../../../caseInput'
import type { CaseModel } from '../../../caseModel'
import { caseCaveats, kpiWords, orNotApplicable } from '../../../caseReport'
import type { Formatter } from '../../../format'
import { resolveCase } from '../../../initiatives/resolveCase'
import { computeCase } from '../../../leverModel'
import { computeSensitivity, type Driver, type DriverPoint, type Sensitivity } from '../../../leverSensitivity'
import type { NumberFormat } from '../../../report'
import card from './sensitivity.md?raw'

interface SensitivityResult extends AnalysisResult, Sensitivity {
  readonly model: CaseModel
  readonly proposed: boolean
}

export const sensitivity = defineAnalysis<z.infer<typeof caseInputSchema>, SensitivityResult>({
  id: 'sensitivity',
  version: 2,
  title: 'Sensitivity',
  question: 'Which assumption decides the result?',
  group: 'case',
  theme: 'decision',
  needs: [],
  params: caseInputSchema,
  card,
  async run(params, engine) {
    const { model, period, leftOut, proposed } = await resolveCase(params, engine)
    return { period, leftOut, proposed, model, ...computeSensitivity(model) }
  },
  report(result, _params, format) {
    const [first] = result.drivers
    const unit = result.measure === 'roi' ? 'ROI' : 'benefit'
    const kind: NumberFormat = result.measure === 'roi' ? 'percent2' : 'money'
    const worth = (point: DriverPoint): number => point.roi ?? point.benefit
    const named = (driver: Driver) => `${driver.label}${driver.kind === 'saving' ? ' (saving)' : ''}`
    return {
      finding:
        first === undefined
          ? 'There is no driver to vary.'
          : `${named(first)} moves the ${unit} most: from ${format.value(worth(first.low), kind)} to ${format.value(worth(first.high), kind)}.`,
      reading:
        'One assumption at a time goes to its low and high value, the others stay at base. Break-even is the value at which the plan just earns its cost.',
      blocks: [
        ...caseCaveats(result.model, computeCase(result.model, 'base'), result.proposed),
        {
          kind: 'chart',
          title: first === undefined ? 'No drivers' : `${named(first)} decides most`,
          subtitle: `${unit} with one driver low or high, the others at base`,
          chart: {
            kind: 'tornado',
            format: kind,
            center: worth(result.base),
            drivers: result.drivers.map((driver) => ({
              label: named(driver),
              range: rangeWords(driver, format),
              low: worth(driver.low),
              high: worth(driver.high),
            })),
          },
          table: {
            columns: [
              { label: 'Driver', format: 'text' },
              { label: 'Unit', format: 'text', means: 'What low, base, high and break-even count.' },
              { label: 'Low', format: 'decimal4' },
              { label: 'Base', format: 'decimal4' },
              { label: 'High', format: 'decimal4' },
              { label: 'ROI at low', format: 'percent2' },
              { label: 'ROI at high', format: 'percent2' },
              { label: 'NPV at low', format: 'cents' },
              { label: 'NPV at high', format: 'cents' },
              { label: 'Span', format: kind },
              { label: 'Break-even', format: 'decimal4', means: 'Value of the driver at which ROI is 0.' },
            ],
            rows: result.drivers.map((driver) => [
              named(driver),
              unitOf(driver, result.model),
              driver.low.value,
              driver.base,
              driver.high.value,
              orNotApplicable(driver.low.roi),
              orNotApplicable(driver.high.roi),
              driver.low.npv,
              driver.high.npv,
              driver.span,
              orNotApplicable(driver.breakEven),
            ]),
          },
        },
      ],
    }
  },
})

function unitOf({ id, kind }: Driver, model: CaseModel): string {
  switch (kind) {
    case 'margin':
      return 'part of revenue, 0–1'
    case 'cost':
      return 'times the cost'
    case 'saving':
      return 'money a month'
    case 'target':
      return model.initiatives.find((initiative) => initiative.id === id)?.kpi || 'KPI'
    default:
      return kind satisfies never
  }
}

function rangeWords(driver: Driver, format: Formatter): string {
  const range = `${valueWords(driver, driver.low.value, format)} … ${valueWords(driver, driver.high.value, format)}`
  return driver.assumed ? `${range}, assumed` : range
}

function valueWords({ kind }: Driver, value: number, format: Formatter): string {
  switch (kind) {
    case 'margin':
      return format.percent(value)
    case 'cost':
      return `× ${format.decimal(value, 2)}`
    case 'saving':
      return format.money(value)
    case 'target':
      return kpiWords(value, format)
    default:
      return kind satisfies never
  }
}
