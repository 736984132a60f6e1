import { expect, test } from 'vitest';
import { jestScript } from './jest-command.ts';

test.each([
  ['jest --no-coverage', 'vitest run --no-coverage', []],
  ['jest --env node', 'vitest run --environment=node', []],
  ['jest --env=jest-environment-jsdom', 'vitest run --environment=jsdom', []],
  [
    'jest --env @edge-runtime/jest-environment',
    'vitest run --environment=@edge-runtime/jest-environment',
    ['--environment=@edge-runtime/jest-environment'],
  ],
])('%s', (script, rewritten, left) => {
  expect(jestScript(script)).toEqual({ script: rewritten, left, hasCoverage: false });
});
