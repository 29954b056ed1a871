import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, type RunningEngine } from '../../../main/engine/engine'
import { quiet } from '../smallShop'

export interface GridShop {
  readonly folder: string
  readonly engine: RunningEngine
  close(): void
}

/** Twelve parts: ids of twenty digits and with zeros in front, texts that look like formulas, gaps. */
const parts = [
  'part_id,name,category,price,stock,added_on,note',
  '00012345678901234567,=1+1,Kitchen,12.50,3,2024-01-01,',
  '00012345678901234568,"Lamp, small",Kitchen,9.99,0,2024-01-05,fragile',
  '00012345678901234569,Lamp LARGE,Light,49.00,12,2024-01-31,',
  '00012345678901234570,@cmd,Light,5.00,7,2024-02-01,',
  '00012345678901234571,Chair,Garden,89.90,1,2024-02-29,heavy',
  '00012345678901234572,Chair,Garden,79.90,2,2024-03-01,heavy',
  '00012345678901234573,Table,Garden,,4,2024-03-05,heavy',
  '00012345678901234574,Bowl,Kitchen,3.25,40,2024-03-09,',
  '00012345678901234575,Spoon,Kitchen,1.10,300,2024-03-10,',
  '00012345678901234576,Fork,Kitchen,1.10,280,2024-03-10,',
  '00012345678901234577,Knife,,2.20,150,2024-03-11,sharp',
  '00012345678901234578,"Multi\nline",Kitchen,4.40,15,,',
]

const sales = [
  'customer_id,order_id,order_date,product_id,quantity,unit_price',
  'C1,A1,2024-01-30,00012345678901234567,2,10.00',
  'C2,A2,2024-01-31,00012345678901234568,1,20.00',
  'C1,A3,2024-02-29,00012345678901234567,4,5.00',
]

/** A project of parts and three order lines (gross 2 × 10 + 1 × 20 + 4 × 5 = 60). */
export async function gridShop(): Promise<GridShop> {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-grid-'))
  writeFileSync(join(folder, 'parts.csv'), `${parts.join('\n')}\n`)
  writeFileSync(join(folder, 'sales.csv'), `${sales.join('\n')}\n`)
  const engine = createEngine({ tempFolder: join(folder, 'temp') })
  await engine.handlers.createProject(
    {
      folder: join(folder, 'project'),
      name: 'parts',
      sources: [
        { path: join(folder, 'parts.csv'), kind: 'other' },
        { path: join(folder, 'sales.csv'), kind: 'orders' },
      ],
    },
    quiet,
  )
  return {
    folder,
    engine,
    close: () => {
      engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
