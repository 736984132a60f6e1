import { expect, it } from 'vitest';
import { startCuttingProxy } from '../support/cutting-proxy.ts';
import { withDatabase } from '../support/database.ts';
import { until } from '../support/execution.ts';
import { ask, rowsDone, runSchema, usersTable } from '../support/faults.ts';
import { document, errorSchema, type Godwit, godwitOn } from '../support/godwit.ts';

type Wire = Awaited<ReturnType<typeof startCuttingProxy>>;
type Stage = { readonly godwit: Godwit; readonly wire: Wire; readonly url: string };

const rename = 'ALTER TABLE users RENAME COLUMN name TO full_name';

async function onStage(work: (stage: Stage) => Promise<void>): Promise<void> {
  await withDatabase(async ({ url, query }) => {
    await query(usersTable(300_000));
    const wire = await startCuttingProxy(url);
    const godwit = await godwitOn(wire.url);
    try {
      expect((await godwit.run('plan', rename)).exit).toBe(0);
      await work({ godwit, wire, url });
    } finally {
      await wire.close();
      await godwit.remove();
    }
  });
}

async function goesThereAndBack({ godwit, url }: Stage): Promise<void> {
  expect(document(await godwit.run('apply', '--json'), runSchema).state).toBe('waiting');
  expect(await ask(url, 'SELECT count(*)::int AS rows FROM users WHERE full_name IS DISTINCT FROM name')).toEqual([
    { rows: 0 },
  ]);
  const back = document(await godwit.run('rollback', '--json'), runSchema);
  expect(back).toMatchObject({ state: 'rolled-back', restored: { schema: true, data: true } });
}

it('a wire that is cut in a backfill: it says so and goes on', async () => {
  await onStage(async (stage) => {
    const { godwit, wire, url } = stage;
    const running = godwit.start('apply', '--json');
    await until(async () => (await rowsDone(url)) > 10_000, 'the backfill is at work', 60_000);
    wire.cut();
    const ran = await running.ended;
    const { error } = document(ran, errorSchema);
    expect([error.code, ran.exit]).toEqual(['connection-lost', 1]);
    expect(error.what).toContain('127.0.0.1');
    expect(error.next).toContain('run the same command again');
    await goesThereAndBack(stage);
  });
});

it('a wire that falls silent in a backfill: the run ends by itself, says so, and goes on', async () => {
  await onStage(async (stage) => {
    const { godwit, wire, url } = stage;
    const running = godwit.start('apply', '--json');
    await until(async () => (await rowsDone(url)) > 10_000, 'the backfill is at work', 60_000);
    wire.silence(true);
    const ran = await running.ended;
    const { error } = document(ran, errorSchema);
    expect([error.code, ran.exit]).toEqual(['connection-lost', 1]);
    expect(error.next).toContain('run the same command again');
    wire.cut();
    wire.silence(false);
    await goesThereAndBack(stage);
  });
});
