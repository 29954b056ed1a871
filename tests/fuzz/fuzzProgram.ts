// A program of its own, so that a crash, an endless loop or too much memory ends it alone. `npm run fuzz` starts it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeMutant } from './makeMutant'
import { openMutantReader } from './readMutant'

const [first = 1, count = 1, projectEvery = 40] = process.argv.slice(2, 5).map(Number)
const keepIn = process.argv[5]

const reader = await openMutantReader()
const send = (message: object): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve()
    else process.send(message, () => resolve())
  })

for (let seed = first; seed < first + count; seed += 1) {
  const asProject = projectEvery > 0 && seed % projectEvery === 0
  await send({ begun: seed })
  if (keepIn !== undefined) {
    const { fileName, bytes } = makeMutant(seed)
    writeFileSync(join(keepIn, `${seed}-${fileName}`), bytes)
  }
  const startedAt = performance.now()
  const ending = await (asProject ? reader.readAsProject(seed) : reader.read(seed))
  const ms = performance.now() - startedAt
  await send({ ended: seed, ending, ms, peakKb: process.resourceUsage().maxRSS })
}
await reader.remove()
process.disconnect?.()
