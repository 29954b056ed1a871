// `npm run -s casebook -- …`: builds the command line when its sources changed, then runs it in the caller's folder.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isStale } from './build.mjs'

const scripts = dirname(fileURLToPath(import.meta.url))
const cli = join(scripts, '..', 'out', 'main', 'cli.js')

if (isStale(['main'])) {
  // Standard output belongs to the answer, so whatever the build says goes to standard error.
  const built = spawnSync(process.execPath, [join(scripts, 'build.mjs'), '--cli'], {
    cwd: join(scripts, '..'),
    stdio: ['ignore', 2, 2],
  })
  if (built.status !== 0) process.exit(1)
}
// npm runs scripts in the project folder; relative paths belong to the folder the person called from.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
process.argv[1] = cli
await import(pathToFileURL(cli).href)
