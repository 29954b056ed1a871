import { describe, expect, test } from 'vitest'
import type { FindingState } from '../../shared/description'
import type { ProjectState } from '../../shared/engineApi'
import { quiet } from './smallShop'
import { type TextProject, textProject } from './textProject'

const header = 'order,day,customer,product,quantity,price'

/** Lines of 2 × 5 from 200 days; the commented ones are spoilt. */
function salesLines(more: readonly string[]): string[] {
  const day = (index: number): string => new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10)
  const lines = Array.from(
    { length: 200 },
    (_, index) => `o${index},${day(index)},c${index % 40},p${index % 7},2,${(4 + (index % 9) / 8).toFixed(2)}`,
  )
  return [header, ...lines, ...more]
}

const roles = {
  order: 'order',
  orderedAt: 'day',
  customer: 'customer',
  product: 'product',
  quantity: 'quantity',
  unitPrice: 'price',
}

const sales = (more: readonly string[]): Promise<TextProject> =>
  textProject({ sales: { lines: salesLines(more), kind: 'orders', roles } })

const findingOf = (state: ProjectState, id: string): FindingState => {
  const found = state.findings.find((finding) => finding.id === id)
  if (found === undefined) throw new Error(`no finding ${id}: ${state.findings.map((one) => one.id).join(', ')}`)
  return found
}

const named = ({ table, id, column }: FindingState): Pick<FindingState, 'table' | 'id' | 'column'> => ({
  table,
  id,
  column,
})

const total = async (project: TextProject): Promise<unknown> =>
  (await project.rows('SELECT count(*)::INTEGER, sum(gross)::DOUBLE FROM orders'))[0]

// The first 200 lines are worth 2 × the sum of 4 + (i mod 9)/8, rounded to cents.
const plainGross =
  2 * Array.from({ length: 200 }, (_, i) => Number((4 + (i % 9) / 8).toFixed(2))).reduce((a, b) => a + b, 0)

