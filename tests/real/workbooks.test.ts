import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ourTexts, sheetJsTexts } from '../engine/import/workbooks/cellsOf'
import { dataPath, hasRealData } from './realData'

const workbooks = hasRealData
  ? readdirSync(dataPath(), { recursive: true, encoding: 'utf8' }).filter((name) => /\.xls[xm]$/i.test(name))
  : []

describe.skipIf(!hasRealData)('every cell of a real workbook is read as SheetJS reads it', () => {
  test.each(workbooks)('%s', async (name) => {
    const path = dataPath(name)
    const ours = await ourTexts(path)
    expect(Object.values(ours).flatMap((cells) => Object.keys(cells)).length).toBeGreaterThan(20)
    expect(ours).toEqual(sheetJsTexts(readFileSync(path)))
  })
})
