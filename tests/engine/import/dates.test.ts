import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Imported, type ImportFolder, importFolder } from './importFolder'
import { workbookFile } from './workbookFile'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

/** A column of dates beside another one, separated by tabs so that any sign may stand in them. */
function datesOf(texts: readonly string[], choices: Readonly<Record<string, string>> = {}): Promise<Imported> {
  return files.importText(`name\tday\n${texts.map((text, index) => `n${index}\t${text}`).join('\n')}\n`, choices)
}

describe('days as people write them', () => {
  test.each([
    { texts: ['2019-01-31', '2019-02-01'], format: 'yyyy-MM-dd' },
    { texts: ['20190131', '20190201'], format: 'yyyyMMdd' },
    { texts: ['2019/01/31', '2019/2/1'], format: 'yyyy/M/d' },
    { texts: ['2019.01.31', '2019.02.01'], format: 'yyyy.M.d' },
    { texts: ['1/31/2019', '2/1/2019'], format: 'M/d/yyyy' },
    { texts: ['31/1/2019', '1/2/2019'], format: 'd/M/yyyy' },
    { texts: ['01-31-2019', '02-01-2019'], format: 'M-d-yyyy' },
    { texts: ['31-01-2019', '01-02-2019'], format: 'd-M-yyyy' },
    { texts: ['31.01.2019', '1.2.2019'], format: 'd.M.yyyy' },
    { texts: ['1/31/19', '2/1/19'], format: 'M/d/yy' },
    { texts: ['31/1/19', '1/2/19'], format: 'd/M/yy' },
    { texts: ['31.01.19', '01.02.19'], format: 'd.M.yy' },
    { texts: ['31-Jan-2019', '1-Feb-2019'], format: 'd MMM yyyy' },
    { texts: ['31 January 2019', '1 February 2019'], format: 'd MMM yyyy' },
    { texts: ['31-Jan-19', '01-Feb-19'], format: 'd MMM yy' },
    { texts: ['Jan 31, 2019', 'Feb 1, 2019'], format: 'MMM d yyyy' },
    { texts: ['31 de enero de 2019', '1 de febrero de 2019'], format: 'd MMM yyyy' },
  ])('$texts', async ({ texts, format }) => {
    const imported = await datesOf(texts)
    expect(imported.column('day')).toMatchObject({ type: 'date', format })
    expect(imported.values('day')).toEqual(['2019-01-31', '2019-02-01'])
    expect(imported.description.choices).toEqual([])
    expect(imported.unreadable).toEqual([])
  })

  test('every month by its English and its Spanish name', async () => {
    const english = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
    const spanish = [
      'enero',
      'febrero',
      'marzo',
      'abril',
      'mayo',
      'junio',
      'julio',
      'agosto',
      'septiembre',
      'octubre',
      'noviembre',
      'diciembre',
    ]
    const wanted = english.map((_, month) => `2019-${String(month + 1).padStart(2, '0')}-15`)
    expect((await datesOf(english.map((month) => `15-${month}-2019`))).values('day')).toEqual(wanted)
    expect((await datesOf(spanish.map((month) => `15 de ${month} de 2019`))).values('day')).toEqual(wanted)
    expect((await datesOf(spanish.map((month) => `15-${month.slice(0, 3)}-19`))).values('day')).toEqual(wanted)
  })

  test('dates written as numbers are said to be', async () => {
    const imported = await datesOf(['20190101', '20191231'])
    expect(imported.findings['integerDates']).toBe(2)
  })

  test('numbers of eight digits that are no days stay numbers', async () => {
    const imported = await datesOf(['20190101', '20194599', '99999999', '12345678'])
    expect(imported.column('day').type).not.toBe('date')
  })

  test('a day that does not exist is counted, not moved', async () => {
    const imported = await datesOf([
      ...Array.from({ length: 40 }, (_, index) => `2019-01-${String(1 + (index % 28)).padStart(2, '0')}`),
      '2019-02-30',
    ])
    expect(imported.values('day').at(-1)).toBeNull()
    expect(imported.unreadable).toEqual([{ column: 'day', count: 1, examples: [{ row: 41, value: '2019-02-30' }] }])
  })

  test('a year of two digits among years of four is not the year 19', async () => {
    const imported = await datesOf([
      ...Array.from({ length: 40 }, (_, index) => `1/${13 + (index % 15)}/2019`),
      '1/14/19',
    ])
    expect([null, '2019-01-14']).toContain(imported.values('day').at(-1))
    if (imported.values('day').at(-1) === null) expect(imported.unreadable[0]?.count).toBe(1)
  })
})

