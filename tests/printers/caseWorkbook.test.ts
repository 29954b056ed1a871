import { Workbook, type Worksheet } from '@cj-tech-master/excelts'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CaseWorkbookInput } from '../../main/printers/caseWorkbook/caseWorkbookInput'
import { caseLayout } from '../../main/printers/caseWorkbook/layout'
import { writeCaseWorkbook } from '../../main/printers/caseWorkbook/writeCaseWorkbook'
import { type CaseModel, caseModelSchema, type ScenarioName } from '../../shared/caseModel'
import { type CaseResult, computeCase, computeScenarios } from '../../shared/leverModel'
import { computeSensitivity } from '../../shared/leverSensitivity'
import { anyCase } from '../case/anyCase'
import { goldenCases, publishedCase, publishedLevers, scenarioCase, usualRamp } from '../case/goldenCases'
import { hasLibreOffice, recalculate } from './libreOffice'

function inputOf(model: CaseModel): CaseWorkbookInput {
  return {
    model,
    project: { name: 'Cosmetics', client: 'A client' },
    settings: { locale: 'en-US', currency: 'USD' },
    period: { first: '2019-01-01', last: '2019-12-31' },
    files: [{ name: '=cmd|sales.csv', rows: 100, sha256: 'ab'.repeat(32) }],
    ledger: {
      view: 'orders',
      rowsIn: 100,
      rowsUsed: 90,
      entries: [
        { label: 'Returns', rows: 10, effect: 'removed' },
        { label: 'Same row twice', rows: 4, effect: 'noted' },
      ],
    },
    choices: { revenueView: 'invoice' },
    answers: [],
    versions: { app: '0.1.0', engine: 'DuckDB' },
    writtenAt: '2026-11-23T10:00:00Z',
  }
}

// Everything at once: three years, different ramps and starts, overlap, a saving, a rejected line, costs of initiatives.
const mixed = caseModelSchema.parse({
  title: 'Mixed',
  baseline: { monthlyRevenue: 80_000, source: 'measured' },
  horizon: 36,
  margin: { low: 0.2, base: 0.25, high: 0.3 },
  costFactor: { low: 1.3, base: 1, high: 0.9 },
  initiatives: [
    {
      id: 'a',
      title: 'Checkout',
      lever: 'conversion',
      baseline: 0.02,
      target: { low: 0.021, base: 0.0225, high: 0.024 },
      ramp: [0.1, 0.4, 0.8, 1],
      startMonth: 2,
      oneOffCost: 15_000,
      monthlyCost: 300,
      costCategory: 'Software',
    },
    {
      id: 'b',
      title: '=HYPERLINK("http://x")',
      lever: 'loyalty',
      baseline: 10,
      target: { low: 10.5, base: 12, high: 13 },
      baseShare: 0.35,
      overlap: 0.8,
      startMonth: 5,
      monthlyCost: 500,
      costCategory: 'Personnel',
    },
    {
      id: 'c',
      title: 'Stop the catalogue',
      lever: 'cost',
      baseline: 1,
      target: { low: 1, base: 1, high: 1 },
      monthlySaving: { low: 200, base: 900, high: 1200 },
      ramp: [0.5, 1],
      startMonth: 9,
      oneOffCost: 2000,
    },
    {
      id: 'd',
      title: 'Rejected',
      lever: 'views',
      baseline: 100,
      target: { low: 150, base: 200, high: 300 },
      oneOffCost: 1e6,
      status: 'rejected',
    },
  ],
  costs: [{ name: 'Project lead', category: 'Consulting', fromMonth: 1, toMonth: 6, amount: 4000 }],
})

