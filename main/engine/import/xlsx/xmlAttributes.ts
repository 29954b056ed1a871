import { wholeNumber } from './cellValues'
import type { XmlScanner } from './xmlScanner'
import { decodeEntities } from './xmlText'

/** Whether the attribute the scanner is at has this name. */
export function attributeIs({ bytes, attributeStart, attributeEnd }: XmlScanner, name: Uint8Array): boolean {
  if (attributeEnd - attributeStart !== name.length) return false
  for (let index = 0; index < name.length; index += 1) if (bytes[attributeStart + index] !== name[index]) return false
  return true
}

export const valueText = ({ bytes, valueStart, valueEnd }: XmlScanner): string =>
  decodeEntities(Buffer.from(bytes.subarray(valueStart, valueEnd)).toString('utf8'))

export const valueNumber = ({ bytes, valueStart, valueEnd }: XmlScanner): number =>
  wholeNumber(bytes, valueStart, valueEnd)

export const isYes = (text: string): boolean => /^(1|true|on)$/i.test(text)
