import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/e2e/**', 'tests/bench/**'],
    globalSetup: ['scripts/workers.mjs'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: DuckDB and the learners bring threads of their own.
    maxWorkers: 2,
  },
})
