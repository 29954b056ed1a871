import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors'

const sampleSchema = z.object({
  id: z.string(),
  title: z.string(),
  subtitle: z.string(),
  teaches: z.string(),
  licence: z.string(),
  synthetic: z.boolean(),
  currency: z.string().length(3).nullable().optional(),
  sources: z.array(z.object({ name: z.string(), file: z.string() })).min(1),
  choices: z.record(z.string(), z.string()).default({}),
})
export type Sample = z.infer<typeof sampleSchema>

/** The bundled samples in the folder, by title. */
export async function readSamples(folder: string): Promise<Sample[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { withFileTypes: true })
  const samples = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'sample.json')))
      .map(async (entry) =>
        sampleSchema.parse(JSON.parse(await readFile(join(folder, entry.name, 'sample.json'), 'utf8'))),
      ),
  )
  return samples.sort((one, other) => one.title.localeCompare(other.title, 'en'))
}

export async function findSample(folder: string, id: string): Promise<Sample> {
  const samples = await readSamples(folder)
  const found = samples.find((sample) => sample.id === id)
  if (found !== undefined) return found
  throw new AppError('bad-parameter', `There is no sample "${id}".`, {
    hint: `Samples: ${samples.map((sample) => sample.id).join(', ')}.`,
  })
}
