import { execFile, execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

/** True when LibreOffice is there; says so when it is not, because a skipped check must be seen. */
export function hasLibreOffice(): boolean {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    console.warn('NOTICE: soffice is not installed, so recalculated workbooks are not compared.')
    return false
  }
}

// LibreOffice trusts cached values unless its profile says to calculate always (0).
const alwaysRecalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

/** Opens workbooks in LibreOffice, calculates everything anew, and answers what it saved. */
export async function recalculate(workbooks: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-recalculate-'))
  try {
    const profile = join(folder, 'profile')
    await mkdir(join(profile, 'user'), { recursive: true })
    await writeFile(join(profile, 'user', 'registrymodifications.xcu'), alwaysRecalculate)
    const names = workbooks.map((_, index) => `book${index}.xlsx`)
    await Promise.all(workbooks.map((bytes, index) => writeFile(join(folder, names[index] ?? ''), bytes)))
    const switches = ['--headless', `-env:UserInstallation=${pathToFileURL(profile).href}`]
    const convert = ['--convert-to', 'xlsx', '--outdir', join(folder, 'out')]
    await promisify(execFile)('soffice', [...switches, ...convert, ...names.map((name) => join(folder, name))], {
      timeout: 120_000,
    })
    return await Promise.all(names.map(async (name) => new Uint8Array(await readFile(join(folder, 'out', name)))))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
