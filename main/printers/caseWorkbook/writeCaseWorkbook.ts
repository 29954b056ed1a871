import { Workbook } from '@cj-tech-master/excelts'
import { installChartSupport } from '@cj-tech-master/excelts/chart'
import { saveWorkbook } from '../saveWorkbook'
import { writeAppendix } from './appendixSheet'
import { writeAssumptions } from './assumptionsSheet'
import type { CaseWorkbookInput } from './caseWorkbookInput'
import { writeCosts } from './costsSheet'
import { writeCover } from './coverSheet'
import { writeDefinitions } from './definitionsSheet'
import { writeInitiatives } from './initiativesSheet'
import { english } from './labels'
import { caseLayout } from './layout'
import { writeModel } from './modelSheet'
import { writeScenarios } from './scenariosSheet'
import { writeSensitivity } from './sensitivitySheet'
import { writeSummary } from './summarySheet'
import { writeTiming } from './timingSheet'

/** The business case as a workbook that goes on living: inputs in colour, everything else formulas with cached values. */
export async function writeCaseWorkbook(input: CaseWorkbookInput): Promise<Uint8Array> {
  const labels = english
  const layout = caseLayout(input.model, labels.initiatives.placeholder)
  installChartSupport()
  const workbook = new Workbook()
  writeCover(workbook, input, layout, labels)
  writeSummary(workbook, input, layout, labels)
  writeAssumptions(workbook, input, layout, labels)
  writeInitiatives(workbook, layout, labels)
  writeTiming(workbook, layout, labels)
  writeModel(workbook, layout, labels)
  writeCosts(workbook, input, layout, labels)
  writeScenarios(workbook, layout, labels)
  writeSensitivity(workbook, layout, labels)
  writeDefinitions(workbook, input, labels)
  writeAppendix(workbook, input, labels)
  return saveWorkbook(workbook, input.writtenAt)
}
