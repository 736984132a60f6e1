import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { longestFirst } from './test/support/longest-first.ts';
import { useTempInMemory } from './test/support/temp-in-memory.ts';

useTempInMemory();

/**
 * `#core/x` means src/core/x.ts, as the condition `source` in package.json says. It is an alias here, because Vitest
 * resolves what globalSetup imports without the conditions that a configuration can set.
 */
export const alias = [
  { find: /^#(.*)$/, replacement: join(import.meta.dirname, 'src', '$1.ts') },
  // The module that requires the compiler is CommonJS, which Vitest does not load from source.
  { find: /^\.{1,2}\/.*typescript\.cts$/, replacement: 'typescript' },
];

/** As the command line sets it for itself: without it, V8 compiles the SQL parser a second time in every process. */
export const execArgv = Number.parseInt(process.versions.node, 10) > 22 ? [] : ['--liftoff-only'];

const longest = [
  'test/lives',
  'test/pages',
  'cli/upgrade',
  'test/proving',
  'start-embedded',
  'pairs-on-table',
  'cli/life',
  'tree-deaths',
  'cli/move',
  'cli/code-uses',
  'cli/recipe-plan',
  'cli/rename-symbol',
  'cli/lint',
  'cli/hints',
  'cli/rehearse',
  'simulation/crash',
  'cli/restored',
  'cli/narrowing',
  'cli/stops',
  'change-type/foreign-keys',
  'jssg/sandbox',
  'pairs-on-column',
  'inspect-tree',
  'batches-faults',
  'executors/batches',
  'database-deaths',
  'codemod/run-codemod',
  'test/rehearsals',
];

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/journeys/**', 'src/code/recipes/*/cases/**', '**/node_modules/**'],
    globalSetup: ['test/support/global-setup.ts'],
    sequence: { sequencer: longestFirst(longest) },
    pool: 'forks',
    execArgv,
    isolate: false,
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
  },
});