describe('times', () => {
  test.each([
    { texts: ['2019-10-01 00:00:05', '2019-10-01 13:30:00'] },
    { texts: ['2019-10-01 00:00:05 UTC', '2019-10-01 13:30:00 UTC'] },
    { texts: ['2019-10-01T00:00:05Z', '2019-10-01T13:30:00Z'] },
    { texts: ['2019-10-01T00:00:05.123Z', '2019-10-01T13:30:00.000Z'] },
    { texts: ['2019-10-01T00:00:05+02:00', '2019-10-01T13:30:00+02:00'] },
    { texts: ['10/1/2019 0:00:05', '10/1/2019 13:30:00', '10/13/2019 8:00:00'] },
    { texts: ['1/10/2019 0:00:05', '1/10/2019 13:30:00', '13/10/2019 8:00:00'] },
    { texts: ['10/1/2019 12:00:05 AM', '10/1/2019 1:30:00 PM', '10/13/2019 8:00:00 AM'] },
    { texts: ['01.10.2019 00:00:05', '01.10.2019 13:30:00', '13.10.2019 08:00:00'] },
  ])('$texts', async ({ texts }) => {
    const imported = await datesOf(texts)
    expect(imported.column('day').type).toBe('timestamp')
    expect(imported.values('day').map((value) => String(value).replace(/\.\d+$/, ''))).toEqual(
      ['2019-10-01 00:00:05', '2019-10-01 13:30:00', '2019-10-13 08:00:00'].slice(0, texts.length),
    )
    expect(imported.unreadable).toEqual([])
  })

  test.each([
    ['2019-10-01 00:05', '2019-10-01 13:30'],
    ['2019-10-01 0:05', '2019-10-01 13:30'],
    ['2019-10-01 00:05 UTC', '2019-10-01 13:30 UTC'],
    ['2019-10-1 0:05:00 UTC', '2019-10-01 13:30:00 UTC'],
  ])('without seconds, or with short hours: %s', async (...texts) => {
    const imported = await datesOf(texts)
    expect(imported.values('day')).toEqual(['2019-10-01 00:05:00', '2019-10-01 13:30:00'])
  })

  test('a zone is said, and its clock kept', async () => {
    const imported = await datesOf(['2019-10-01 00:00:05 UTC', '2019-10-01 13:30:00 UTC'])
    expect(imported.description.findings.find(({ id }) => id === 'timeZone')).toMatchObject({
      count: 2,
      examples: ['UTC'],
    })
  })

  test('clocks that begin behind the first 2,000 rows are not cut off', async () => {
    const days = Array.from({ length: 3000 }, (_, index) => `2019-01-${String(1 + (index % 28)).padStart(2, '0')}`)
    const imported = await datesOf([...days, '2019-02-01 23:59:59', '2019-02-02 12:00:00'])
    expect(imported.column('day').type).toBe('timestamp')
    expect(imported.values('day').slice(-2)).toEqual(['2019-02-01 23:59:59', '2019-02-02 12:00:00'])
  })

  test('seconds since 1970 under a header that speaks of time', async () => {
    const imported = await files.importText('name,event_time\na,1546300800\nb,1546387199\n')
    expect(imported.values('event_time')).toEqual(['2019-01-01 00:00:00', '2019-01-01 23:59:59'])
    expect(imported.findings['countedDates']).toBe(2)
  })

  test('days counted by a spreadsheet under a header that speaks of dates, also where a clock comes late', async () => {
    const imported = await files.importText(
      `name,date\n${Array.from({ length: 2500 }, (_, index) => `n${index},${43466 + (index % 300)}`).join('\n')}\nlast,43466.75\n`,
    )
    expect(imported.values('date')[0]).toMatch(/^2019-01-01/)
    // Three quarters of the day are gone: the afternoon of 1 January, never the next day.
    const last = imported.values('date').at(-1)
    if (last === null) expect(imported.unreadable[0]?.count).toBe(1)
    else expect(last).toMatch(/^2019-01-01/)
  })
})

