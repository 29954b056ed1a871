import { readZipText } from './zipEntries'

export interface SheetInfo {
  readonly name: string
  readonly hidden: boolean
}

/** The sheets of a workbook in the order of their tabs; undefined when the bytes are no workbook. */
export function listSheets(workbook: Buffer): SheetInfo[] | undefined {
  const xml = readWorkbookPart(workbook)
  if (xml === undefined) return undefined
  return [...xml.matchAll(/<(?:\w+:)?sheet\s([^>]*?)\/?>/g)].map(([, attributes = '']) => ({
    name: decodeXml(attribute(attributes, 'name') ?? ''),
    hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible',
  }))
}

function readWorkbookPart(workbook: Buffer): string | undefined {
  try {
    const relations = readZipText(workbook, '_rels/.rels')
    const target =
      relations === undefined ? undefined : /Target=["']\/?([^"']*workbook[^"']*\.xml)["']/.exec(relations)?.[1]
    return readZipText(workbook, target ?? 'xl/workbook.xml') ?? readZipText(workbook, 'xl/workbook.xml')
  } catch {
    return undefined
  }
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