const books: readonly { readonly name: string; readonly model: CaseModel }[] = [
  ...(['low', 'base', 'high'] as const).map((scenario) => ({
    name: `fixture, ${scenario}`,
    model: { ...scenarioCase, scenario },
  })),
  ...(['low', 'base', 'high'] as const).map((scenario) => ({
    name: `mixed, ${scenario}`,
    model: { ...mixed, scenario },
  })),
  { name: 'mixed, added', model: { ...mixed, combine: 'add' } },
  { name: 'G1', model: goldenCases.G1 },
  { name: 'G4', model: goldenCases.G4 },
  { name: 'G5', model: goldenCases.G5 },
  { name: 'no cost', model: publishedCase({ costs: [], initiatives: publishedLevers(usualRamp, 15, 0.1) }) },
  { name: 'empty', model: publishedCase({ costs: [], initiatives: [] }) },
  {
    name: 'a benefit that turns twice',
    model: publishedCase({
      costs: [
        { name: 'Set up', category: 'Consulting', fromMonth: 1, toMonth: 3, amount: 20_000 },
        { name: 'Again', category: 'Software', fromMonth: 8, toMonth: 8, amount: 60_000 },
      ],
    }),
  },
  // Losses of 0.5 and 500 against gains of 14,775 a month: the first rate is out of range, the second is 2,855 %.
  ...[20_775.5, 21_275].map((amount) => ({
    name: `a loss of ${amount - 20_775} in month 1`,
    model: publishedCase({
      costs: [
        { name: 'Set up', category: 'Consulting', fromMonth: 1, toMonth: 1, amount },
        { name: 'Run', category: 'Personnel', fromMonth: 2, toMonth: 12, amount: 6_000 },
      ],
    }),
  })),
  // Gains of 775 after a large loss: strongly negative rates.
  ...[30_000, 300_000, 10_000_000].map((amount) => ({
    name: `${amount} that never come back`,
    model: publishedCase({
      costs: [
        { name: 'Set up', category: 'Consulting', fromMonth: 1, toMonth: 1, amount },
        { name: 'Run', category: 'Personnel', fromMonth: 2, toMonth: 12, amount: 20_000 },
      ],
    }),
  })),
  // Crumbs of floating point grow with the amounts.
  {
    name: 'a large benefit of exactly nothing, then a loss and the same gain',
    model: publishedCase({
      baseline: { monthlyRevenue: 1e9, source: 'given' },
      initiatives: [
        {
          id: 'even',
          title: 'Even',
          lever: 'conversion',
          baseline: 1,
          target: { low: 1.1, base: 1.154, high: 1.2 },
          ramp: [1],
        },
      ],
      costs: [
        { name: 'Run', category: 'Other', fromMonth: 1, toMonth: 10, amount: 46_200_000 },
        { name: 'Loss', category: 'Other', fromMonth: 11, toMonth: 11, amount: 92_400_000 },
      ],
    }),
  },
  {
    name: 'a benefit of exactly nothing',
    model: publishedCase({
      initiatives: [
        {
          id: 'even',
          title: 'Even',
          lever: 'conversion',
          baseline: 1,
          target: { low: 1.1, base: 1.154, high: 1.2 },
          ramp: [1],
          monthlyCost: 4620,
        },
      ],
      baseline: { monthlyRevenue: 100_000, source: 'given' },
      costs: [],
    }),
  },
]

describe.each(books)('$name: cached values', ({ model }) => {
  let book: Workbook
  beforeAll(async () => {
    book = await read(await writeCaseWorkbook(inputOf(model)))
  })

  test('agree with the model', () => {
    compareWithModel(book, model)
  })

  test('hold no error and every check is OK', () => {
    expect(errorsIn(book)).toEqual([])
    const states = cells(sheetOf(book, 'Cover')).filter((value) => value === 'OK' || value === 'CHECK')
    expect(states).toEqual(Array(6).fill('OK'))
  })
})

