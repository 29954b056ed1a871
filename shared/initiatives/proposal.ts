import type { Period } from '../analysis'
import { assumedRange, fillRange } from '../caseInput'
import type { InitiativeInput } from '../caseModel'
import type { NumberFormat } from '../report'
import type { InitiativeType } from './catalogue'

/** One measured number that speaks for or against an initiative. */
export interface Evidence {
  readonly label: string
  readonly value: number
  readonly format: NumberFormat
  readonly low: number | null
  readonly high: number | null
  /** The count and what it is out of: "n of of". */
  readonly count: number
  readonly of: number
  readonly unit: string
}

/** A type of the catalogue, judged by the data. */
export interface Proposal {
  readonly type: string
  readonly title: string
  readonly lever: InitiativeType['lever']
  readonly kpi: string
  readonly trigger: string
  readonly state: 'met' | 'not met' | 'not computable'
  /** Why it is not met or not computable; empty when met. */
  readonly reason: string
  readonly evidence: readonly Evidence[]
  readonly period: Period | null
  /** Ready for a business case; null unless the trigger is met. */
  readonly initiative: InitiativeInput | null
}

export const leastCount = 25

export function notComputable(type: InitiativeType, reason: string): Proposal {
  return { ...plain(type), state: 'not computable', reason, evidence: [], period: null, initiative: null }
}

export function notMet(
  type: InitiativeType,
  reason: string,
  evidence: readonly Evidence[],
  period: Period | null,
): Proposal {
  return { ...plain(type), state: 'not met', reason, evidence, period, initiative: null }
}

export function met(
  type: InitiativeType,
  evidence: readonly Evidence[],
  period: Period | null,
  initiative: InitiativeInput,
): Proposal {
  return { ...plain(type), state: 'met', reason: '', evidence, period, initiative }
}

/** Baseline and target of an effect nobody has measured: the base is assumed, the ends are half and one and a half. */
export function assumedEffect(
  baseline: number,
  effect: number,
): Pick<InitiativeInput, 'baseline' | 'target' | 'rangeSource'> {
  return {
    baseline,
    target: fillRange({ base: baseline * (1 + effect) }, baseline),
    rangeSource: `${assumedRange}; base effect assumed`,
  }
}

function plain(type: InitiativeType) {
  const { id, title, lever, kpi, trigger } = type
  return { type: id, title, lever, kpi, trigger }
}
