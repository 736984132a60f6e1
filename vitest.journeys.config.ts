import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { alias } from './vitest.config.ts';

const timeoutMs = 40 * 60_000;

/** The longest journeys begin first, so that no long one is left alone at the end. */
const longest = [
  'upgrade-examples',
  'majors',
  'deaths',
  'upgrade-solver',
  'gate',
  'upgrade-managers',
  'published-tools',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = longest.indexOf(basename(moduleId, '.test.ts'));
  return place === -1 ? longest.length : place;
}

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['test/journeys/**/*.test.ts', 'test/pairs-on-*.test.ts'],
    env: { GODWIT_TEST_JOURNEYS: '1' },
    globalSetup: ['test/support/global-setup.ts'],
    sequence: { sequencer: LongestFirst },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    teardownTimeout: 30_000,
  },
});