describe.skipIf(!hasLibreOffice())('recalculated by LibreOffice', () => {
  const changes: readonly {
    readonly name: string
    readonly model: CaseModel
    change(book: Workbook): void
    readonly expected: CaseModel
  }[] = [
    {
      name: 'the switch on the cover',
      model: scenarioCase,
      change: (book) => setNamed(book, 'Scenario', 3),
      expected: { ...scenarioCase, scenario: 'high' },
    },
    {
      name: 'the base target of an initiative',
      model: scenarioCase,
      change: (book) => {
        sheetOf(book, 'Assumptions').getCell(
          caseLayout(scenarioCase, 'Your initiative').assumptions.target(0),
          5,
        ).value = 14.5
      },
      expected: {
        ...scenarioCase,
        initiatives: scenarioCase.initiatives.map((one, index) =>
          index === 0 ? { ...one, target: { ...one.target, base: 14.5 } } : one,
        ),
      },
    },
    {
      name: 'horizon, margin and the way levers combine',
      model: { ...mixed, horizon: 12 },
      change: (book) => {
        const sheet = sheetOf(book, 'Assumptions')
        const { assumptions } = caseLayout(mixed, 'Your initiative')
        sheet.getCell(assumptions.horizon, 5).value = 24
        sheet.getCell(assumptions.combine, 5).value = 'add'
        sheet.getCell(assumptions.margin, 5).value = 0.4
      },
      expected: { ...mixed, horizon: 24, combine: 'add', margin: { ...mixed.margin, base: 0.4 } },
    },
  ]
  let written: Workbook[]
  let calculated: Workbook[]
  let changed: Workbook[]

  beforeAll(async () => {
    const originals = await Promise.all(books.map(({ model }) => writeCaseWorkbook(inputOf(model))))
    const edited = await Promise.all(
      changes.map(async ({ model, change }) => {
        const book = await read(await writeCaseWorkbook(inputOf(model)))
        change(book)
        return new Uint8Array(await book.xlsx.writeBuffer())
      }),
    )
    const results = await Promise.all((await recalculate([...originals, ...edited])).map(read))
    written = await Promise.all(originals.map(read))
    calculated = results.slice(0, books.length)
    changed = results.slice(books.length)
  })

  test.each(books.map(({ name, model }, index) => ({ name, model, index })))('$name', ({ model, index }) => {
    const book = calculated[index]
    const before = written[index]
    if (book === undefined || before === undefined) throw new Error('Not converted.')
    expect(errorsIn(book)).toEqual([])
    compareWithModel(book, model)
    expect(differences(before, book)).toEqual([])
  })

  test.each(changes.map(({ name, expected }, index) => ({ name, expected, index })))(
    'after changing $name',
    ({ expected, index }) => {
      const book = changed[index]
      if (book === undefined) throw new Error('Not converted.')
      expect(errorsIn(book)).toEqual([])
      compareWithModel(book, expected)
    },
  )
})

test('any case: cached values agree with the model', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      anyCase,
      fc.constantFrom('low' as const, 'base' as const, 'high' as const),
      async (one, scenario) => {
        const model = { ...one, scenario }
        const book = await read(await writeCaseWorkbook(inputOf(model)))
        expect(errorsIn(book)).toEqual([])
        compareWithModel(book, model)
      },
    ),
    { seed: 2026, numRuns: 12, endOnFailure: true },
  )
})

test('text from data stays text, inputs are coloured, and the switch is a list', async () => {
  const book = await read(await writeCaseWorkbook(inputOf(mixed)))
  const cover = sheetOf(book, 'Cover')
  const name = cells(cover).find((value) => typeof value === 'string' && value.includes('cmd|'))
  expect(name).toBe('=cmd|sales.csv')
  const title = sheetOf(book, 'Initiatives').getCell(caseLayout(mixed, 'Your initiative').initiative.row(1), 3)
  expect(title.formula).toBeUndefined()
  expect(title.value).toBe('=HYPERLINK("http://x")')
  expect(cover.getCell('C13').dataValidation).toMatchObject({ type: 'list', formulae: ['"1,2,3"'] })
  expect(sheetOf(book, 'Assumptions').getCell('E8').fill).toMatchObject({ fgColor: { argb: 'FFFFF8DC' } })
})

