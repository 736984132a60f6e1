import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { compilerReach } from '../support/compiler-reach.ts';
import { compilerSays } from '../support/compiler-says.ts';
import { generatedProject } from '../support/generated-project.ts';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { filesAfter, studyFiles } from '../support/move-files.ts';
import { commandsOf, wordsOf } from '../support/page-commands.ts';
import { runsOf, seed } from '../support/seed.ts';
import { planned, ran, upgradeTree } from '../support/upgrade-tree.ts';

const example = resolve(import.meta.dirname, '../../examples/atlas-moves');

it('atlas-moves: the command of its page is planned, rehearsed, applied, verified, taken back, and applied again', async () => {
  const tree = await upgradeTree({ from: example });
  try {
    await writeFile(join(tree.root, 'notes.txt'), 'mine, and not tracked\r\n');
    const before = stateOfTree(tree);
    const [command = ''] = commandsOf(await readFile(join(example, 'README.md'), 'utf8'));
    const { plan } = document(await tree.run(...wordsOf(command).slice(1), '--json'), planned);
    expect(plan.findings?.map(({ rule, file }) => `${rule} ${file}`)).toContain('move/mention README.md');
    const rehearsed = document(await tree.run('rehearse', '--json'), z.object({ ok: z.boolean() }));
    expect(rehearsed.ok).toBe(true);
    expect(document(await tree.run('apply', '--json'), ran).state).toBe('done');
    expect(tree.git('diff', '--name-status', '--find-renames', 'main', 'HEAD').match(/^R\d+/gm)).toHaveLength(11);
    expect((await tree.run('verify')).exit).toBe(0);
    const back = document(await tree.run('rollback', '--json'), ran);
    expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
    expect(stateOfTree(tree)).toEqual(before);
    expect(document(await tree.run('apply', plan.id, '--json'), ran).state).toBe('done');
  } finally {
    await tree.remove();
  }
});

it(`two hundred generated workspaces on disk: the compiler has the same to say before and after random moves (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(generatedProject, async ({ files, wishes, isWithin }) => {
      if (wishes.length === 0 || !isWithin) return;
      const study = await studyFiles(files, wishes);
      if (study.obstacles.length > 0) return;
      expect(await compilerSays(filesAfter(files, study)), wishes.join(' ')).toEqual(await compilerSays(files));
    }),
    { seed, numRuns: runsOf(200) },
  );
}, 1_800_000);

it(`two thousand generated workspaces: the compiler resolves what godwit resolves (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(generatedProject, async ({ files }) => {
      const { edges } = await studyFiles(files, []);
      for (const { kind, from, specifier, reach } of edges) {
        if (kind === 'import' || kind === 'export') expect(compilerReach(files, from, specifier)).toBe(reach?.target);
      }
    }),
    { seed, numRuns: runsOf(2_000) },
  );
}, 1_800_000);
