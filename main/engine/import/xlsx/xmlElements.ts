import { closed, finished, needMore, opened, XmlScanner } from './xmlScanner'
import { decodeEntities } from './xmlText'

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string
  /** Name of the element around it; empty for the first one. */
  readonly parent: string
  /** By name without prefix; `r:id` and `id` are the same here. */
  readonly attributes: ReadonlyMap<string, string>
}

/** The elements of a small part, in order. */
export function* elementsOf(xml: Buffer): Generator<XmlElement> {
  const scanner = new XmlScanner()
  scanner.feed(xml)
  scanner.endOfInput()
  const path: string[] = []
  for (;;) {
    const found = scanner.next()
    if (found === finished || found === needMore) return
    if (found === closed) path.pop()
    if (found !== opened) continue
    const name = stringOf(scanner, scanner.nameStart, scanner.nameEnd)
    const parent = path.at(-1) ?? ''
    path.push(name)
    yield { name, parent, attributes: attributesOf(scanner) }
  }
}

function attributesOf(scanner: XmlScanner): Map<string, string> {
  const attributes = new Map<string, string>()
  while (scanner.nextAttribute()) {
    const name = stringOf(scanner, scanner.attributeStart, scanner.attributeEnd)
    if (name.startsWith('xmlns')) continue
    attributes.set(
      name.slice(name.indexOf(':') + 1),
      decodeEntities(stringOf(scanner, scanner.valueStart, scanner.valueEnd)),
    )
  }
  return attributes
}

const stringOf = ({ bytes }: XmlScanner, start: number, end: number): string =>
  Buffer.from(bytes.subarray(start, end)).toString('utf8')