describe('month first or day first', () => {
  test('a single late row proves it', async () => {
    const days = Array.from({ length: 6000 }, (_, index) => `${1 + (index % 12)}/${1 + (index % 11)}/2019`)
    const monthFirst = await datesOf([...days, '12/31/2019'])
    expect(monthFirst.column('day').format).toBe('M/d/yyyy')
    expect(monthFirst.values('day').at(-1)).toBe('2019-12-31')
    expect(monthFirst.values('day')[1]).toBe('2019-02-02')
    expect(monthFirst.values('day')[12]).toBe('2019-01-02')
    expect(monthFirst.description.choices).toEqual([])
    const dayFirst = await datesOf([...days, '31/12/2019'])
    expect(dayFirst.column('day').format).toBe('d/M/yyyy')
    expect(dayFirst.values('day')[12]).toBe('2019-02-01')
    expect(dayFirst.unreadable).toEqual([])
  })

  test('is asked when no row proves it, and the answer changes the days', async () => {
    const texts = ['1/2/2019', '3/4/2019', '12/11/2019']
    const asked = await datesOf(texts)
    const [choice] = asked.description.choices
    expect(choice).toMatchObject({ key: `${asked.description.name}.day.dateOrder`, decidedBy: 'default' })
    expect(choice?.options.map(({ key }) => key)).toEqual(['monthFirst', 'dayFirst'])
    expect(asked.findings['dateOrder']).toBe(3)
    const monthFirst = await datesOf(texts, { 'day.dateOrder': 'monthFirst' })
    expect(monthFirst.values('day')).toEqual(['2019-01-02', '2019-03-04', '2019-12-11'])
    const dayFirst = await datesOf(texts, { 'day.dateOrder': 'dayFirst' })
    expect(dayFirst.values('day')).toEqual(['2019-02-01', '2019-04-03', '2019-11-12'])
    expect([monthFirst.values('day'), dayFirst.values('day')]).toContainEqual(asked.values('day'))
  })

  test('days of the same month and day need no answer to be right', async () => {
    expect((await datesOf(['1/1/2019', '2/2/2019'])).values('day')).toEqual(['2019-01-01', '2019-02-02'])
  })

  test('is taken from another column that proves it', async () => {
    const imported = await files.importText('ordered\tshipped\n1/2/2019\t13/2/2019\n3/4/2019\t25/4/2019\n')
    expect(imported.values('ordered')).toEqual(['2019-02-01', '2019-04-03'])
    expect(imported.values('shipped')).toEqual(['2019-02-13', '2019-04-25'])
  })

  test('rows that prove both orders are a serious finding', async () => {
    const usual = Array.from({ length: 100 }, (_, index) => `1/${13 + (index % 18)}/2019`)
    const imported = await datesOf([...usual, '25/1/2019', '26/1/2019'])
    expect(imported.values('day').slice(-2)).toEqual([null, null])
    expect(imported.unreadable[0]).toMatchObject({ column: 'day', count: 2 })
    expect(imported.description.findings.find(({ id }) => id === 'mixedOrder')).toMatchObject({
      severity: 'serious',
      count: 2,
    })
  })
})

describe('a workbook whose date cells have day and month swapped', () => {
  const start = 43466
  // 1 January to 28 February 2019 written month first, read by a spreadsheet that expects the day first.
  const truth = Array.from({ length: 59 }, (_, index) => new Date(Date.UTC(2019, 0, 1 + index)))
  const cells = truth.map((date) => {
    const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()]
    if (day > 12) return `${month}/${day}/2019`
    return { days: start + (Date.UTC(2019, day - 1, month) - Date.UTC(2019, 0, 1)) / 86_400_000 }
  })
  const wanted = truth.map((date) => date.toISOString().slice(0, 10))
  const path = (): string =>
    files.file(
      'spend.xlsx',
      workbookFile([{ name: 'Sheet1', rows: [['Date', 'Spend'], ...cells.map((cell, index) => [cell, index])] }]),
    )

  test('is found and repaired by default', async () => {
    const imported = await files.import(path())
    expect(imported.values('Date')).toEqual(wanted)
    expect(imported.description.findings.find(({ id }) => id === 'swappedDays')).toMatchObject({
      severity: 'serious',
      count: 24,
    })
    expect(imported.description.choices).toEqual([
      expect.objectContaining({ key: 'spend.Date.swappedDays', chosen: 'repair', decidedBy: 'default' }),
    ])
  })

  test('can be believed as it is', async () => {
    const imported = await files.import(path(), { choices: { 'Date.swappedDays': 'keep' } })
    // 2 January was taken for 1 February.
    expect(imported.values('Date')[1]).toBe('2019-02-01')
    expect(imported.values('Date')[12]).toBe('2019-01-13')
    const repaired = await files.import(path(), { choices: { 'Date.swappedDays': 'repair' } })
    expect(repaired.values('Date')).toEqual(wanted)
  })
})

test('real date cells beside dates as text are both read', async () => {
  const path = files.file(
    'mixed.xlsx',
    workbookFile([
      {
        name: 'Data',
        rows: [
          ['Date', 'n'],
          [{ days: 43466 }, 1],
          [{ days: 43496 }, 2],
          ['2/1/2019', 3],
          ['2/28/2019', 4],
        ],
      },
    ]),
  )
  const imported = await files.import(path)
  expect(imported.values('Date')).toEqual(['2019-01-01', '2019-01-31', '2019-02-01', '2019-02-28'])
})
