import { expect, it } from 'vitest';
import { withDatabase } from '../../../test/support/database.ts';
import { usersShape, usersTable, usersVersion } from './users.ts';
import { startWorkload, type Workload } from './workload.ts';

const rows = 1_000;

it('a prepared SELECT * that meets a new column is a hazard where the plan named it, and a failure where not', async () => {
  const named = await whileColumnComes(new Set(['0A000']));
  expect(named.hazards).toBeGreaterThan(0);
  expect(named.samples).toEqual([]);
  const silent = await whileColumnComes(new Set());
  expect(silent.hazards).toBe(0);
  expect(new Set(silent.samples.map(({ sqlstate }) => sqlstate))).toEqual(new Set(['0A000']));
});

async function whileColumnComes(named: ReadonlySet<string>): Promise<Workload['measures']> {
  return await withDatabase(async ({ url, query }) => {
    for (const statement of usersTable('users', rows)) await query(statement);
    const versions = [{ version: usersVersion('old', 'users', 'name'), weight: 1 }];
    const workload = await startWorkload({
      url,
      shape: usersShape(rows),
      versions,
      connections: 4,
      rate: 800,
      seed: 3,
      named,
    });
    try {
      await untilQueries(workload, 600);
      await query('ALTER TABLE users ADD COLUMN more text');
      await untilQueries(workload, 600);
      await workload.stop();
      return workload.measures;
    } finally {
      await workload.close();
    }
  });
}

/** So many more, within 30 s. */
async function untilQueries({ measures }: Workload, more: number): Promise<void> {
  const wanted = measures.queries + more;
  for (let look = 0; look < 3_000 && measures.queries < wanted; look += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
}