describe('a decision about a finding', () => {
  // A line again, one of them twice: 3 lines of 2 × 4 and 2 × 4.13.
  const repeated = ['o0,2024-01-01,c0,p0,2,4.00', 'o0,2024-01-01,c0,p0,2,4.00', 'o1,2024-01-02,c1,p1,2,4.13']

  test('leaves the rows out, accounts for them, and can be taken back', async () => {
    const project = await sales(repeated)
    const before = findingOf(project.state, 'repeatedLines')
    expect(before).toMatchObject({ count: 3, actions: ['keep', 'leaveOut'], accepted: null })
    const [lines, gross] = (await total(project)) as [number, number]
    expect(lines).toBe(203)
    expect(gross).toBeCloseTo(plainGross + 24.26, 6)

    const rows = await project.engine.readFindingRows({ ...named(before), offset: 0, limit: 10 }, quiet)
    expect(rows.rows.map(([row]) => Number(row))).toEqual([201, 202, 203])

    const state = await project.engine.acceptFinding({ ...named(before), action: 'leaveOut' }, quiet)
    expect(findingOf(state, 'repeatedLines')).toMatchObject({ count: 3, accepted: 'leaveOut' })
    const after = (await total(project)) as [number, number]
    expect(after[0]).toBe(200)
    expect(after[1]).toBeCloseTo(plainGross, 6)
    expect(state.ledger).toMatchObject({ rowsIn: 203, rowsUsed: 200, balances: true })
    const entry = state.ledger.entries.find(({ id }) => id.startsWith('repair'))
    expect(entry).toMatchObject({ rows: 3, effect: 'removed', openable: true })
    expect(entry?.gross).toBeCloseTo(-24.26, 6)
    const opened = await project.engine.readLedgerRows({ entry: entry?.id ?? '', offset: 0, limit: 10 }, quiet)
    expect(opened.total).toBe(3)
    // Its rows can still be seen as they stand in the file, and the table shows those that remain.
    expect((await project.engine.readFindingRows({ ...named(before), offset: 0, limit: 10 }, quiet)).total).toBe(3)
    const page = await project.engine.readPage(
      { table: 'sales', offset: 195, limit: 10, filters: [], sorts: [], search: '' },
      quiet,
    )
    expect(page).toMatchObject({ total: 200 })
    expect(page.rows).toHaveLength(5)

    const open = await project.reopen()
    expect(findingOf(open, 'repeatedLines').accepted).toBe('leaveOut')
    expect((await total(project)) as number[]).toEqual(after)

    const undone = await project.engine.reopenFinding(named(before), quiet)
    expect(findingOf(undone, 'repeatedLines')).toMatchObject({ accepted: null, count: 3 })
    expect(await total(project)).toEqual([lines, gross])
    expect(undone.ledger.entries.some(({ id }) => id.startsWith('repair'))).toBe(false)
  })

  test('is a step: undo takes it back, redo makes it again, and it is listed with its SQL', async () => {
    const project = await sales(repeated)
    const finding = findingOf(project.state, 'repeatedLines')
    await project.engine.acceptFinding({ ...named(finding), action: 'leaveOut' }, quiet)
    await project.engine.undo(null, quiet)
    expect(await project.rows('SELECT count(*)::INTEGER FROM orders')).toEqual([[203]])
    await project.engine.redo(null, quiet)
    expect(await project.rows('SELECT count(*)::INTEGER FROM orders')).toEqual([[200]])
    const steps = await project.engine.listSteps(null, quiet)
    const step = steps.find(({ does }) => does === 'repair')
    expect(step?.title).toBe('Leave out the rows of: Lines that repeat an earlier line (orders; 3 lines when decided)')
    expect(step?.sql).toContain('DELETE FROM "raw"."sales" WHERE')
  })

  test('keep changes nothing but says so', async () => {
    const project = await sales(repeated)
    const finding = findingOf(project.state, 'repeatedLines')
    const state = await project.engine.acceptFinding({ ...named(finding), action: 'keep' }, quiet)
    expect(findingOf(state, 'repeatedLines').accepted).toBe('keep')
    expect(await project.rows('SELECT count(*)::INTEGER FROM orders')).toEqual([[203]])
    expect(state.ledger.entries.some(({ id }) => id.startsWith('repair'))).toBe(false)
  })

  test('holds for other files: what they repeat is left out as well', async () => {
    const project = await sales(repeated)
    const finding = findingOf(project.state, 'repeatedLines')
    await project.engine.acceptFinding({ ...named(finding), action: 'leaveOut' }, quiet)
    const state = await project.replayOn('sales', salesLines(['o5,2024-01-06,c5,p5,2,4.63']))
    expect(state.ledger).toMatchObject({ rowsIn: 201, rowsUsed: 200, balances: true })
  })

  test('that does not fit, or about nothing, is refused and nothing changes', async () => {
    const project = await sales(repeated)
    const finding = findingOf(project.state, 'repeatedLines')
    await expect(project.engine.acceptFinding({ ...named(finding), action: 'clear' }, quiet)).rejects.toMatchObject({
      code: 'bad-parameter',
      hint: 'Possible: keep, leaveOut.',
    })
    await expect(
      project.engine.acceptFinding({ table: 'sales', id: 'nothing', column: null, action: 'keep' }, quiet),
    ).rejects.toMatchObject({ code: 'bad-parameter' })
    expect(await project.rows('SELECT count(*)::INTEGER FROM orders')).toEqual([[203]])
  })
})

