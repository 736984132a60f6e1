import { expect, it } from 'vitest';
import type { FileChange } from '../text/file-change.ts';
import { recipeParts } from './recipe-parts.ts';

const change = (path: string): FileChange => ({ path, before: 'a', after: 'b' });
const run = (...paths: readonly string[]) => ({ changes: paths.map(change), unresolved: [], faults: [] });
const pathsOf = ({ changes }: { readonly changes: readonly FileChange[] }) => changes.map(({ path }) => path);

it('takes code, configuration and tests one after the other, where that comes to the same', async () => {
  const all = ['a.config.ts', 'src/a.ts', 'src/a.test.ts'];
  const again = async (over: readonly FileChange[]) =>
    run(...all.filter((path) => !pathsOf({ changes: over }).includes(path)));
  const found = await recipeParts(run(...all), again);
  expect(found.map(({ parts, changes }) => [parts, pathsOf({ changes })])).toEqual([
    [['code'], ['src/a.ts']],
    [['configuration'], ['a.config.ts']],
    [['tests'], ['src/a.test.ts']],
  ]);
});

it('leaves together what is decided together', async () => {
  const found = await recipeParts(run('a.config.ts', 'src/a.ts'), async () => run());
  expect(found.map(pathsOf)).toEqual([['a.config.ts', 'src/a.ts']]);
});

it('is about every part, whatever else writes files before it runs', async () => {
  const found = await recipeParts(run('a.config.ts'), async () => run());
  expect(found.map(({ parts }) => parts)).toEqual([['code', 'configuration', 'tests']]);
  expect((await recipeParts(run(), async () => run())).map(({ parts }) => parts)).toEqual([
    ['code', 'configuration', 'tests'],
  ]);
  const two = await recipeParts(run('a.config.ts', 'a.test.ts'), async () => run('a.test.ts'));
  expect(two.map(({ parts }) => parts)).toEqual([['code', 'configuration'], ['tests']]);
});

it('leaves what is of no file to the code', async () => {
  const open = { rule: 'recipe/x/y', severity: 'warning' as const, message: 'Look.' };
  const at = { ...open, file: 'a.test.ts' };
  const whole = { changes: [change('src/a.ts')], unresolved: [open, at], faults: [] };
  const found = await recipeParts(whole, async () => ({ changes: [], unresolved: [open, at], faults: [] }));
  expect(found.map(({ parts, open: left }) => [parts, left])).toEqual([
    [['code', 'configuration'], [open]],
    [['tests'], [at]],
  ]);
});