// A typed number that is not an input would not follow the assumptions.
test('every number on a calculating sheet is a formula or a coloured input', async () => {
  const book = await read(await writeCaseWorkbook(inputOf(mixed)))
  const typed = [
    'Summary',
    'Assumptions',
    'Initiatives',
    'Timing',
    'Model',
    'Costs',
    'Scenarios',
    'Sensitivity',
  ].flatMap((name) => {
    const found: string[] = []
    sheetOf(book, name).eachRow((row) => {
      row.eachCell((cell) => {
        const input = cell.fill?.type === 'pattern' && cell.fill.fgColor?.argb === 'FFFFF8DC'
        if (typeof cell.value === 'number' && !input && cell.value !== 1) found.push(`${name}!${cell.address}`)
      })
    })
    return found
  })
  expect(typed).toEqual([])
})

function compareWithModel(book: Workbook, model: CaseModel): void {
  const layout = caseLayout(model, 'Your initiative')
  const all = computeScenarios(model)
  const scenarios = sheetOf(book, 'Scenarios')
  const columns = { nothing: 2, low: 3, base: 4, high: 5 } as const
  for (const [name, column] of Object.entries(columns)) {
    const { totals } = all[name as ScenarioName | 'nothing']
    const at = (row: number) => cellValue(scenarios, row, column)
    same(at(layout.scenarios.revenue), totals.asIs + totals.increment)
    same(at(layout.scenarios.full), totals.fullIncrement)
    same(at(layout.scenarios.margin), totals.margin)
    same(at(layout.scenarios.cost), totals.cost)
    same(at(layout.scenarios.benefit), totals.benefit)
    same(at(layout.scenarios.roi), totals.roi)
    same(at(layout.scenarios.npv), totals.npv)
    same(at(layout.scenarios.irrMonthly), totals.irrMonthly, 1e-7)
    same(at(layout.scenarios.irrYearly), totals.irrYearly, 1e-6)
    same(at(layout.scenarios.payback), totals.paybackMonth)
  }
  compareMonths(book, model, computeCase(model, model.scenario))
  compareSensitivity(book, model)
}

function compareMonths(book: Workbook, model: CaseModel, result: CaseResult): void {
  const layout = caseLayout(model, 'Your initiative')
  const sheet = sheetOf(book, 'Model')
  for (let month = 1; month <= 36; month += 1) {
    const expected = result.months[month - 1]
    const at = (row: number) => cellValue(sheet, row, month + 2)
    if (expected === undefined) {
      expect(at(layout.model.benefit)).toBe('')
      continue
    }
    same(at(layout.model.totalIncrement), expected.increment)
    same(at(layout.model.saving), expected.saving)
    same(at(layout.model.margin), expected.margin)
    same(at(layout.model.cost), expected.cost)
    same(at(layout.model.benefit), expected.benefit)
    same(at(layout.model.cumulative), expected.cumulative)
    same(at(layout.model.discounted), expected.discounted)
    model.initiatives.forEach((initiative, k) => {
      const own = result.initiatives.find((one) => one.id === initiative.id)?.months[month - 1]
      same(at(layout.model.increment(k)), own?.increment ?? 0)
      if (own !== undefined) same(at(layout.model.toBe(k)), own.toBe)
    })
  }
  result.years.forEach((year, index) => {
    same(cellValue(sheet, layout.model.benefit, 39 + index), year.benefit)
  })
  same(cellValue(sheet, layout.model.npv, 2), result.totals.npv)
  same(cellValue(sheet, layout.model.roi, 2), result.totals.roi)
  same(cellValue(sheet, layout.model.payback, 2), result.totals.paybackMonth)
}

