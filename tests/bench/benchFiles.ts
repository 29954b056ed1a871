import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const real = resolve('../shared/data/marketing-insights')
const folder = existsSync(real) ? real : resolve('assets/samples/synthetic-shop')

/** The files of a shop: real ones where they are at hand, else the bundled synthetic ones. */
export const shopFiles: readonly string[] = readdirSync(folder)
  .filter((name) => /\.(csv|xlsx)$/.test(name))
  .map((name) => join(folder, name))

export const salesFile: string = shopFiles.find((path) => /sales|order_lines/i.test(path)) ?? ''
