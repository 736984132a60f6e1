import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globals: true,
    include: ['tests/**/*.{js,cjs,mjs}', 'tests/unit/**/*.{js,cjs,mjs}'],
    exclude: ['**/node_modules/**', 'tests/fixtures/**'],
    pool: 'forks',
    isolate: false,
    sequence: { hooks: 'list' },
    setupFiles: ['dotenv/config'],
    reporters: 'dot',
    bail: 1,
    slowTestThreshold: 200,
    maxWorkers: 2
  }
})
