import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { longestHorizon } from '../../../shared/caseModel'

interface RampFieldProps {
  readonly ramp: readonly number[]
  readonly onChange: (ramp: number[]) => void
}

/** "25, 50, 75, 100": the share of the full effect month by month. */
export function RampField({ ramp, onChange }: RampFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const parsed = typed === null ? null : readRamp(typed)
  return (
    <TextInput
      label="Ramp, % by month"
      value={typed ?? ramp.map((share) => Math.round(share * 100)).join(', ')}
      error={typed !== null && parsed === null ? 'Percentages such as 25, 50, 100' : null}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        const next = readRamp(text)
        if (next !== null) onChange(next)
      }}
      onBlur={() => {
        if (parsed !== null) setTyped(null)
      }}
    />
  )
}

export function readRamp(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  const shares = parts.map((part) => Number(part.replace('%', '')) / 100)
  const isRamp =
    shares.length > 0 && shares.length <= longestHorizon && shares.every((share) => share >= 0 && share <= 1)
  return isRamp ? shares : null
}
