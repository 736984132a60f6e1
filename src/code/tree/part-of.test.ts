import { expect, it } from 'vitest';
import { partOf } from './part-of.ts';

it.each([
  ['src/app.ts', 'code'],
  ['package.json', 'code'],
  ['src/latest/contest.ts', 'code'],
  ['src/config.ts', 'code'],
  ['src/app.test.tsx', 'tests'],
  ['test/support.ts', 'tests'],
  ['packages/a/__tests__/x.js', 'tests'],
  ['cypress/login.cy.ts', 'tests'],
  ['eslint.config.mjs', 'configuration'],
  ['vitest.config.unit.ts', 'configuration'],
  ['packages/a/tsconfig.build.json', 'configuration'],
  ['.eslintrc', 'configuration'],
  ['test/.eslintrc.json', 'configuration'],
  ['.github/workflows/ci.yml', 'configuration'],
  ['docker/Dockerfile.web', 'configuration'],
])('%s is of the %s', (path, part) => {
  expect(partOf(path)).toBe(part);
});