describe('cells', () => {
  test('are put right as the finding proposes, and the ledger says what that does to the money', async () => {
    // The decimal sign was lost in every 20th price of products that otherwise cost about 4.5.
    const lines = salesLines([]).map((line, index) =>
      index > 0 && index % 20 === 0 ? line.replace(/(\d+)\.(\d\d)$/, '$1$2') : line,
    )
    const project = await textProject({ sales: { lines, kind: 'orders', roles } })
    const finding = findingOf(project.state, 'hundredfold')
    expect(finding).toMatchObject({ count: 10, column: 'price', actions: ['fix', 'keep', 'leaveOut', 'clear'] })
    const [, wrong] = (await total(project)) as [number, number]
    const state = await project.engine.acceptFinding({ ...named(finding), action: 'fix' }, quiet)
    const [count, right] = (await total(project)) as [number, number]
    expect(count).toBe(200)
    expect(right).toBeCloseTo(plainGross, 6)
    expect(state.ledger.balances).toBe(true)
    const entry = state.ledger.entries.find(({ id }) => id.startsWith('repair'))
    expect(entry).toMatchObject({ rows: 10, effect: 'changed' })
    expect(entry?.gross).toBeCloseTo(plainGross - wrong, 6)
    // The rows of the finding and of the ledger are those of the file.
    const rows = await project.engine.readFindingRows({ ...named(finding), offset: 0, limit: 1 }, quiet)
    expect(Number(rows.rows[0]?.at(-1))).toBeGreaterThan(100)
  })

  test('are emptied, and formula columns see it', async () => {
    const lines = salesLines([]).map((line, index) =>
      index > 0 && index % 20 === 0 ? line.replace(/\.(\d\d)$/, '$1') : line,
    )
    const project = await textProject({ sales: { lines, kind: 'orders', roles } })
    await project.engine.deriveColumn({ source: 'sales', name: 'double price', formula: 'price * 2' }, quiet)
    await project.engine.acceptFinding({ ...named(findingOf(project.state, 'hundredfold')), action: 'clear' }, quiet)
    const table = await project.rows('SELECT count(price)::INTEGER, count("double price")::INTEGER FROM raw.sales')
    expect(table).toEqual([[190, 190]])
  })

  test('of several decisions: a row that is left out is not counted as changed', async () => {
    const lines = salesLines(['o900,2024-05-01,c1,p1,-2,450', 'o901,2024-05-02,c2,p2,-3,4.50']).map((line, index) =>
      index > 0 && index < 201 && index % 20 === 0 ? line.replace(/\.(\d\d)$/, '$1') : line,
    )
    const project = await textProject({ sales: { lines, kind: 'orders', roles } })
    await project.engine.acceptFinding({ ...named(findingOf(project.state, 'hundredfold')), action: 'fix' }, quiet)
    const state = await project.engine.acceptFinding(
      { ...named(findingOf(project.state, 'negativeQuantity')), action: 'leaveOut' },
      quiet,
    )
    expect(state.ledger).toMatchObject({ rowsIn: 202, rowsUsed: 200, balances: true })
    const entries = state.ledger.entries.filter(({ id }) => id.startsWith('repair'))
    expect(entries.map(({ effect, rows }) => [effect, rows])).toEqual([
      ['changed', 10],
      ['removed', 2],
    ])
  })
})

test('an exchanged day and month is put right where it stands', async () => {
  // A file in the order of its days; in March to May the days up to the 12th were read the other way round.
  const days = Array.from({ length: 360 }, (_, index) => new Date(Date.UTC(2024, 0, 1 + index)))
  const written = days.map((day) => {
    const [month, date] = [day.getUTCMonth() + 1, day.getUTCDate()]
    const isSpoilt = month >= 3 && month <= 5 && date <= 12 && date !== month
    const two = (number: number): string => String(number).padStart(2, '0')
    return isSpoilt ? `2024-${two(date)}-${two(month)}` : `2024-${two(month)}-${two(date)}`
  })
  const project = await textProject({
    sales: {
      lines: [header, ...written.map((day, index) => `o${index},${day},c${index % 40},p${index % 7},2,4.25`)],
      kind: 'orders',
      roles,
    },
  })
  const finding = findingOf(project.state, 'exchangedDays')
  expect(finding.fix?.label).toBe('Exchange day and month')
  await project.engine.acceptFinding({ ...named(finding), action: 'fix' }, quiet)
  const wrong = await project.rows(
    "SELECT count(*)::INTEGER FROM raw.sales WHERE day <> DATE '2024-01-01' + CAST(source_row - 1 AS INTEGER)",
  )
  expect(wrong).toEqual([[0]])
})
