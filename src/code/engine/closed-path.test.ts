import { expect, it } from 'vitest';
import { closedPath } from './closed-path.ts';

it.each([
  ['.git/hooks/post-commit', 'git'],
  ['.GIT/config', 'git'],
  ['packages/a/.git/config', 'git'],
  ['.git', 'git'],
  ['git~1/config', 'git'],
  ['.git./config', 'git'],
  ['node_modules/uuid/x.js', 'package'],
  ['a/node_modules/x.js', 'package'],
  ['../other.ts', 'outside'],
  ['a/../../other.ts', 'outside'],
  ['/etc/passwd', 'outside'],
  ['C:\\x', 'outside'],
  ['', 'outside'],
  ['godwit.config.js', 'configuration'],
])('%s is closed: %s', (path, why) => {
  expect(closedPath(path)).toContain(why);
});

it.each([
  'src/a.ts',
  '.gitignore',
  '.gitattributes',
  '.github/workflows/ci.yml',
  'src/git/a.ts',
  'a..b.ts',
  'node_modules.ts',
])('%s is open', (path) => {
  expect(closedPath(path)).toBeUndefined();
});
