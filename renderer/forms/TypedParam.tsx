import { useState } from 'react'
import { useFormatter } from '../ui/useFormatter'
import type { ParamField } from './paramFields'

interface NumberParamProps {
  readonly field: Extract<ParamField, { kind: 'number' }>
  readonly value: number | null
  readonly onChange: (value: number) => void
}

/** Takes effect with Enter or when the field is left, so that half a number never runs. */
export function NumberParam({ field, value, onChange }: NumberParamProps) {
  const { settings } = useFormatter()
  const [typed, setTyped] = useState<string | null>(null)
  const commit = (): void => {
    const number = Number((typed ?? '').replace(',', '.'))
    const isAllowed =
      typed !== null &&
      typed.trim() !== '' &&
      Number.isFinite(number) &&
      number >= (field.min ?? Number.NEGATIVE_INFINITY) &&
      number <= (field.max ?? Number.POSITIVE_INFINITY)
    if (isAllowed && number !== value) onChange(field.isWhole ? Math.round(number) : number)
    setTyped(null)
  }
  const range = [field.min === null ? '' : `from ${field.min}`, field.max === null ? '' : `to ${field.max}`]
  return (
    <label className="param" title={range.filter((part) => part !== '').join(' ')}>
      <span className="k">{field.label}</span>
      <input
        className="v"
        inputMode="decimal"
        value={typed ?? (value === null ? '' : value.toLocaleString(settings.locale))}
        onFocus={() => setTyped(value === null ? '' : String(value))}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') setTyped(null)
        }}
      />
    </label>
  )
}

interface TextParamProps {
  readonly field: Extract<ParamField, { kind: 'text' }>
  readonly value: string
  readonly onChange: (value: string) => void
}

export function TextParam({ field, value, onChange }: TextParamProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const fits = field.pattern === null || new RegExp(field.pattern).test(typed ?? value)
  const commit = (): void => {
    if (typed !== null && fits && typed !== value) onChange(typed)
    if (fits) setTyped(null)
  }
  return (
    <label className={`param${fits ? '' : ' wrong'}`} title={field.hint}>
      <span className="k">{field.label}</span>
      <input
        className="v"
        value={typed ?? value}
        placeholder={/^[^,]+/.exec(field.hint)?.[0]?.replace(/^empty for /, '') ?? ''}
        aria-invalid={!fits}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') setTyped(null)
        }}
      />
    </label>
  )
}
