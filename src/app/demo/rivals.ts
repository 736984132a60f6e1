import { usersTable, usersVersion } from '#db/workload/users';
import type { Workload } from '#db/workload/workload';
import { applicationOn } from './application.ts';
import type { DemoOptions, Rival } from './demo-result.ts';
import type { Stage } from './stage.ts';

/**
 * The recipe of the textbooks: add the column, fill it with one UPDATE, deploy, drop the old one. NOT NULL is taken off
 * before the deployment, as its readers would, or every INSERT of the new version failed.
 */
export function textbook(stage: Stage, options: DemoOptions): Promise<Rival> {
  return rival(
    stage,
    { table: 'users_textbook', title: 'The textbook recipe, under the same application' },
    options,
    async (workload, pause) => {
      const say = (text: string) => options.tell({ kind: 'line', text });
      say('add the column, and one UPDATE for all rows');
      await stage.query('ALTER TABLE users_textbook ADD COLUMN full_name text');
      await untilDone(() => stage.query('UPDATE users_textbook SET full_name = name'), say);
      await stage.query('ALTER TABLE users_textbook ALTER COLUMN name DROP NOT NULL');
      say('deploy the new version');
      await moveOver(workload, 'users_textbook', pause);
      say('drop the old column');
      await stage.query('ALTER TABLE users_textbook DROP COLUMN name');
      await pause(500);
    },
  );
}

/** The plain statement, and a deployment as fast as it can be. */
export function plainRename(stage: Stage, options: DemoOptions): Promise<Rival> {
  return rival(
    stage,
    { table: 'users_plain', title: 'The plain rename, under the same application' },
    options,
    async (workload, pause) => {
      await stage.query('ALTER TABLE users_plain RENAME COLUMN name TO full_name');
      await moveOver(workload, 'users_plain', pause);
    },
  );
}

/** One long UPDATE and the application's transactions lock rows in different orders; whoever runs it runs it again. */
async function untilDone(work: () => Promise<void>, say: (text: string) => void): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const isDeadlock = error instanceof Error && 'code' in error && error.code === '40P01';
      if (!isDeadlock || attempt === 20) throw error;
      say('the UPDATE was the victim of a deadlock with the application: once more');
    }
  }
}

async function moveOver(workload: Workload, table: string, pause: (ms: number) => Promise<void>): Promise<void> {
  const [before, after] = [usersVersion('old', table, 'name'), usersVersion('new', table, 'full_name')];
  workload.switchTo([
    { version: before, weight: 1 },
    { version: after, weight: 1 },
  ]);
  await pause(1_500);
  workload.switchTo([{ version: after, weight: 1 }]);
  await pause(500);
}

async function rival(
  stage: Stage,
  what: { readonly table: string; readonly title: string },
  options: DemoOptions,
  work: (workload: Workload, pause: (ms: number) => Promise<void>) => Promise<void>,
): Promise<Rival> {
  options.tell({ kind: 'chapter', title: what.title });
  const { wait, signal } = options.surroundings;
  for (const statement of usersTable(what.table, options.rows)) await stage.query(statement);
  const workload = await applicationOn(stage, what.table, { plan: undefined, options });
  try {
    await wait(1_000, signal);
    await work(workload, (ms) => wait(ms, signal));
    await workload.stop();
    const audit = await workload.audit(usersVersion('new', what.table, 'full_name'));
    return { failed: workload.measures.failed, lostWrites: audit.lostWrites };
  } finally {
    await workload.close();
  }
}
