import { expect, it } from 'vitest';
import { withDatabase } from '../../../test/support/database.ts';
import { usersShape, usersTable, usersVersion } from './users.ts';
import { startWorkload } from './workload.ts';

const rows = 3_000;
const oldVersion = usersVersion('old', 'users', 'name');
const newVersion = usersVersion('new', 'users', 'full_name');
const options = {
  shape: usersShape(rows),
  versions: [{ version: oldVersion, weight: 1 }],
  connections: 4,
  rate: 800,
  seed: 7,
};

it('an undisturbed application loses nothing and fails nothing', async () => {
  await withDatabase(async ({ url, query }) => {
    for (const statement of usersTable('users', rows)) await query(statement);
    const workload = await startWorkload({ ...options, url });
    await until(() => workload.measures.queries > 1_500);
    await workload.stop();
    const audit = await workload.audit(oldVersion);
    await workload.close();
    expect(workload.measures.samples).toEqual([]);
    expect(audit).toMatchObject({ lostWrites: 0, damagedRows: 0, samples: [] });
    expect(workload.ledger.writtenRows).toBeGreaterThan(200);
  });
});

it('catches a write that is undone behind its back', async () => {
  await withDatabase(async ({ url, query }) => {
    for (const statement of usersTable('users', rows)) await query(statement);
    const workload = await startWorkload({ ...options, url });
    await until(() => workload.measures.queries > 800);
    await workload.stop();
    const [key] = workload.ledger.keys();
    await query('UPDATE users SET name = $1 WHERE id = (SELECT min(id) FROM users WHERE name LIKE $2)', [
      'lost',
      'name ___',
    ]);
    await query('UPDATE users SET note = $1 WHERE id = (SELECT max(id) FROM users WHERE id <= 3000)', ['damaged']);
    const audit = await workload.audit(oldVersion);
    await workload.close();
    expect(key).toBeDefined();
    expect(audit.lostWrites + audit.damagedRows).toBeGreaterThanOrEqual(2);
  });
});

it('counts the failed queries of a plain rename', async () => {
  await withDatabase(async ({ url, query }) => {
    for (const statement of usersTable('users', rows)) await query(statement);
    const workload = await startWorkload({ ...options, url });
    await until(() => workload.measures.queries > 300);
    await query('ALTER TABLE users RENAME COLUMN name TO full_name');
    await until(() => workload.measures.failed > 20);
    workload.switchTo([{ version: newVersion, weight: 1 }]);
    await workload.stop();
    await workload.close();
    expect(new Set(workload.measures.samples.map(({ sqlstate }) => sqlstate))).toContain('42703');
  });
});

it('sees a lock as the wait of an application, not as the time of a query', async () => {
  await withDatabase(async ({ url, query, superQuery }) => {
    for (const statement of usersTable('users', rows)) await query(statement);
    const workload = await startWorkload({ ...options, url });
    await until(() => workload.measures.queries > 300);
    workload.measures.mark('locked');
    await superQuery('BEGIN; LOCK TABLE public.users IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(0.3); COMMIT');
    workload.measures.mark('after');
    await workload.stop();
    await workload.close();
    const longest = Math.max(
      ...workload.measures
        .windows()
        .filter(({ name }) => name !== 'start')
        .map(({ maxMs }) => maxMs),
    );
    expect(longest).toBeGreaterThan(250);
    expect(workload.measures.failed).toBe(0);
  });
});

/** Polls a condition, for at most 30 s. */
async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 3_000; turn += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the condition did not come within 30 s');
}
