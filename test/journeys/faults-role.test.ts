import { expect, it } from 'vitest';
import { withDatabase } from '../support/database.ts';
import { runSchema, usersTable } from '../support/faults.ts';
import { document, godwitOn } from '../support/godwit.ts';

it("a role's own limits on statements and transactions do not stop a backfill that takes longer", async () => {
  await withDatabase(async ({ url, query, superQuery, role }) => {
    await query(usersTable(200_000));
    for (const limit of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'])
      await superQuery(`ALTER ROLE ${role} SET ${limit} = '5ms'`);
    await superQuery(`ALTER ROLE ${role} SET default_transaction_isolation = 'serializable'`);
    const godwit = await godwitOn(url);
    expect((await godwit.run('plan', 'ALTER TABLE users RENAME COLUMN name TO full_name')).exit).toBe(0);
    expect(document(await godwit.run('apply', '--json'), runSchema).state).toBe('waiting');
    const back = document(await godwit.run('rollback', '--json'), runSchema);
    expect(back).toMatchObject({ state: 'rolled-back', restored: { schema: true, data: true } });
    await godwit.remove();
  });
});
