import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printedBy } from '../../../test/support/printed-by.ts';
import { renamedFiles, studyRenameOf } from '../../../test/support/rename-files.ts';
import { renamedProject } from '../../../test/support/renamed-project.ts';
import { runsOf, seed } from '../../../test/support/seed.ts';

const runs = runsOf(6);

it(`after a random rename a project prints what it printed; the way back gives the bytes (seed ${seed}, ${runs} projects)`, async () => {
  const counts = { planned: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(renamedProject, async ({ files, wish, back }) => {
      const study = await studyRenameOf(files, [wish]);
      if (study.obstacles.length > 0) {
        counts.refused += 1;
        // Only a name that stands somewhere already may be refused here.
        const to = wish.slice(wish.indexOf('=') + 1);
        expect(
          Object.values(files).some((text) => new RegExp(`\\b${to}\\b`).test(text)),
          `${wish} ${JSON.stringify(study.obstacles)}`,
        ).toBe(true);
        return;
      }
      counts.planned += 1;
      const after = renamedFiles(files, study);
      expect(await printedBy(after), wish).toBe(await printedBy(files));
      if (study.renamed.some(({ places }) => places.some(({ side }) => side !== 'whole'))) return;
      const again = await studyRenameOf(after, [back]);
      expect(again.obstacles, back).toEqual([]);
      expect(renamedFiles(after, again)).toEqual(files);
    }),
    { seed, numRuns: runs, endOnFailure: true },
  );
  expect(counts.planned).toBeGreaterThan(runs / 4);
}, 300_000);
