import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cyclicProject } from '../../../test/support/cyclic-project.ts';
import { printedBy } from '../../../test/support/printed-by.ts';
import { changedFiles, studyCyclesOf } from '../../../test/support/split-files.ts';
import { applyFileEdits } from '../apply-file-edits.ts';
import { plannedChanges } from '../recipe-plan/planned-changes.ts';

const seed = Number(process.env.CYCLES_SEED ?? Date.now() % 1_000_000);
const runs = Number(process.env.CYCLES_RUNS ?? 10);

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
        expect(isRecursive, 'only what needs each other may be left').toBe(true);
        expect(held.map(({ why }) => why).join('\n')).toContain('need each other when they run');
      }
      const { files: edited } = plannedChanges(study.changes);
      for (const { path, edits } of edited) {
        expect(applyFileEdits({ path, edits }, files[path] ?? '')).toBe(changedFiles(study)[path]);
      }
      if (study.changes.length === 0) return;
      const after = { ...files, ...changedFiles(study) };
      expect(await printedBy(after)).toBe(await printedBy(files));
      const again = await studyCyclesOf(after);
      expect(again.cycles.filter(({ kind }) => kind === 'load').length).toBeLessThanOrEqual(isRecursive ? 1 : 0);
    }),
    { seed, numRuns: runs, endOnFailure: true },
  );
  expect(counts.cut).toBeGreaterThanOrEqual(counts.cycles / 3);
}, 300_000);
