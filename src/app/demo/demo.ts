import { definePlan } from '#core/plan';
import { usersTable } from '#db/workload/users';
import type { Workload } from '#db/workload/workload';
import { draftPlan } from '../draft-plan.ts';
import { applicationOn } from './application.ts';
import { type DemoOptions, type DemoResult, intent } from './demo-result.ts';
import { migrate } from './migrate.ts';
import { plainRename, textbook } from './rivals.ts';
import { openStage } from './stage.ts';

/** The whole demo, on a server of its own that is gone afterwards. */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { rows, tell, surroundings } = options;
  tell({ kind: 'chapter', title: 'Setting the stage' });
  const stage = await openStage(surroundings.signal);
  try {
    for (const statement of usersTable('users', rows)) await stage.query(statement);
    await stage.settle();
    tell({ kind: 'line', text: `PostgreSQL ${stage.version}, table users with ${rows.toLocaleString('en-US')} rows` });
    const there = { ...surroundings, choice: { db: stage.url, target: undefined } };
    tell({ kind: 'chapter', title: intent });
    const plan = definePlan(await draftPlan({ text: intent }, there), { day: '00000000', slug: 'demo' });
    tell({ kind: 'plan', plan });
    const workload = await applicationOn(stage, 'users', { plan, options });
    const own = await finally_(workload, () => migrate({ plan, workload, surroundings: there, options }));
    const rivals = { textbook: await textbook(stage, options), plainRename: await plainRename(stage, options) };
    return { planHash: plan.planHash, ...own, ...rivals };
  } finally {
    await stage.close();
  }
}

async function finally_<T>(workload: Workload, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await workload.close();
  }
}
