import { expect, test } from 'vitest';
import { withDatabase } from '../../../../test/support/database.ts';
import { withSession } from '../../../../test/support/open-session.ts';
import { startPooler } from '../../../../test/support/pooler-proxy.ts';

test.each([10, 1])(
  'a transaction pooler with %i backends is refused, and nothing of ours stays behind in them',
  async (backendsMax) => {
    await withDatabase(async ({ url, query }) => {
      const pooler = await startPooler(url, 'transaction', backendsMax);
      try {
        await expect(withSession(pooler.url, async () => undefined)).rejects.toMatchObject({ code: 'pooler' });
        const left = await query(
          "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query ~ 'set_config'",
        );
        expect(left).toEqual([]);
      } finally {
        await pooler.close();
      }
    });
  },
);

test.each([10, 1])('a session pooler with %i backends is as good as a direct connection', async (backendsMax) => {
  await withDatabase(async ({ url }) => {
    const pooler = await startPooler(url, 'session', backendsMax);
    try {
      const shown = await withSession(pooler.url, (session) =>
        session.query("SELECT current_setting('row_security') AS it"),
      );
      expect(shown.rows).toEqual([{ it: 'off' }]);
    } finally {
      await pooler.close();
    }
  });
});
