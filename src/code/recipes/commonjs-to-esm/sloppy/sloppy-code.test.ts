import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryTree } from '../../../engine/memory-tree.ts';
import { runRecipe } from '../../../engine/run-recipe.ts';
import { commonjsToEsm } from '../recipe.ts';
import { sameWhenStrict, sloppyAlone } from './sloppy-examples.ts';

const start = promisify(execFile);
const { signal } = new AbortController();
const main = "const { answer } = require('./code');\nexports.answer = answer;\n";
let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'godwit-sloppy-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** What the code of each example answers, all of them in one process. */
async function answers(folder: string, trees: readonly Texts[]): Promise<readonly string[]> {
  await Promise.all(
    trees.flatMap((files, at) =>
      Object.entries(files).map(async ([path, text]) => {
        const to = join(root, folder, String(at), path);
        await mkdir(dirname(to), { recursive: true });
        await writeFile(to, text);
      }),
    ),
  );
  const entries = trees.map((files, at) => `./${at}/${'main.js' in files ? 'main.js' : 'main.cjs'}`);
  await writeFile(join(root, folder, 'all.mjs'), runner(entries));
  const { stdout } = await start(process.execPath, ['all.mjs'], { cwd: join(root, folder), timeout: 60_000 });
  return stdout.split('\n').slice(0, -1);
}

type Texts = Readonly<Record<string, string>>;

function runner(entries: readonly string[]): string {
  return [
    `for (const entry of ${JSON.stringify(entries)}) {`,
    '  try {',
    '    const all = await import(entry);',
    '    const got = (all.answer ?? all.default.answer)();',
    '    console.log(JSON.stringify([got, typeof got]));',
    '  } catch (error) {',
    "    console.log('throws ' + error.name);",
    '  }',
    '}',
  ].join('\n');
}

function packageOf(code: string): Texts {
  return { 'package.json': '{ "name": "a", "private": true }', 'main.js': main, 'code.js': `${code}\n` };
}

async function turned(code: string) {
  const run = await runRecipe(commonjsToEsm, memoryTree(packageOf(code)), { params: {}, signal });
  const files = new Map(Object.entries(packageOf(code)));
  for (const { path, after } of run.changes) {
    if (after === undefined) files.delete(path);
    else files.set(path, after);
  }
  return {
    files: Object.fromEntries(files),
    said: [...run.faults, ...run.unresolved].map(({ message, line }) => `${line}: ${message}`),
  };
}

it('what only sloppy code does stays CommonJS, with its place, and answers as before', async () => {
  const codes = sloppyAlone.map(({ code }) => code);
  const made = await Promise.all(codes.map(turned));
  const before = await answers('before', codes.map(packageOf));
  const strict = await answers(
    'strict',
    codes.map((code) => packageOf(`'use strict';\n${code}`)),
  );
  const after = await answers(
    'after',
    made.map(({ files }) => files),
  );
  for (const [at, { code, line, why }] of sloppyAlone.entries()) {
    expect.soft(strict[at], `strict code answers the same: ${code}`).not.toBe(before[at]);
    expect
      .soft(made[at]?.said.join('\n'), code)
      .toMatch(new RegExp(`^${line}: (code\\.js stays CommonJS, as code\\.cjs|No file can become).*${why}`, 'm'));
    expect.soft(after[at], code).toBe(before[at]);
  }
}, 120_000);

it('what strict code does too becomes an ES module without a word, and answers as before', async () => {
  const made = await Promise.all(sameWhenStrict.map(turned));
  const before = await answers('same-before', sameWhenStrict.map(packageOf));
  const after = await answers(
    'same-after',
    made.map(({ files }) => files),
  );
  for (const [at, code] of sameWhenStrict.entries()) {
    expect.soft(made[at]?.said, code).toEqual([]);
    expect.soft(after[at], code).toBe(before[at]);
  }
}, 120_000);
