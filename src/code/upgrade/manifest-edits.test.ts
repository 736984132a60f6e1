import { expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { manifestChanges } from './manifest-edits.ts';
import type { DeclaredChange, Hop } from './upgrade-path.ts';

function hopOf(...declared: readonly DeclaredChange[]): Pick<Hop, 'changes' | 'overrides'> {
  return { changes: [{ name: 'a', from: '1.0.0', to: '2.0.0', declared, why: '' }], overrides: [] };
}

function inDependencies(file: string, from: string | undefined, to: string): DeclaredChange {
  return { file, group: 'dependencies', path: ['dependencies', 'a'], ...(from === undefined ? {} : { from }), to };
}

const reader = (files: Readonly<Record<string, string>>) => async (path: string) => files[path];

it('changes every file of a hop once, and none that has it already', async () => {
  const files = {
    'package.json': '{ "dependencies": { "a": "1" } }',
    'x/package.json': '{ "dependencies": { "a": "2" } }',
  };
  const hop = hopOf(inDependencies('package.json', '1', '2'), inDependencies('x/package.json', '1', '2'));
  const changes = await manifestChanges(hop, reader(files));
  expect(changes).toEqual([
    { path: 'package.json', before: files['package.json'], after: '{ "dependencies": { "a": "2" } }' },
  ]);
});

it('refuses a file that says something else than the plan, and one that is gone', async () => {
  const files = { 'package.json': '{ "dependencies": { "a": "1.1" } }' };
  const other = await manifestChanges(hopOf(inDependencies('package.json', '1', '2')), reader(files)).catch((e) => e);
  expect(isFailure(other, 'drift') && other.explanation.why).toBe(
    'Its dependencies > a is "1.1", and the plan expects "1".',
  );
  const gone = await manifestChanges(hopOf(inDependencies('x/package.json', '1', '2')), reader(files)).catch((e) => e);
  expect(isFailure(gone, 'drift') && gone.explanation.what).toContain('x/package.json');
});

it('makes a pnpm-workspace.yaml where an override needs one', async () => {
  const path = ['peerDependencyRules', 'allowedVersions', 'a>b'];
  const hop = hopOf({ file: 'pnpm-workspace.yaml', group: 'peerDependencyRules.allowedVersions', path, to: '^2.0.0' });
  expect(await manifestChanges(hop, reader({}))).toEqual([
    {
      path: 'pnpm-workspace.yaml',
      before: undefined,
      after: "peerDependencyRules:\n  allowedVersions:\n    'a>b': '^2.0.0'\n",
    },
  ]);
});
