import type { CaseModel } from '../../../shared/caseModel'
import type { Formatter } from '../../../shared/format'
import type { CaseComparison, CaseResult } from '../../../shared/leverModel'
import type { Driver, Sensitivity } from '../../../shared/leverSensitivity'

/** "The plan earns 54,300 on 114,000 in a year: 47.63% ROI, paid back in month 6". */
export function caseHeadline({ totals, horizon, scenario, initiatives }: CaseResult, format: Formatter): string {
  if (scenario === 'nothing') return 'Doing nothing earns nothing extra and costs nothing'
  if (initiatives.length === 0) return 'No initiative is counted yet: add one, or accept a proposal'
  const time = horizonText(horizon)
  if (totals.cost === 0)
    return `The plan adds ${format.money(totals.margin)} margin in ${time}; its costs are not entered yet`
  const roi = totals.roi === null ? '' : `: ${format.percent2(totals.roi)} ROI`
  if (totals.benefit < 0) {
    return `The plan loses ${format.money(-totals.benefit)} on ${format.money(totals.cost)} in ${time}${roi}, never paid back`
  }
  const back = totals.paybackMonth === null ? '' : `, paid back in month ${totals.paybackMonth}`
  return `The plan earns ${format.money(totals.benefit)} on ${format.money(totals.cost)} in ${time}${roi}${back}`
}

export const horizonText = (months: number): string =>
  months === 12 ? 'a year' : months === 24 ? 'two years' : 'three years'

/** "Three initiatives, two of them carry 95% of the effect". */
export function initiativesTitle(result: CaseResult, format: Formatter): string {
  const count = result.initiatives.length
  const margins = result.initiatives.map(({ margin }) => margin).sort((one, other) => other - one)
  const total = margins.reduce((sum, margin) => sum + margin, 0)
  const noun = count === 1 ? 'initiative' : 'initiatives'
  if (count < 3 || total <= 0) return `${numberWord(count)} ${noun}`
  const two = (margins[0] ?? 0) + (margins[1] ?? 0)
  return `${numberWord(count)} ${noun}, two of them carry ${format.percent(two / total)} of the effect`
}

export function waterfallTitle({ totals }: CaseResult, format: Formatter): string {
  if (totals.margin <= 0) return 'No margin is gained'
  if (totals.cost === 0) return 'No costs are entered: all margin is left'
  if (totals.benefit < 0) return 'Cost is larger than the margin gained'
  return `${format.percent(totals.benefit / totals.margin)} of the margin gained is left after cost`
}

export function cumulativeTitle(results: CaseComparison, format: Formatter): string {
  const low = results.low.totals.benefit
  return low < 0
    ? `Low ends at ${format.money(low)}: agree on a stop rule`
    : `Even low ends at ${format.money(low)} after ${horizonText(results.low.horizon)}`
}

export function tornadoTitle({ drivers, measure }: Sensitivity): string {
  const first = drivers[0]
  return first === undefined
    ? 'Nothing to vary'
    : `${first.label} moves the ${measure === 'roi' ? 'ROI' : 'benefit'} most`
}

/** The range of a driver in its own unit: "13% … 16%", "× 1.2 … × 0.8". */
export function rangeText(driver: Driver, format: Formatter): string {
  const say = (value: number): string => {
    switch (driver.kind) {
      case 'cost':
        return `× ${format.decimal(value, 1)}`
      case 'margin':
        return format.percent(value)
      case 'saving':
        return format.money(value)
      case 'target':
        return kpiText(value, format)
      default:
        return driver.kind satisfies never
    }
  }
  return `${say(driver.low.value)} … ${say(driver.high.value)}${driver.assumed ? ', assumed' : ''}`
}

/** A KPI below 1 is a rate. */
export function kpiText(value: number, format: Formatter): string {
  if (Math.abs(value) < 1) return format.percent(value)
  return Math.abs(value) >= 100 ? format.count(value) : format.decimal(value, 2)
}

export function irrText({ totals }: CaseResult, format: Formatter): string {
  return totals.irrMonthly === null ? 'n/a' : format.percent2(totals.irrMonthly)
}

export function rangesNote(model: CaseModel): string {
  const sources = new Set(model.initiatives.map(({ rangeSource }) => rangeSource).filter((source) => source !== ''))
  return sources.size === 0 ? 'low and high as typed' : `low and high: ${[...sources][0] ?? ''}`
}

function numberWord(count: number): string {
  const words = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']
  return words[count] ?? String(count)
}
