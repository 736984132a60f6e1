import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cyclicProject } from '../../../test/support/cyclic-project.ts';
import { printedBy } from '../../../test/support/printed-by.ts';
import { runsOf, seed } from '../../../test/support/seed.ts';
import { changedFiles, studyCyclesOf } from '../../../test/support/split-files.ts';
import { plannedChanges } from '../recipe-plan/planned-changes.ts';
import { applyFileEdits } from '../text/apply-file-edits.ts';

const runs = runsOf(6);

it(`random cycles are gone after the plan, and the project prints what it printed (seed ${seed}, ${runs} projects)`, async () => {
  const counts = { cycles: 0, cut: 0 };
  await fc.assert(
    fc.asyncProperty(cyclicProject, async ({ files, isRecursive }) => {
      const { study, studied } = await studyCyclesOf(files);
      expect(study.obstacles).toEqual([]);
      counts.cycles += studied.length;
      counts.cut += studied.filter(({ cut }) => cut?.left.length === 0).length;
      for (const { cut, held } of studied) {
        if (cut?.left.length === 0) continue;
        const why = held.map((one) => one.why).join('\n');
        expect(why).toMatch('need each other when they run');
        expect(isRecursive).toBe(true);
      }
      const { files: edited } = plannedChanges(study.changes);
      for (const { path, edits } of edited) {
        expect(applyFileEdits({ path, edits }, files[path] ?? '')).toBe(changedFiles(study)[path]);
      }
      if (study.changes.length === 0) return;
      const after = { ...files, ...changedFiles(study) };
      expect(await printedBy(after)).toBe(await printedBy(files));
      const again = await studyCyclesOf(after);
      const left = studied.filter(({ cut }) => cut?.left.length !== 0).length;
      expect(again.cycles.filter(({ kind }) => kind === 'load').length).toBeLessThanOrEqual(left);
    }),
    { seed, numRuns: runs, endOnFailure: true },
  );
  expect(counts.cut).toBeGreaterThanOrEqual(counts.cycles / 3);
}, 300_000);
