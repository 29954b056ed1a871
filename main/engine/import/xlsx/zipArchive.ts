import { type FileHandle, open } from 'node:fs/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { Damage } from './damage'
import { readEntries, type ZipEntry } from './zipDirectory'

/** Below this a part may be packed as tightly as it likes; real sheets of this size stay far below the ratio. */
const unsuspiciousBytes = 256 * 1024 ** 2
const highestRatio = 400
const largestPartBytes = 16 * 1024 ** 3
const chunkBytes = 128 * 1024

/** A zip file on disk, of which only the list of its parts is in memory. */
export class ZipArchive {
  readonly #file: FileHandle
  readonly #size: number
  readonly #entries: ReadonlyMap<string, ZipEntry>

  private constructor(file: FileHandle, size: number, entries: readonly ZipEntry[]) {
    this.#file = file
    this.#size = size
    const byName = new Map<string, ZipEntry>()
    // Names of parts do not distinguish upper and lower case; exact ones win.
    for (const entry of entries) if (!byName.has(entry.name.toLowerCase())) byName.set(entry.name.toLowerCase(), entry)
    for (const entry of entries) byName.set(entry.name, entry)
    this.#entries = byName
  }

  /** @throws Damage when the file has no readable list of parts. */
  static async open(path: string): Promise<ZipArchive> {
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      return new ZipArchive(file, size, await readEntries(file, size))
    } catch (error) {
      await file.close()
      throw error
    }
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  has(name: string): boolean {
    return this.#entry(name) !== undefined
  }

  /** A small part in one piece; undefined when it is not there. */
  async read(name: string, mostBytes: number): Promise<Buffer | undefined> {
    if (!this.has(name)) return undefined
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of this.stream(name)) {
      length += chunk.length
      if (length > mostBytes) throw new Damage(`${name} is larger than ${mostBytes} bytes`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  }

  /**
   * The inflated bytes of a part, checked against the length and checksum the directory gives.
   * @throws Damage
   */
  async *stream(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entry(name)
    if (entry === undefined) throw new Damage(`${name} is missing`)
    let length = 0
    let checksum = 0
    for await (const chunk of await this.#unpack(entry)) {
      length += chunk.length
      if (length > unsuspiciousBytes && length > entry.packedBytes * highestRatio)
        throw new Damage(`${name} is packed more than ${highestRatio} times: it is not inflated any further`)
      if (length > Math.min(entry.plainBytes, largestPartBytes))
        throw new Damage(`${name} is longer than the ${entry.plainBytes} bytes it should have`)
      checksum = crc32(chunk, checksum)
      yield chunk
    }
    if (length !== entry.plainBytes) throw new Damage(`${name} has ${length} of ${entry.plainBytes} bytes`)
    if (checksum !== entry.checksum) throw new Damage(`${name} does not match its checksum`)
  }

  #entry(name: string): ZipEntry | undefined {
    return this.#entries.get(name) ?? this.#entries.get(name.toLowerCase())
  }

  async #unpack(entry: ZipEntry): Promise<AsyncIterable<Buffer>> {
    if (entry.isEncrypted) throw new Damage(`${entry.name} is encrypted`)
    if (entry.method !== 0 && entry.method !== 8)
      throw new Damage(`${entry.name} is packed with method ${entry.method}`)
    // The header before the data repeats name and extra field, with lengths of its own.
    const header = Buffer.alloc(30)
    const { bytesRead } = await this.#file.read(header, 0, 30, entry.offset)
    if (bytesRead < 30 || header.readUInt32LE(0) !== 0x04034b50)
      throw new Damage(`${entry.name} is not where it should be`)
    const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
    if (start + entry.packedBytes > this.#size) throw new Damage(`${entry.name} reaches beyond the end of the file`)
    const packed = this.#range(start, start + entry.packedBytes)
    return entry.method === 0 ? packed : inflated(packed)
  }

  async *#range(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, end - at))
      const { bytesRead } = await this.#file.read(chunk, 0, chunk.length, at)
      if (bytesRead === 0) throw new Damage('the file ends too early')
      at += bytesRead
      yield chunk.subarray(0, bytesRead)
    }
  }
}

/** Inflating happens on another thread, while the caller reads what came before. */
async function* inflated(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const stream = createInflateRaw({ chunkSize: chunkBytes })
  const fill = async (): Promise<void> => {
    for await (const chunk of packed) {
      if (stream.destroyed) return
      if (!stream.write(chunk)) await drained(stream)
    }
    stream.end()
  }
  const filled = fill().catch((error: Error) => void stream.destroy(error))
  try {
    for await (const chunk of stream) yield chunk as Buffer
  } catch (error) {
    throw error instanceof Damage ? error : new Damage(`cannot be inflated: ${String(error)}`)
  } finally {
    stream.destroy()
    await filled
  }
}

function drained(stream: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resume) => {
    const settle = (): void => {
      for (const event of events) stream.off(event, settle)
      resume()
    }
    const events = ['drain', 'close', 'error', 'end']
    for (const event of events) stream.on(event, settle)
  })
}
