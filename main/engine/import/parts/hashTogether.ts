import { createHash } from 'node:crypto'

/** One hash for several files, whatever their order. */
export function hashTogether(hashes: readonly string[]): string {
  return createHash('sha256')
    .update([...hashes].sort().join('\n'))
    .digest('hex')
}
