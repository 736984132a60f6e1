import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runProcess } from '../process/run-process.ts';
import { findPython, ownPython } from './find-python.ts';

const { signal } = new AbortController();
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'godwit-python-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** An environment whose Python leaves a trace when somebody runs it. */
function environment(settings: string | undefined): string {
  mkdirSync(join(root, '.venv/bin'), { recursive: true });
  const program = join(root, '.venv/bin/python');
  writeFileSync(program, `#!/bin/sh\ntouch ${join(root, 'was-run')}\necho 3.12.1; echo "$0"\n`);
  chmodSync(program, 0o755);
  if (settings !== undefined) writeFileSync(join(root, '.venv/pyvenv.cfg'), settings);
  return program;
}
const find = (minor: number | undefined, env = {}) => findPython(minor, { root, env, run: runProcess }, signal);

it.each([
  ['venv', 'home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.12.7\n', '3.12.7'],
  ['virtualenv', 'version_info = 3.11.2.final.0\nversion = 3.11.2\n', '3.11.2'],
  ['uv', 'home = /x\nuv = 0.9.0\nversion_info = 3.13.1\n', '3.13.1'],
])('knows the version of an environment of %s and runs nothing of the tree for it', async (_, settings, version) => {
  const program = environment(settings);
  expect(ownPython(root)).toEqual({ version, program });
  expect(await find(Number(version.split('.')[1]))).toEqual({ version, program });
  expect(existsSync(join(root, 'was-run'))).toBe(false);
});

it('takes a folder without pyvenv.cfg, or with one that says no version, for no environment', async () => {
  environment(undefined);
  expect(ownPython(root)).toBeUndefined();
  environment('home = /usr/bin\n');
  expect(ownPython(root)).toBeUndefined();
  expect(await find(12, { PATH: '' })).toBeUndefined();
  expect(existsSync(join(root, 'was-run'))).toBe(false);
});

it('takes an environment of another version for none of the wanted one', async () => {
  environment('version = 3.12.7\n');
  expect(await find(4, { PATH: '' })).toBeUndefined();
});
