import { join } from 'node:path';
import type { Executor } from '#core/executor';
import { baselineSchema } from '../action.ts';
import type { TreeWorld } from '../execution.ts';
import { withoutTraces } from '../repository/traces.ts';
import { expectBranch, expectClean, readBaseline, runFolder } from '../repository/tree-run.ts';
import { keepText } from '../tree/tree.ts';

/** Measures the tree before anything is changed; what is red already is said, and counts as red before. */
export function baseline(world: TreeWorld): Executor {
  const { repository } = world;
  return {
    kind: 'code/baseline',
    execute: async (action, context) => {
      const { python } = baselineSchema.parse(action);
      await expectBranch(world, context.runId);
      const folder = runFolder(repository, context.runId);
      const before = await readBaseline(folder);
      if (before !== undefined) return { ok: true, detail: 'measured before' };
      // Only what was committed is the tree as it was before.
      await expectClean(repository);
      const installed =
        python === undefined
          ? await installedDetail(world, context.signal)
          : await measuredWith(world, python, context.signal);
      const { value, detail } = await withoutTraces(world, context, () =>
        world.measure({ before: undefined, progress: context.progress, python }, context.signal),
      );
      await keepText(join(folder, 'baseline.json'), JSON.stringify(value));
      const { describeMeasurement } = await import('../gate/describe-measurement.ts');
      return { ok: true, detail: `${installed}; ${describeMeasurement(value)}${detail}` };
    },
  };
}

async function installedDetail(world: TreeWorld, signal: AbortSignal): Promise<string> {
  if (await world.isInstalled(signal)) return 'node_modules holds what the lock file says';
  return (await world.install('frozen', signal)).detail;
}

async function measuredWith(world: TreeWorld, minor: number, signal: AbortSignal): Promise<string> {
  const { version } = await world.pythonFor(minor, signal, 'baseline');
  return `measured with Python ${version}`;
}
