import type { CaseModel } from '../../../shared/caseModel'
import type { Formatter } from '../../../shared/format'
import type { CaseComparison, CaseScenario } from '../../../shared/leverModel'
import { useFormatter } from '../../ui/useFormatter'
import { horizonText, irrText } from './caseTexts'

interface CaseFiguresProps {
  readonly model: CaseModel
  readonly results: CaseComparison
  readonly scenario: CaseScenario
}

/** Seven figures on one line, the ROI set apart. */
export function CaseFigures({ model, results, scenario }: CaseFiguresProps) {
  const format = useFormatter()
  const figures = figuresOf({ model, results, scenario }, format)
  return (
    <section className="card kpis" aria-label="Key figures" data-count={figures.length}>
      <div className="kpigrid">
        {figures.map(({ label, value, caption, isMain }) => (
          <div key={label} className="kpi">
            <span className="l">{label}</span>
            <span className={`n${isMain === true ? ' acc' : ''}${value.length > 11 ? ' long' : ''}`}>{value}</span>
            <span className="c">{caption}</span>
          </div>
        ))}
      </div>
    </section>
  )
}

interface Figure {
  readonly label: string
  readonly value: string
  readonly caption: string
  readonly isMain?: true
}

function figuresOf({ model, results, scenario }: CaseFiguresProps, format: Formatter): readonly Figure[] {
  const result = results[scenario]
  const { totals } = result
  const roi = (value: number | null): string => (value === null ? 'n/a' : format.percent2(value))
  const negative = result.months.filter(({ benefit }) => benefit < 0).length
  return [
    {
      label: 'Extra revenue a month',
      value: format.money(totals.fullIncrement),
      caption: `on ${format.money(model.baseline.monthlyRevenue)} as-is`,
    },
    {
      label: model.horizon === 12 ? 'Extra margin a year' : `Extra margin in ${horizonText(model.horizon)}`,
      value: format.money(totals.margin),
      caption: `${wholePercent(result.inForce.margin, format)} of ${format.money(totals.increment)}`,
    },
    {
      label: 'Benefit',
      value: format.money(totals.benefit),
      caption: totals.cost === 0 ? 'no cost entered' : `after ${format.money(totals.cost)} cost`,
    },
    {
      label: 'ROI',
      value: roi(totals.roi),
      caption: `${roi(results.low.totals.roi)} … ${roi(results.high.totals.roi)}`,
      isMain: true,
    },
    {
      label: `NPV at ${wholePercent(model.discountRate, format)}`,
      value: format.money(totals.npv),
      caption: `${format.cents(totals.npv)}, month end`,
    },
    {
      label: 'Payback',
      value: totals.paybackMonth === null ? 'n/a' : `Month ${totals.paybackMonth}`,
      caption: totals.paybackMonth === null ? 'not within the horizon' : 'stays positive from there',
    },
    {
      label: 'IRR a month',
      value: irrText(result, format),
      caption: negative === 0 ? 'no month is negative' : `${negative} negative ${negative === 1 ? 'month' : 'months'}`,
    },
  ]
}

/** "10%", but "12.5%". */
function wholePercent(fraction: number, format: Formatter): string {
  const percent = fraction * 100
  return Math.abs(percent - Math.round(percent)) < 1e-9 ? `${format.count(percent)}%` : format.percent(fraction)
}
