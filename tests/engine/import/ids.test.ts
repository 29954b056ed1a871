import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from './importFolder'
import { workbookFile } from './workbookFile'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

describe('ids stay the texts they are', () => {
  test.each([
    { name: 'leading zeros', header: 'customer_id', ids: ['007', '7', '0070'] },
    { name: 'leading zeros under a header that names no id', header: 'batch', ids: ['007', '7', '0070'] },
    { name: 'twenty digits', header: 'Uid', ids: ['16174680259334210214', '16174680259334210215', '313578113262317'] },
    {
      name: 'nineteen digits under a header that names no id',
      header: 'thing',
      ids: ['2103807459595387724', '2103807459595387725'],
    },
    { name: 'powers of ten', header: 'sku', ids: ['1e5', '100000', '1E5', '10e4'] },
    { name: 'powers of ten under a header that names no id', header: 'batch', ids: ['1e5', '100000', '1E5', '10e4'] },
    { name: 'hexadecimal numbers', header: 'session_id', ids: ['0x1A', '26', '0b11', '3'] },
    { name: 'hexadecimal numbers under a header that names no id', header: 'batch', ids: ['0x1A', '26', '0b11', '3'] },
    { name: 'underscores', header: 'batch', ids: ['1_000', '1000', '10_00'] },
    { name: 'codes with a dash', header: 'store', ids: ['STA-004', 'STA-4', 'STA4'] },
    { name: 'letters in front', header: 'invoice', ids: ['C536379', '536379', 'A563185'] },
    { name: 'numbers with a dash', header: 'code', ids: ['00-12', '0-012', '12'] },
    { name: 'days as codes', header: 'sku', ids: ['20190101', '20190102', '20191399'] },
    { name: 'months as keys', header: 'month', ids: ['Jan', 'Feb', 'Mar', 'May', 'Dec'] },
    { name: 'words for nothing', header: 'customer_id', ids: ['NA', 'null', 'x'] },
  ])('$name: $ids', async ({ header, ids }) => {
    const rows = ids.map((id, index) => `${id},${index + 1}.5`)
    const imported = await files.importText(`${header},value\n${rows.join('\n')}\n`)
    expect(imported.values(header)).toEqual(ids)
    expect(['id', 'text']).toContain(imported.column(header).type)
    expect(imported.column(header).distinct).toBe(ids.length)
  })

  test('codes that come late do not become numbers, nor the numbers before them change', async () => {
    const early = Array.from({ length: 5000 }, (_, index) => String(index + 1))
    for (const late of ['0x10', '007', 'A17', '1e5', '16174680259334210214']) {
      const many = [...early, ...Array.from({ length: 400 }, (_, index) => (index === 0 ? late : `${late}${index}`))]
      const imported = await files.importText(`thing,n\n${many.map((id) => `${id},1`).join('\n')}\n`)
      expect(imported.values('thing'), late).toEqual(many)
    }
  })

  test('one code among thousands of numbers is either kept as text or told, never read as a number', async () => {
    for (const late of ['0x10', '007', 'A17', '1e5', '1_0', 'STA-004', 'Infinity', '12 34', '1-2']) {
      const many = [...Array.from({ length: 5000 }, (_, index) => String(index + 1)), late]
      const imported = await files.importText(`thing,n\n${many.map((id) => `${id},1`).join('\n')}\n`)
      const last = imported.values('thing').at(-1)
      if (typeof last === 'string') expect(last, late).toBe(late)
      else {
        expect(last, late).toBeNull()
        expect(imported.unreadable, late).toEqual([
          { column: 'thing', count: 1, examples: [{ row: 5001, value: late }] },
        ])
        expect(imported.findings, late).toMatchObject({ unreadable: 1 })
      }
    }
  })

  test('ids written with ".0" by a data frame lose it, and that is said', async () => {
    const imported = await files.importText('CustomerID,price\n17850.0,1\n13047.0,2\n,3\n')
    expect(imported.values('CustomerID')).toEqual(['17850', '13047', null])
    expect(imported.findings['wholeIds']).toBe(2)
  })

  test('ids a spreadsheet turned into powers of ten are a serious finding', async () => {
    const imported = await files.importText(
      'Buy Ts,Revenue,Uid\n01/06/2017 0:10,17,1.03293E+19\n13/06/2017 0:25,0.55,1.16273E+19\n',
    )
    expect(imported.values('Uid')).toEqual(['1.03293E+19', '1.16273E+19'])
    const finding = imported.description.findings.find(
      ({ column, severity }) => column === 'Uid' && severity === 'serious',
    )
    expect(finding).toMatchObject({ count: 2, examples: ['1.03293E+19'] })
  })

  test('long ids of a workbook, as text and as numbers', async () => {
    const path = files.file(
      'ids.xlsx',
      workbookFile([
        {
          name: 'Data',
          rows: [
            ['customer_id', 'n'],
            ['16174680259334210214', 1],
            ['007', 2],
            [17850, 3],
            [123456789012345, 4],
          ],
        },
      ]),
    )
    expect((await files.import(path)).values('customer_id')).toEqual([
      '16174680259334210214',
      '007',
      '17850',
      '123456789012345',
    ])
  })
})

const idText = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9]{1,24}$/),
  fc.stringMatching(/^0{0,3}[1-9]\d{0,21}$/),
  fc.stringMatching(/^\d{1,3}[eE]\d{1,3}$/),
  fc.stringMatching(/^0[xb][01]{1,8}$/),
  fc.stringMatching(/^[A-Z]{1,3}[-_ ./]\d{1,5}$/),
  fc.constantFrom('Jan', 'may', 'NA', 'nan', 'null', 'TRUE', 'inf', '-', 'ñ', '1,5', '"q"', "it's", '10%', '$5', '(3)'),
)

test('any ids: distinct ones stay distinct and every one comes back as written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(idText, { minLength: 2, maxLength: 30 }), async (ids) => {
      const rows = ids.map((id) => `2024-01-05,"${id.replaceAll('"', '""')}",1.5`)
      const imported = await files.importText(`day,customer_id,value\n${rows.join('\n')}\n`)
      expect(imported.values('customer_id')).toEqual(ids)
      expect(imported.column('customer_id').distinct).toBe(new Set(ids).size)
    }),
    { numRuns: 60, seed: 20_240_105 },
  )
})
