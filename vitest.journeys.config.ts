import { defineConfig } from 'vitest/config';
import { alias } from './vitest.config.ts';

const timeoutMs = 40 * 60_000;

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['test/journeys/**/*.test.ts', 'test/pairs-on-*.test.ts'],
    env: { GODWIT_TEST_JOURNEYS: '1' },
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    isolate: false,
    maxWorkers: 3,
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    teardownTimeout: 30_000,
  },
});
