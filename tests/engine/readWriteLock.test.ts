import { expect, test } from 'vitest'
import { ReadWriteLock } from '../../main/engine/readWriteLock'

const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms))

test('readers share, a writer is alone, and a waiting writer goes before later readers', async () => {
  const lock = new ReadWriteLock()
  const seen: string[] = []
  const task = (name: string, ms: number) => async (): Promise<void> => {
    seen.push(`${name} starts`)
    await pause(ms)
    seen.push(`${name} ends`)
  }
  await Promise.all([
    lock.read(task('r1', 20)),
    lock.read(task('r2', 5)),
    lock.write(task('w', 5)),
    lock.read(task('r3', 1)),
  ])
  expect(seen).toEqual(['r1 starts', 'r2 starts', 'r2 ends', 'r1 ends', 'w starts', 'w ends', 'r3 starts', 'r3 ends'])
})

test('a failing writer lets the next one in', async () => {
  const lock = new ReadWriteLock()
  await expect(lock.write(() => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full')
  expect(await lock.write(async () => 'next')).toBe('next')
})
