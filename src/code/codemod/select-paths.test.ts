import { expect, it } from 'vitest';
import { selectPaths } from './select-paths.ts';

const paths = ['a.ts', 'b.tsx', 'c.js', 'lib/d.ts', 'lib/deep/e.spec.ts', 'package.json', '.github/f.yml', 'src/g.vue'];
const base = { include: undefined, exclude: undefined, base: '.', languages: ['typescript'] };

it.each([
  ['extensions of the language', {}, ['a.ts', 'c.js', 'lib/d.ts', 'lib/deep/e.spec.ts']],
  ['patterns instead of them', { include: ['**/*.vue', '*.tsx'] }, ['b.tsx', 'src/g.vue']],
  ['a name at any depth', { include: ['package.json', 'd.ts'] }, ['lib/d.ts', 'package.json']],
  ['a folder', { include: ['lib'] }, ['lib/d.ts', 'lib/deep/e.spec.ts']],
  ['less what is excluded', { include: ['**/*.ts'], exclude: ['**/*.spec.ts'] }, ['a.ts', 'lib/d.ts']],
  ['less what is negated', { include: ['lib/**', '!lib/deep'] }, ['lib/d.ts']],
  ['hidden folders', { include: ['**/*.yml'] }, ['.github/f.yml']],
  ['below a base', { base: './lib/', include: ['*.ts'] }, ['lib/d.ts', 'lib/deep/e.spec.ts']],
  ['an anchored path', { include: ['/lib/d.ts', './a.ts'] }, ['a.ts', 'lib/d.ts']],
  ['nothing', { include: [] }, []],
] as const)('selects %s', (_, given, expected) => {
  expect(selectPaths(paths, { ...base, ...given })).toEqual(expected);
});
