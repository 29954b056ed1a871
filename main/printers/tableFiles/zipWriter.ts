import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import { AppError } from '../../../shared/errors'

interface WrittenEntry {
  readonly name: Buffer
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly at: number
}

/** Without zip64 no part of an archive may reach 4 GB. */
const largest = 0xffffffff
/** Sizes follow the content; names are UTF-8. */
const entryFlags = 0x0808
const deflated = 8
/** 1 January 1980: the same content gives the same file. */
const fixedDay = 0x21

/** Writes a zip archive from texts of any length, one entry after the other, holding none of them in memory. */
export class ZipWriter {
  readonly #target: Writable
  readonly #entries: WrittenEntry[] = []
  #at = 0

  constructor(target: Writable) {
    this.#target = target
  }

  /**
   * One entry; `fill` writes its text piece by piece.
   * @throws AppError `bad-parameter` when the entry outgrows the format.
   */
  async add(name: string, fill: (write: (text: string) => Promise<void>) => Promise<void>): Promise<void> {
    const at = this.#at
    const encoded = Buffer.from(name, 'utf8')
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(entryFlags, 6)
    head.writeUInt16LE(deflated, 8)
    head.writeUInt16LE(fixedDay, 12)
    head.writeUInt16LE(encoded.length, 26)
    await this.#write(Buffer.concat([head, encoded]))
    const { crc, size, packed } = await this.#deflate(fill)
    const tail = Buffer.alloc(16)
    tail.writeUInt32LE(0x08074b50, 0)
    tail.writeUInt32LE(crc, 4)
    tail.writeUInt32LE(packed, 8)
    tail.writeUInt32LE(size, 12)
    await this.#write(tail)
    this.#entries.push({ name: encoded, crc, packed, size, at })
  }

  /** Writes the list of entries; the archive is complete then. */
  async finish(): Promise<void> {
    const start = this.#at
    for (const { name, crc, packed, size, at } of this.#entries) {
      const head = Buffer.alloc(46)
      head.writeUInt32LE(0x02014b50, 0)
      head.writeUInt16LE(20, 4)
      head.writeUInt16LE(20, 6)
      head.writeUInt16LE(entryFlags, 8)
      head.writeUInt16LE(deflated, 10)
      head.writeUInt16LE(fixedDay, 14)
      head.writeUInt32LE(crc, 16)
      head.writeUInt32LE(packed, 20)
      head.writeUInt32LE(size, 24)
      head.writeUInt16LE(name.length, 28)
      head.writeUInt32LE(at, 42)
      await this.#write(Buffer.concat([head, name]))
    }
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(this.#entries.length, 8)
    end.writeUInt16LE(this.#entries.length, 10)
    end.writeUInt32LE(this.#at - start, 12)
    end.writeUInt32LE(start, 16)
    await this.#write(end)
  }

  async #deflate(
    fill: (write: (text: string) => Promise<void>) => Promise<void>,
  ): Promise<{ crc: number; size: number; packed: number }> {
    const deflate = createDeflateRaw({ level: 3 })
    let packed = 0
    const drained = (async () => {
      for await (const piece of deflate as AsyncIterable<Buffer>) {
        packed += piece.length
        await this.#write(piece)
      }
    })()
    // Awaited below; until then a failure must not count as unhandled.
    drained.catch(() => undefined)
    let crc = 0
    let size = 0
    try {
      await fill(async (text) => {
        const piece = Buffer.from(text, 'utf8')
        crc = crc32(piece, crc)
        size += piece.length
        if (size > largest || this.#at > largest) throw tooLarge()
        if (!deflate.write(piece)) await Promise.race([once(deflate, 'drain'), drained])
      })
      deflate.end()
      await drained
    } catch (error) {
      deflate.destroy()
      throw error
    }
    return { crc, size, packed }
  }

  async #write(piece: Buffer): Promise<void> {
    this.#at += piece.length
    if (!this.#target.write(piece)) await once(this.#target, 'drain')
  }
}

function tooLarge(): AppError {
  return new AppError('bad-parameter', 'This is more than a workbook can hold.', {
    hint: 'Write it as CSV or Parquet, or show fewer rows or columns.',
  })
}
