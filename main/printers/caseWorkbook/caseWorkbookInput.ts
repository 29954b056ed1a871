import type { AnalysisAnswer, Period } from '../../../shared/analysis'
import type { CaseModel } from '../../../shared/caseModel'
import type { FormatSettings } from '../../../shared/format'

/** Everything the workbook says beside what it computes; nothing is looked up. */
export interface CaseWorkbookInput {
  readonly model: CaseModel
  readonly project: { readonly name: string; readonly client: string }
  readonly settings: FormatSettings
  readonly period: Period | null
  readonly files: readonly { readonly name: string; readonly rows: number; readonly sha256: string }[]
  readonly ledger: {
    readonly view: string
    readonly rowsIn: number
    readonly rowsUsed: number
    readonly entries: readonly { readonly label: string; readonly rows: number; readonly effect: string }[]
  } | null
  readonly choices: Readonly<Record<string, string>>
  /** Analyses whose definitions are printed and whose tables make the appendix. */
  readonly answers: readonly AnalysisAnswer[]
  readonly versions: { readonly app: string; readonly engine: string }
  /** ISO instant. */
  readonly writtenAt: string
}
