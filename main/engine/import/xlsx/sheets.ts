import { posix } from 'node:path'
import { readZipText } from './zipEntries'

export interface SheetInfo {
  readonly name: string
  readonly hidden: boolean
  /** Where pivot tables stand in it, as ranges like A3:D9. */
  readonly pivots: readonly string[]
  /** A chart on a tab of its own has no cells. */
  readonly isChart: boolean
}

/** The sheets of a workbook in the order of their tabs; undefined when the bytes are no workbook. */
export function listSheets(workbook: Buffer): SheetInfo[] | undefined {
  const home = mainPart(workbook)
  const xml = home === undefined ? undefined : readPart(workbook, home)
  if (home === undefined || xml === undefined) return undefined
  const targets = relationsOf(workbook, home)
  return elements(xml, 'sheet').map((attributes) => {
    const id = /(?:^|\s)[\w]*:?id=["']([^"']*)["']/.exec(attributes.replace(/sheetId=/, 'number='))?.[1] ?? ''
    const part = targets.find((relation) => relation.id === id)
    return {
      name: decodeXml(attribute(attributes, 'name') ?? ''),
      hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible',
      pivots: part === undefined ? [] : pivotsOf(workbook, part.target),
      isChart: part?.type.endsWith('/chartsheet') ?? false,
    }
  })
}

interface Relation {
  readonly id: string
  readonly type: string
  readonly target: string
}

function mainPart(workbook: Buffer): string | undefined {
  const office = relationsOf(workbook, '').find((relation) => relation.type.endsWith('/officeDocument'))
  if (office !== undefined) return office.target
  return readPart(workbook, 'xl/workbook.xml') === undefined ? undefined : 'xl/workbook.xml'
}

/** What a part points to, with paths from the root of the package. */
function relationsOf(workbook: Buffer, part: string): Relation[] {
  const folder = posix.dirname(part)
  const xml = readPart(
    workbook,
    posix.join(part === '' ? '' : folder, '_rels', `${part === '' ? '' : posix.basename(part)}.rels`),
  )
  return elements(xml ?? '', 'Relationship').map((attributes) => {
    const target = decodeXml(attribute(attributes, 'Target') ?? '')
    return {
      id: attribute(attributes, 'Id') ?? '',
      type: attribute(attributes, 'Type') ?? '',
      target: target.startsWith('/') ? target.slice(1) : posix.normalize(posix.join(part === '' ? '' : folder, target)),
    }
  })
}

function pivotsOf(workbook: Buffer, sheetPart: string): string[] {
  return relationsOf(workbook, sheetPart)
    .filter((relation) => relation.type.endsWith('/pivotTable'))
    .flatMap((relation) => {
      const [location] = elements(readPart(workbook, relation.target) ?? '', 'location')
      const range = location === undefined ? undefined : attribute(location, 'ref')
      return range === undefined ? [] : [range]
    })
}

function readPart(workbook: Buffer, name: string): string | undefined {
  try {
    return readZipText(workbook, name)
  } catch {
    // A part that cannot be inflated is as good as absent; the sheet's own reader reports what is damaged.
    return undefined
  }
}

/** The attributes of every element of that name, whatever its namespace prefix. */
function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}\\s([^>]*?)/?>`, 'g'))].map(([, attributes = '']) => attributes)
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}=(?:"([^"]*)"|'([^']*)')`).exec(attributes)
  return found?.[1] ?? found?.[2]
}

function decodeXml(text: string): string {
  return text
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, decimal: string) => String.fromCodePoint(Number(decimal)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}
