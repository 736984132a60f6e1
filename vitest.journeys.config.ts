import { defineConfig } from 'vitest/config';
import { longestFirst } from './test/support/longest-first.ts';
import { turnOfCommit } from './test/support/turn.ts';
import { alias, execArgv } from './vitest.config.ts';

const timeoutMs = 40 * 60_000;

const turn = turnOfCommit();
if (process.env.SLOW !== '1')
  process.stderr.write(`Turn ${turn} of the journeys: GODWIT_TEST_TURN=${turn} runs the same again, SLOW=1 all.\n`);

const longest = [
  'upgrade-examples',
  'create-react-app-to-vite',
  'journeys/proving',
  'majors',
  'deaths',
  'upgrade-solver',
  'gate',
  'code-and-database',
  'recipe-plans',
  'journeys/pages',
  'journeys/cycles',
  'journeys/renames',
  'lint-proof',
  'upgrade-bad-input',
  'upgrade-managers',
  'published-tools',
];

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['test/journeys/**/*.test.ts', 'test/pairs-on-*.test.ts'],
    env: { GODWIT_TEST_JOURNEYS: '1', GODWIT_TEST_TURN: `${turn}` },
    globalSetup: ['test/support/global-setup.ts'],
    sequence: { sequencer: longestFirst(longest) },
    pool: 'forks',
    execArgv,
    // They wait for installs and servers as much as for a processor.
    maxWorkers: 3,
    // Of lives under a workload that keeps to the clock: more in one process would only make each other late.
    maxConcurrency: 3,
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    teardownTimeout: 30_000,
  },
});
