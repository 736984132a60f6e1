import picomatch from 'picomatch';
import { expect, it } from 'vitest';
import { globsOf } from './option-parts.ts';

it.each([
  ['\\.int\\.test\\.js$', ['**/*.int.test.js'], 'src/z.int.test.js'],
  ['\\.int\\.', ['**/*.int.*', '**/*.int.*/**'], 'src/z.int.test.js'],
  ['e2e', ['**/*e2e*', '**/*e2e*/**'], 'src/e2e-more/a.test.js'],
  ['e2e/', ['**/*e2e/**'], 'src/e2e/a.test.js'],
  ['/e2e/', ['**/e2e/**'], 'src/e2e/a.test.js'],
  ['<rootDir>/e2e', ['**/e2e/**'], 'e2e/a.test.js'],
  ['<rootDir>/src/a.test.js', ['**/src/a.test.js'], 'src/a.test.js'],
  ['a|b', undefined, undefined],
])('what Jest leaves out by %s', (pattern, globs, path) => {
  expect(globsOf(pattern)).toEqual(globs);
  if (path === undefined) return;
  expect(new RegExp(pattern.replace('<rootDir>', '')).test(`/${path}`)).toBe(true);
  expect(globs?.some((glob) => picomatch.isMatch(path, glob, { dot: true }))).toBe(true);
});
