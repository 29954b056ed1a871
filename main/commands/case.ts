import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { AppError } from '../../shared/errors'
import { printPdfHidden } from '../printPdfHidden'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, one, readWords } from './words'

const flags = [
  { name: 'to', value: 'CASE.xlsx', about: 'the workbook to write' },
  { name: 'report', value: 'OUT.html|OUT.pdf', about: 'a report to read beside it' },
  { name: 'replace', about: 'write over a file that is there' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = 'case PROJECT --to CASE.xlsx [--report OUT.html|OUT.pdf] [--replace] [--json]'

export const caseCommand: Command = {
  name: 'case',
  usage,
  about:
    'Writes the business case as a workbook with live formulas. A project without a saved case gets the proposed one.',
  flags,
  examples: ['case shop --to case.xlsx', 'case shop --to case.xlsx --report case.pdf'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 1, most: 1 }, usage)
    const to = one(parsed, 'to')
    if (to === undefined)
      throw new AppError('bad-parameter', 'Say where to write the workbook.', { hint: `Usage: casebook ${usage}` })
    const context = commandContext()
    await localEngine().openProject({ folder: parsed.places[0] ?? '' }, context)
    const proposal = await localEngine().proposeCase(undefined, context)
    const report = one(parsed, 'report')
    const replace = has(parsed, 'replace')
    if (report !== undefined) checkReport(report, replace)
    const written = await localEngine().exportCase({ to, replace }, context)
    if (report !== undefined) await writeReport(report, replace)
    if (has(parsed, 'json')) {
      printJson({ ...written, ...(report === undefined ? {} : { report: resolve(report) }), ...proposal })
      return 0
    }
    printLine(written.path)
    if (report !== undefined) printLine(resolve(report))
    return 0
  },
}

/** Refuses a report that cannot be written before the workbook is. */
function checkReport(report: string, replace: boolean): void {
  if (!/\.(html|pdf)$/i.test(report)) {
    throw new AppError('bad-parameter', `A report is written as HTML or PDF, not as ${extname(report) || report}.`, {
      hint: 'Choose a name that ends in .html or .pdf.',
      where: { file: report },
    })
  }
  if (existsSync(report) && !replace) {
    throw new AppError('bad-parameter', `${report} is there already.`, {
      hint: 'Choose another name, or add --replace.',
      where: { file: report },
    })
  }
}

async function writeReport(report: string, replace: boolean): Promise<void> {
  if (/\.html$/i.test(report)) {
    await localEngine().exportCase({ to: resolve(report), replace }, commandContext())
    return
  }
  const folder = await mkdtemp(join(tmpdir(), 'casebook-report-'))
  try {
    const html = join(folder, 'report.html')
    await localEngine().exportCase({ to: html, replace: true }, commandContext())
    await printPdfHidden(html, report)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
