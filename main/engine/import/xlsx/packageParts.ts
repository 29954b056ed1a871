import { posix } from 'node:path'
import { Damage } from './damage'
import { elementsOf } from './xmlElements'
import { utf8Of } from './xmlEncoding'
import type { ZipArchive } from './zipArchive'

/** A sheet as a person sees it on its tab. */
export interface SheetInfo {
  readonly name: string
  readonly hidden: boolean
  /** Where pivot tables stand in it, as ranges like A3:D9. */
  readonly pivots: readonly string[]
  /** A chart on a tab of its own has no cells. */
  readonly isChart: boolean
}

/** Where the parts of a workbook are in its package. */
export interface WorkbookParts {
  readonly date1904: boolean
  /** In the order of the tabs. */
  readonly sheets: readonly (SheetInfo & { readonly part: string | undefined })[]
  readonly strings: string | undefined
  readonly styles: string | undefined
}

/** A part that lists things; sheets and shared strings are streamed instead. */
const largestPart = 64 * 1024 ** 2

/** @throws Damage when the package has no workbook in it. */
export async function readWorkbookParts(archive: ZipArchive): Promise<WorkbookParts> {
  const home = await mainPart(archive)
  const xml = await readPart(archive, home)
  if (xml === undefined) throw new Damage(`${home} is missing`)
  const relations = await relationsOf(archive, home)
  const found = [...elementsOf(xml)]
  const properties = found.find(({ name }) => name === 'workbookPr')?.attributes
  const listed = found.filter(({ name, parent }) => name === 'sheet' && parent === 'sheets')
  const names = sheetNames(listed.map(({ attributes }) => attributes.get('name') ?? ''))
  return {
    date1904: /^(1|true|on)$/i.test(properties?.get('date1904') ?? ''),
    sheets: await Promise.all(
      listed.map(async ({ attributes }, index) => {
        const relation = relations.find(({ id }) => id === attributes.get('id'))
        return {
          name: names[index] ?? '',
          hidden: (attributes.get('state') ?? 'visible') !== 'visible',
          pivots: relation === undefined ? [] : await pivotsOf(archive, relation.target),
          isChart: relation !== undefined && !relation.type.endsWith('/worksheet'),
          part: relation?.target,
        }
      }),
    ),
    strings: relations.find(({ type }) => type.endsWith('/sharedStrings'))?.target,
    styles: relations.find(({ type }) => type.endsWith('/styles'))?.target,
  }
}

/** Sheets are found again by their names, so that each of a damaged workbook must have one, and one of its own. */
export function sheetNames(written: readonly string[]): string[] {
  const taken = new Set<string>()
  return written.map((text, index) => {
    const base = text.replaceAll('\0', '').trim() === '' ? `Sheet ${index + 1}` : text.replaceAll('\0', '')
    let name = base
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base} (${number})`
    taken.add(name.toLowerCase())
    return name
  })
}

/** A listing part as UTF-8; undefined when it is not there. */
export async function readPart(archive: ZipArchive, name: string): Promise<Buffer | undefined> {
  const bytes = await archive.read(name, largestPart)
  if (bytes === undefined) return undefined
  const pieces: Buffer[] = []
  for await (const piece of utf8Of([bytes])) pieces.push(piece)
  return Buffer.concat(pieces)
}

interface Relation {
  readonly id: string
  readonly type: string
  readonly target: string
}

async function mainPart(archive: ZipArchive): Promise<string> {
  const office = (await relationsOf(archive, '')).find(({ type }) => type.endsWith('/officeDocument'))
  return office !== undefined && archive.has(office.target) ? office.target : 'xl/workbook.xml'
}

/** What a part points to, with paths from the root of the package. */
async function relationsOf(archive: ZipArchive, part: string): Promise<Relation[]> {
  const folder = part === '' ? '' : posix.dirname(part)
  const xml = await readPart(archive, posix.join(folder, '_rels', `${part === '' ? '' : posix.basename(part)}.rels`))
  if (xml === undefined) return []
  return [...elementsOf(xml)]
    .filter(({ name }) => name === 'Relationship')
    .map(({ attributes }) => {
      const target = (attributes.get('Target') ?? '').replaceAll('\\', '/')
      return {
        id: attributes.get('Id') ?? '',
        type: attributes.get('Type') ?? '',
        target: target.startsWith('/') ? target.slice(1) : posix.normalize(posix.join(folder, target)),
      }
    })
}

async function pivotsOf(archive: ZipArchive, sheetPart: string): Promise<string[]> {
  try {
    const pivots = (await relationsOf(archive, sheetPart)).filter(({ type }) => type.endsWith('/pivotTable'))
    const parts = await Promise.all(pivots.map(({ target }) => readPart(archive, target)))
    return parts.flatMap((xml) => {
      const location = xml === undefined ? undefined : [...elementsOf(xml)].find(({ name }) => name === 'location')
      return location?.attributes.get('ref') ?? []
    })
  } catch (error) {
    // Where a pivot stands is good to know; a sheet can be read without it.
    if (error instanceof Damage) return []
    throw error
  }
}
