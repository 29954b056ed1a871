import { gzipSync } from 'node:zlib'
import { workbookFile } from '../engine/import/workbookFile'
import { corpus } from '../engine/import/workbooks/corpus'
import { type Chance, chanceOf } from './chance'
import { mutateBook } from './mutateBook'
import { mutateText } from './mutateText'
import { seedTexts } from './seedTexts'

export interface Mutant {
  readonly fileName: string
  readonly bytes: Buffer
}

const texts = seedTexts()

/** Workbooks with one sheet of orders and with two sheets, beside those that the reader of workbooks is tested with. */
const books: readonly Buffer[] = [
  workbookFile([
    {
      name: 'Orders',
      rows: [
        ['CustomerID', 'Date', 'Quantity', 'Price', 'Category'],
        ...Array.from({ length: 40 }, (_, i) => [
          `0${100 + (i % 7)}`,
          { days: 43466 + i },
          1 + (i % 5),
          i * 1.25,
          `Cat ${i % 3}`,
        ]),
      ],
    },
  ]),
  workbookFile([
    {
      name: 'Report',
      rows: [
        ['Sales of the year'],
        [],
        ['Month', 'GST', 'Total'],
        ['Jan', 0.1, 10],
        ['Feb', 0.18, 1200.5],
        ['Mar', 0.05, 7],
      ],
    },
    {
      name: 'Two',
      rows: [
        ['id', 'when'],
        ...Array.from({ length: 20 }, (_, i) => [i, i % 3 === 0 ? `${1 + i}/2/2019` : { days: 43500.5 + i }]),
      ],
    },
  ]),
  ...Object.entries(corpus)
    .filter(
      ([name, bytes]) =>
        bytes.length < 40_000 &&
        bytes.readUInt32LE(0) === 0x04034b50 &&
        !['gaps between cells', 'zip64'].includes(name),
    )
    .map(([, bytes]) => bytes),
]

/** The damaged file of a seed: the same bytes each time, where the same real files are at hand. */
export function makeMutant(seed: number): Mutant {
  const chance = chanceOf(seed)
  return chance.below(5) < 3 ? textMutant(chance) : bookMutant(chance)
}

function textMutant(chance: Chance): Mutant {
  const pick = (): Buffer => chance.oneOf(chance.onceIn(3) && texts.real.length > 0 ? texts.real : texts.generated)
  const text = pick()
  const bytes = mutateText(text, chance, pick())
  if (!chance.onceIn(25))
    return { fileName: `mutant.${chance.oneOf(['csv', 'csv', 'csv', 'txt', 'tsv', 'xlsx'])}`, bytes }
  const packed = gzipSync(bytes.length < 5_000_000 ? bytes : text)
  return { fileName: 'mutant.csv.gz', bytes: chance.onceIn(2) ? mutateText(packed, chance, text) : packed }
}

function bookMutant(chance: Chance): Mutant {
  const bytes = mutateBook(chance.oneOf(books), chance, chance.oneOf(books))
  return { fileName: `mutant.${chance.oneOf(['xlsx', 'xlsx', 'xlsx', 'csv', 'xlsm'])}`, bytes }
}