function compareSensitivity(book: Workbook, model: CaseModel): void {
  const sheet = sheetOf(book, 'Sensitivity')
  const { drivers } = computeSensitivity(model)
  const written = new Map<string, number>()
  for (let row = 6; row < 6 + drivers.length; row += 1) written.set(String(cellValue(sheet, row, 1)), row)
  for (const driver of drivers) {
    const row = written.get(driver.kind === 'saving' ? `${driver.label} (saving)` : driver.label)
    if (row === undefined) throw new Error(`${driver.label} is missing.`)
    same(cellValue(sheet, row, 3), driver.low.value)
    same(cellValue(sheet, row, 6), driver.low.benefit)
    same(cellValue(sheet, row, 7), driver.high.benefit)
    same(cellValue(sheet, row, 8), driver.low.roi)
    same(cellValue(sheet, row, 9), driver.high.roi)
    same(cellValue(sheet, row, 10), driver.low.npv)
    same(cellValue(sheet, row, 11), driver.high.npv)
    same(cellValue(sheet, row, 12), driver.span)
    // A quotient of differences: fewer digits survive.
    same(cellValue(sheet, row, 13), driver.breakEven, 1e-6)
  }
  drivers.slice(1).forEach((driver, index) => {
    const before = drivers[index]
    if (before === undefined || Math.abs(before.span - driver.span) < 1e-9) return
    const label = driver.kind === 'saving' ? `${driver.label} (saving)` : driver.label
    expect(cellValue(sheet, 6 + drivers.length + 3 + index, 1)).toBe(label)
  })
}

/** Equal to the ninth digit; money below a millionth of a cent counts as nothing. */
function same(found: unknown, expected: number | null, tolerance = 1e-9): void {
  if (expected === null) {
    expect(found).toBe('n/a')
    return
  }
  if (typeof found !== 'number') throw new Error(`${String(found)} instead of ${expected}`)
  const size = Math.max(Math.abs(expected), Math.abs(found))
  if (Math.abs(found - expected) > Math.max(1e-7, size * tolerance)) throw new Error(`${found} instead of ${expected}`)
}

/** Cells whose cached value differs from the recalculated one. IRR is searched for, so it is compared apart. */
function differences(before: Workbook, after: Workbook): string[] {
  return before.worksheets.flatMap((sheet) => {
    const found: string[] = []
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        if (cell.formula === undefined || cell.formula.includes('IRR(')) return
        const cached = cellValue(sheet, cell.row, cell.col)
        const fresh = cellValue(sheetOf(after, sheet.name), cell.row, cell.col)
        const near =
          typeof cached === 'number' && typeof fresh === 'number'
            ? Math.abs(cached - fresh) <= Math.max(1e-6, Math.abs(cached) * 1e-7)
            : (cached ?? '') === (fresh ?? '')
        if (!near) found.push(`${sheet.name}!${cell.address}: ${String(cached)} → ${String(fresh)}`)
      })
    })
    return found
  })
}

function errorsIn(book: Workbook): string[] {
  return book.worksheets.flatMap((sheet) => {
    const found: string[] = []
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        const value = cell.result ?? cell.value
        if (typeof value === 'object' && value !== null && 'error' in value) found.push(`${sheet.name}!${cell.address}`)
      })
    })
    return found
  })
}

function cellValue(sheet: Worksheet, row: number, column: number): unknown {
  const cell = sheet.getCell(row, column)
  return cell.formula === undefined ? cell.value : (cell.result ?? '')
}

function cells(sheet: Worksheet): unknown[] {
  const values: unknown[] = []
  sheet.eachRow((row) => {
    row.eachCell((cell) => {
      values.push(cell.result ?? cell.value)
    })
  })
  return values
}

function setNamed(book: Workbook, name: string, value: number): void {
  const [range] = book.definedNames.getRanges(name).ranges
  const [sheet = '', cell = ''] = (range ?? '').replaceAll('$', '').replaceAll("'", '').split('!')
  sheetOf(book, sheet).getCell(cell).value = value
}

function sheetOf(book: Workbook, name: string): Worksheet {
  const sheet = book.getWorksheet(name)
  if (sheet === undefined) throw new Error(`There is no sheet ${name}.`)
  return sheet
}

async function read(bytes: Uint8Array): Promise<Workbook> {
  const book = new Workbook()
  await book.xlsx.load(bytes)
  return book
}
