// dependency-cruiser parses every file with swc as plain TypeScript; JSX needs `tsx`, which it has no option for.
import { createRequire } from 'node:module'

const swc = createRequire(import.meta.url)('@swc/core')
const parseFile = swc.parseFileSync
swc.parseFileSync = (path, options) => parseFile(path, { ...options, tsx: path.endsWith('.tsx') })
