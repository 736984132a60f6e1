import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { gitEnv, makeGitTree } from '../../../test/support/git-tree.ts';
import { runProcess } from '../process/run-process.ts';
import { openRepository } from '../repository/repository.ts';
import { installChanged } from './install-changed.ts';

const roots: string[] = [];
afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true, force: true });
});
const { signal } = new AbortController();

/** What is found after an install that leaves more in these files. */
async function after(...touched: readonly string[]) {
  const { root } = await makeGitTree({
    'package.json': '{}',
    'package-lock.json': '{}',
    'notes.md': 'mine\n',
    'written.js': '1\n',
    '.yarn/releases/yarn.cjs': '1\n',
  });
  roots.push(root);
  // A step has written these before it installs.
  await writeFile(join(root, 'package.json'), '{"a":1}');
  await writeFile(join(root, 'written.js'), '2\n');
  const repository = await openRepository({ root, env: gitEnv, run: runProcess, signal }, 'migrations');
  const install = async () => {
    for (const path of touched) await appendFile(join(root, path), '\n');
    return { detail: 'installed', findings: [] };
  };
  return installChanged({ repository, install }, signal);
}

it('what a package manager writes belongs to the step', async () => {
  const { paths, detail, findings, mayBeByHand } = await after(
    'package-lock.json',
    '.yarn/releases/yarn.cjs',
    'yarn.lock',
  );
  expect([...paths].sort()).toEqual([
    '.yarn/releases/yarn.cjs',
    'package-lock.json',
    'package.json',
    'written.js',
    'yarn.lock',
  ]);
  expect({ detail, findings, mayBeByHand }).toEqual({ detail: 'installed', findings: [], mayBeByHand: false });
});

it('what else changed meanwhile is named, and may be the work of people', async () => {
  const { detail, findings, mayBeByHand } = await after('package-lock.json', 'notes.md');
  expect(mayBeByHand).toBe(true);
  expect(detail).toBe('installed; changed meanwhile: notes.md');
  expect(findings.map(({ rule, object }) => [rule, object])).toEqual([['install/files-changed', 'notes.md']]);
});
