import { NumberInput } from '@mantine/core'
import type { Range } from '../../../shared/caseModel'
import { useFormatter } from '../../ui/useFormatter'

interface AmountFieldProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max?: number
  readonly isWhole?: boolean
  readonly onChange: (value: number) => void
}

/** A number in the project's own notation; what is not allowed is not taken over. */
export function AmountField({ label, value, min, max, isWhole = false, onChange }: AmountFieldProps) {
  const { settings } = useFormatter()
  const usesComma = new Intl.NumberFormat(settings.locale).format(1.5).includes(',')
  return (
    <NumberInput
      label={label}
      // Measured rates have sixteen digits; nobody reads more than five.
      value={Number(value.toPrecision(5))}
      min={min}
      {...(max === undefined ? {} : { max })}
      allowDecimal={!isWhole}
      decimalSeparator={usesComma ? ',' : '.'}
      thousandSeparator={usesComma ? '.' : ','}
      hideControls
      onChange={(next) => {
        const isAllowed = typeof next === 'number' && next >= min && next <= (max ?? Number.POSITIVE_INFINITY)
        if (isAllowed) onChange(next)
      }}
    />
  )
}

interface ShareFieldProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
}

/** Typed in percent, kept as a fraction. */
export function ShareField({ label, value, onChange }: ShareFieldProps) {
  const percent = Math.round(value * 10_000) / 100
  return <AmountField label={label} value={percent} min={0} max={100} onChange={(next) => onChange(next / 100)} />
}

interface RangeFieldsProps {
  readonly label: string
  readonly description?: string | undefined
  readonly range: Range
  readonly min: number
  readonly onChange: (range: Range) => void
}

export function RangeFields({ label, description, range, min, onChange }: RangeFieldsProps) {
  return (
    <fieldset className="rangefields">
      <legend>{label}</legend>
      {description !== undefined && <p className="f11 t3">{description}</p>}
      <div className="triple">
        <AmountField label="Low" value={range.low} min={min} onChange={(low) => onChange({ ...range, low })} />
        <AmountField label="Base" value={range.base} min={min} onChange={(base) => onChange({ ...range, base })} />
        <AmountField label="High" value={range.high} min={min} onChange={(high) => onChange({ ...range, high })} />
      </div>
    </fieldset>
  )
}
