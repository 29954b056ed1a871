import { kindOfBuiltin, kindOfFormat, type NumberKind } from './numberFormats'
import { elementsOf } from './xmlElements'

/** What the numbers of a workbook stand for, by the style of their cell. */
export interface CellFormats {
  kindOf(style: number): NumberKind
}

export const noFormats: CellFormats = { kindOf: () => 'number' }

/** Reads the number formats out of `styles.xml`. */
export function readFormats(xml: Buffer): CellFormats {
  const codes = new Map<number, string>()
  const kinds: NumberKind[] = []
  for (const { name, parent, attributes } of elementsOf(xml)) {
    if (name === 'numFmt' && parent === 'numFmts')
      codes.set(Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? '')
    if (name !== 'xf' || parent !== 'cellXfs') continue
    const id = Number(attributes.get('numFmtId') ?? 0)
    const code = codes.get(id)
    kinds.push(code === undefined ? kindOfBuiltin(id) : kindOfFormat(code))
  }
  return { kindOf: (style) => kinds[style] ?? 'number' }
}
