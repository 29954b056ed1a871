import { TextDecoder } from 'node:util'
import { Damage } from './damage'

/** XML as UTF-8, whatever it was written in: nearly always it is UTF-8 already and passes through. */
export async function* utf8Of(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | undefined
  let isFirst = true
  for await (const chunk of chunks) {
    if (isFirst) {
      decoder = decoderFor(chunk)
      isFirst = false
      if (decoder === undefined && chunk.subarray(0, 3).toString('hex') === 'efbbbf') {
        yield chunk.subarray(3)
        continue
      }
    }
    yield decoder === undefined ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }))
  }
  if (decoder !== undefined) yield Buffer.from(decoder.decode())
}

/** By the mark at the beginning, the zero bytes of UTF-16, or what the XML declares. */
function decoderFor(start: Buffer): TextDecoder | undefined {
  const magic = start.subarray(0, 2).toString('hex')
  if (magic === 'fffe' || magic === '3c00') return new TextDecoder('utf-16le')
  if (magic === 'feff' || magic === '003c') return new TextDecoder('utf-16be')
  const declared = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start.toString('latin1', 0, 200))?.[1]
  if (declared === undefined || /^(utf-?8|us-ascii|ascii|utf-?16)$/i.test(declared)) return undefined
  try {
    return new TextDecoder(declared)
  } catch {
    throw new Damage(`the XML is written in an unknown encoding (${declared})`)
  }
}
