import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CommonProject, commonProject } from '../../../../test/support/common-project.ts';
import { runsOf, seed } from '../../../../test/support/seed.ts';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { commonjsToEsm } from './recipe.ts';

const runs = runsOf(12);
const { signal } = new AbortController();
const start = promisify(execFile);

it(`generated projects print the same as ES modules (seed ${seed}, ${runs} projects)`, async () => {
  const counts = { converted: 0, stayed: 0 };
  await fc.assert(
    fc.asyncProperty(commonProject, async (project) => {
      const run = await runRecipe(commonjsToEsm, memoryTree(project.files), { params: {}, signal });
      expect(run.faults, JSON.stringify(project.files, null, 1)).toEqual([]);
      const after = new Map(Object.entries(project.files));
      for (const change of run.changes) {
        if (change.after === undefined) after.delete(change.path);
        else after.set(change.path, change.after);
      }
      counts.stayed += [...after.keys()].filter((path) => path.endsWith('.cjs')).length;
      counts.converted += [...after.keys()].filter((path) => path.endsWith('.js')).length;
      const shown = [...after].map(([path, text]) => `// ${path}\n${text}`).join('\n');
      const entry = after.has('main.js') ? 'main.js' : 'main.cjs';
      const [before, now] = await Promise.all([
        output(project.files, 'main.js'),
        output(Object.fromEntries(after), entry),
      ]);
      expect(now, shown).toBe(before);
    }),
    { seed, numRuns: runs, endOnFailure: process.env.SHRINK === undefined },
  );
  expect(counts.converted).toBeGreaterThan(counts.stayed);
}, 300_000);

async function output(files: CommonProject['files'], entry: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'godwit-esm-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    const { stdout } = await start(process.execPath, [entry], { cwd: root, timeout: 20_000 }).catch(
      (error: unknown) => ({
        stdout: `failed: ${error instanceof Error ? error.message : String(error)}`,
      }),
    );
    return stdout.replaceAll(root, '').replaceAll('.cjs', '.js');
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
