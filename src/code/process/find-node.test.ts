import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { findNode } from './find-node.ts';
import { runProcess } from './run-process.ts';

let home = '';
const { signal } = new AbortController();
const program = async (path: string, version: string): Promise<string> => {
  const whole = join(home, path);
  await mkdir(dirname(whole), { recursive: true });
  await writeFile(whole, `#!/bin/sh\necho ${version}\n`);
  await chmod(whole, 0o755);
  return whole;
};
const find = (range: string, node?: string) =>
  findNode(range, { env: { ...process.env, HOME: home }, run: runProcess, root: home, node }, signal);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'godwit-nodes-'));
  await program('.nvm/versions/node/v97.1.0/bin/node', 'v97.1.0');
  await program('.volta/tools/image/node/97.2.0/bin/node', 'v97.2.0');
});
afterAll(() => rm(home, { recursive: true, force: true }));

it('the Node in use comes before those of version managers', async () => {
  expect(await find('>=20')).toEqual({ version: process.versions.node, folder: undefined });
});

it('the newest that a version manager installed is taken', async () => {
  expect(await find('97')).toEqual({ version: '97.2.0', folder: join(home, '.volta/tools/image/node/97.2.0/bin') });
});

it('the one that the configuration names comes first, where it fits', async () => {
  const named = await program('own/node', 'v97.0.3');
  expect(await find('97', named)).toEqual({ version: '97.0.3', folder: join(home, 'own') });
  expect(await find('98', named)).toBeUndefined();
});

it.each(['own/nothing', 'own/node24'])('%s is no Node', async (path) => {
  await program('own/node24', 'v24.0.0');
  const error = await find('24', join(home, path)).catch((thrown: unknown) => thrown);
  expect(isFailure(error) ? error.code : error).toBe('config-invalid');
});
