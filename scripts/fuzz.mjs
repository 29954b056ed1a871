// `npm run fuzz -- --count 10000 --seed 1`: damaged files through the whole import, in a program that is watched.
// --keep FOLDER keeps the files; one file again: --seed N --count 1.
import { fork } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { workerEntries } from './workerEntries.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const built = join(root, '.cache', 'fuzz')
const longestMs = 10_000
const mostMemoryKb = 1024 ** 2

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    batch: { type: 'string', default: '500' },
    projects: { type: 'string', default: '40' },
    keep: { type: 'string' },
  },
})
const [count, seed, batch] = [values.count, values.seed, values.batch].map(Number)
if (values.keep !== undefined) mkdirSync(values.keep, { recursive: true })

await buildProgram()
const startedAt = performance.now()
const endings = new Map()
const faults = []
const slowest = []
// A busy machine makes anything slow: what takes too long is tried once more at the end.
let tooLong = []
let isSecondTry = false
let peakKb = 0
let done = 0
for (let next = seed; next < seed + count; ) next = await runBatch(next, Math.min(batch, seed + count - next))
isSecondTry = true
for (const slow of tooLong) await runBatch(slow, 1)
report()
process.exitCode = faults.length > 0 ? 1 : 0

async function buildProgram() {
  const vite = await import('vite')
  const input = { fuzzProgram: 'tests/fuzz/fuzzProgram.ts', ...workerEntries }
  await vite.build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['@duckdb/node-api', '@duckdb/node-bindings'] },
    define: { __APP_VERSION__: JSON.stringify('0.0.0') },
    build: {
      ssr: true,
      target: 'node20.18',
      outDir: built,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(input).map(([name, path]) => [name, join(root, path)])),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  })
}

/** Runs some seeds in one program; answers the seed to go on with: after a fault the one behind it. */
function runBatch(first, some) {
  return new Promise((resolve) => {
    const args = [first, some, values.projects, ...(values.keep === undefined ? [] : [values.keep])].map(String)
    const child = fork(join(built, 'fuzzProgram.js'), args, { cwd: root, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] })
    let said = ''
    child.stderr.on('data', (text) => {
      said = (said + text).slice(-4000)
    })
    let running = first
    let watch
    let isOver = false
    const stopAt = (fault) => {
      if (isOver) return
      isOver = true
      if (fault !== undefined) add(running, fault)
      clearTimeout(watch)
      child.kill('SIGKILL')
      resolve(running + 1)
    }
    const stopSlow = () => {
      if (!isSecondTry) tooLong = [...tooLong, running]
      stopAt(isSecondTry ? `hangs: more than ${longestMs / 1000} s, twice` : undefined)
    }
    child.on('message', ({ begun, ended, ending, ms, peakKb: peak }) => {
      clearTimeout(watch)
      if (begun !== undefined) {
        running = begun
        watch = setTimeout(stopSlow, longestMs)
        return
      }
      done += 1
      peakKb = Math.max(peakKb, peak)
      slowest.push({ seed: ended, ms })
      slowest.sort((one, other) => other.ms - one.ms).splice(5)
      const name = ending.kind === 'fault' ? 'fault' : ending.text
      endings.set(name, (endings.get(name) ?? 0) + 1)
      if (ending.kind === 'fault') add(ended, ending.text)
      if (done % 500 === 0)
        console.error(`${done} of ${count}, ${faults.length} faults, peak ${Math.round(peakKb / 1024)} MB`)
      if (peak > mostMemoryKb) stopAt(`takes ${Math.round(peak / 1024)} MB`)
    })
    child.on('exit', (code, signal) => {
      if (code === 0) isOver = true
      else stopAt(`crashes: ${signal ?? `code ${code}`} ${said}`)
      clearTimeout(watch)
      resolve(running + 1)
    })
  })
}

function add(where, fault) {
  faults.push({ seed: where, fault })
  console.log(`seed ${where}: ${fault}\n`)
}

function report() {
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  const counts = [...endings].sort().map(([name, times]) => `${name} ${times}`)
  console.log(`${done} damaged files, seeds ${seed} to ${seed + count - 1}, in ${seconds} s: ${counts.join(', ')}`)
  console.log(`peak memory ${Math.round(peakKb / 1024)} MB`)
  console.log(`tried twice: ${tooLong.length === 0 ? 'none' : tooLong.join(', ')}`)
  console.log(`slowest: ${slowest.map(({ seed: which, ms }) => `seed ${which} ${Math.round(ms)} ms`).join(', ')}`)
  console.log(
    faults.length === 0
      ? 'no faults'
      : `${faults.length} faults: seeds ${faults.map((fault) => fault.seed).join(', ')}`,
  )
}
