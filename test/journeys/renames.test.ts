import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { stateOfTree } from '../support/git-tree.ts';
import { document, errorSchema } from '../support/godwit.ts';
import { commandsOf, wordsOf } from '../support/page-commands.ts';
import { printedBy } from '../support/printed-by.ts';
import { renamedFiles, studyRenameOf } from '../support/rename-files.ts';
import { renamedProject } from '../support/renamed-project.ts';
import { runsOf, seed } from '../support/seed.ts';
import { planned, ran, upgradeTree } from '../support/upgrade-tree.ts';

const example = resolve(import.meta.dirname, '../../examples/atlas-moves');

it('atlas-moves: symbols are renamed, rehearsed, applied, verified, taken back, and renamed again', async () => {
  const tree = await upgradeTree({ from: example });
  try {
    await writeFile(join(tree.root, 'notes.txt'), 'mine, and not tracked\r\n');
    const before = stateOfTree(tree);
    const commands = commandsOf(await readFile(join(example, 'README.md'), 'utf8'));
    const command = commands.find((line) => line.includes('--rename-symbol')) ?? '';
    const { plan } = document(await tree.run(...wordsOf(command).slice(1), '--json'), planned);
    expect(plan.target.map(({ detail }) => detail)).toEqual([
      'named countryByCode: 6 places in 4 files',
      'named scale: 3 places in 2 files, of which 1 are shorthands that are written out',
      'named setLocale: 3 places in 2 files',
    ]);
    const rehearsed = document(await tree.run('rehearse', '--json'), z.object({ ok: z.boolean() }));
    expect(rehearsed.ok).toBe(true);
    expect(document(await tree.run('apply', '--json'), ran).state).toBe('done');
    expect(tree.git('show', 'HEAD:packages/geo/src/units/distance.ts')).toContain('({ value, scale: unit }: Distance)');
    expect((await tree.run('verify')).exit).toBe(0);
    const back = document(await tree.run('rollback', '--json'), ran);
    expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
    expect(stateOfTree(tree)).toEqual(before);
    expect(document(await tree.run('apply', plan.id, '--json'), ran).state).toBe('done');
    const wish = 'packages/geo/src/country.ts#Country.km2=area';
    const refused = await tree.run('plan', '--rename-symbol', wish, '--json');
    expect(document(refused, errorSchema).error.code).toBe('unsafe-change');
  } finally {
    await tree.remove();
  }
});

it(`two hundred generated projects print what they printed after a random rename (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(renamedProject, async ({ files, wish }) => {
      const study = await studyRenameOf(files, [wish]);
      if (study.obstacles.length > 0) return;
      expect(await printedBy(renamedFiles(files, study)), wish).toBe(await printedBy(files));
    }),
    { seed, numRuns: runsOf(200), endOnFailure: true },
  );
}, 1_800_000);
