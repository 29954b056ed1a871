import { isUtf8 } from 'node:buffer'
import type { Encoding } from './textEncoding'

/** Turns the bytes of a file into text, piece by piece. */
export interface PieceDecoder {
  decode(bytes: Uint8Array): string
  /** What is left at the end. */
  end(): string
}

export function pieceDecoder(encoding: Encoding): PieceDecoder {
  if (encoding === 'mixed') return lineDecoder()
  const decoder = new TextDecoder(encoding)
  return { decode: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
}

const lineFeed = 0x0a

/** Every line in the encoding it is in: files put together from two systems are UTF-8 here and Windows-1252 there. */
function lineDecoder(): PieceDecoder {
  let rest: Buffer = Buffer.alloc(0)
  return {
    decode: (bytes) => {
      const all = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([rest, bytes])
      const end = all.lastIndexOf(lineFeed) + 1
      rest = all.subarray(end)
      return decodeLines(all.subarray(0, end))
    },
    end: () => decodeLines(rest),
  }
}

function decodeLines(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  const texts: string[] = []
  for (let from = 0; from < bytes.length; ) {
    const next = bytes.indexOf(lineFeed, from)
    const end = next === -1 ? bytes.length : next + 1
    const line = bytes.subarray(from, end)
    // A streaming decoder of Node 20 is the one that gives the signs of Windows-1252 between 0x80 and 0x9f.
    texts.push(isUtf8(line) ? line.toString('utf8') : new TextDecoder('windows-1252').decode(line, { stream: true }))
    from = end
  }
  return texts.join('')
}
