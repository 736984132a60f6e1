import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Files } from './move-files.ts';

const modules = resolve(import.meta.dirname, '../../node_modules');

/** What tests and compiler say of a generated workspace, once it stands on disk with its packages linked. */
export type Said = { readonly tests: Readonly<Record<string, string>>; readonly types: readonly string[] };

/** Runs node:test in two packages and Vitest in the third, and the compiler in all of them. */
export async function runProject(files: Files): Promise<Said> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'godwit-running-')));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    await mkdir(join(root, 'node_modules/@made'), { recursive: true });
    await mkdir(join(root, 'node_modules/@types'));
    const places = Object.entries(files).filter(([path]) => /.\/package\.json$/.test(path));
    const folders = new Map(places.map(([path, text]) => [String(JSON.parse(text).name), dirname(path)]));
    for (const [name, folder] of folders) await symlink(join(root, folder), join(root, 'node_modules', name));
    for (const name of ['vitest', 'vite', '@types/node'])
      await symlink(join(modules, name), join(root, 'node_modules', name));
    const at = (name: string): string => join(root, folders.get(`@made/${name}`) ?? '');
    const [core, old] = [await nodeTests(at('core')), await nodeTests(at('old'))];
    const web = await said(process.execPath, [join(modules, 'vitest/vitest.mjs'), 'run', '--reporter=json'], at('web'));
    const types = [];
    for (const name of ['core', 'old', 'web'])
      types.push(...(await codesIn(at(name))).map((code) => `${name} ${code}`));
    return { tests: { core, old, web: counts(web) }, types };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function nodeTests(folder: string): Promise<string> {
  const output = await said(process.execPath, ['--test', '--test-reporter=tap', 'test/all.test.js'], folder);
  return [...output.matchAll(/^# (pass|fail) \d+$/gm)].map(([line]) => line).join(', ');
}

function counts(output: string): string {
  const found = /\{[\s\S]*\}/.exec(output)?.[0] ?? '{}';
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(found);
  return `# pass ${numPassedTests}, # fail ${numFailedTests + numFailedTestSuites}`;
}

async function codesIn(folder: string): Promise<readonly string[]> {
  const output = await said(process.execPath, [join(modules, 'typescript/bin/tsc'), '-p', folder], folder);
  return [...output.matchAll(/error (TS\d+)/g)].map(([, code = '']) => code).sort();
}

function said(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return new Promise((answer) => {
    execFile(
      program,
      args,
      { cwd, env: { ...env, VITEST: undefined, NODE_TEST_CONTEXT: undefined } },
      (_error, stdout) => answer(stdout),
    );
  });
}
