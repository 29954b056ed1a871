import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readProject, requireFreeFolder, toStoredPath, writeProject } from '../../main/engine/projectFile'
import { type Project, settingsSchema } from '../../shared/project'

const project: Project = {
  format: 1,
  app: '0.1.0',
  name: 'Shop',
  settings: settingsSchema.parse({}),
  sources: [],
  steps: [{ id: 's1', do: 'choose', choice: 'delivery', option: 'everyLine' }],
}
const folder = (): string => mkdtempSync(join(tmpdir(), 'casebook-project-'))

describe('project file', () => {
  test('what is written is read again, and no temporary file stays', async () => {
    const at = folder()
    await writeProject(at, project)
    await writeProject(at, { ...project, name: 'Shop 2' })
    expect(await readProject(at)).toEqual({ ...project, name: 'Shop 2' })
    expect(readdirSync(at)).toEqual(['project.json'])
  })

  test('a newer format is refused by name and left alone', async () => {
    const at = folder()
    writeFileSync(join(at, 'project.json'), JSON.stringify({ ...project, format: 99, app: '9.0.0' }))
    await expect(readProject(at)).rejects.toMatchObject({
      code: 'project-too-new',
      message: expect.stringContaining('9.0.0'),
    })
  })

  test.each([
    ['no file', undefined],
    ['no JSON', '{ "format": 1,'],
    ['another shape', '{ "format": 1, "steps": 3 }'],
  ])('%s: bad-file with a remedy', async (_name, text) => {
    const at = folder()
    if (text !== undefined) writeFileSync(join(at, 'project.json'), text)
    await expect(readProject(at)).rejects.toMatchObject({ code: 'bad-file', hint: expect.stringMatching(/\w/) })
  })

  test('a folder with something in it is not taken for a new project', async () => {
    const at = folder()
    await expect(requireFreeFolder(at)).resolves.toBeUndefined()
    writeFileSync(join(at, 'letter.txt'), 'Dear client')
    await expect(requireFreeFolder(at)).rejects.toMatchObject({ code: 'bad-parameter' })
  })

  test('paths are kept relative with forward slashes', () => {
    expect(toStoredPath(join('/cases', 'shop'), join('/cases', 'exports', 'sales.csv'))).toBe('../exports/sales.csv')
  })
})
