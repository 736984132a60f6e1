import { runProcess } from '#code/process/run-process';
import { openRepository } from '#code/repository/repository';
import { definePlan, type Phase, type Plan, type Step } from '#core/plan';
import { writePlan } from '#run/plan-file';
import { type GitTree, gitEnv } from './git-tree.ts';

/** A step of a working tree; it proves nothing and names no hazard unless it is told. */
export function treeStep(id: string, own: Pick<Step, 'action' | 'rollback'> & Partial<Step>): Step {
  return { id, title: id, verify: { kind: 'none' }, hazards: [], ...own };
}

/** The step with which every run in a working tree begins. */
export const beginning = treeStep('begin', { action: { kind: 'code/start' }, rollback: { kind: 'code/return' } });

/** Writes a plan for the tree as it is committed, as `plan` would write it: a phase of the steps, and others behind it. */
export async function writeTreePlan(
  tree: GitTree,
  steps: readonly Step[],
  behind: readonly Phase[] = [],
): Promise<Plan> {
  const { signal } = new AbortController();
  const repository = await openRepository({ root: tree.root, env: gitEnv, run: runProcess, signal }, 'migrations');
  const plan = definePlan(
    {
      domain: 'working-tree',
      title: 'Change',
      why: 'A test.',
      intent: { kind: 'upgrade', text: 'nothing', options: {} },
      origin: { kind: 'working-tree', fingerprint: await repository.fingerprint(), objects: ['working tree'] },
      current: [],
      target: [],
      phases: [{ id: 'change', kind: 'migrate', title: 'Change', steps }, ...behind],
      risks: [],
      estimates: [],
    },
    { day: '20260101', slug: 'change' },
  );
  await writePlan(`${tree.root}/migrations/${plan.id}`, plan);
  return plan;
}
