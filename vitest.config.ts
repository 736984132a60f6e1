import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * `#core/x` means src/core/x.ts, as the condition `source` in package.json says. It is an alias here, because Vitest
 * resolves what globalSetup imports without the conditions that a configuration can set.
 */
export const alias = [
  { find: /^#(.*)$/, replacement: join(import.meta.dirname, 'src', '$1.ts') },
  // The module that requires the compiler is CommonJS, which Vitest does not load from source.
  { find: /^\.{1,2}\/.*typescript\.cts$/, replacement: 'typescript' },
];

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/journeys/**', 'src/code/recipes/*/cases/**', '**/node_modules/**'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    isolate: false,
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
  },
});
