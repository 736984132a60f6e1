import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startEmbedded } from '#db/drivers/postgres/embedded/start-embedded';
import { withDatabase } from '../support/database.ts';
import { document, godwitOn } from '../support/godwit.ts';

const rehearsalSchema = z.object({
  ok: z.boolean(),
  server: z.string(),
  steps: z.array(z.object({ id: z.string(), scans: z.array(z.string()) })),
  findings: z.array(z.object({ rule: z.string(), message: z.string() })),
});

describe.each([12, 13, 15])('a database on PostgreSQL %i', (major) => {
  it('is rehearsed on a server of its own major', async () => {
    const server = await startEmbedded({ major, durable: false });
    try {
      await withDatabase(
        async ({ url, query }) => {
          await query(`CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE);
            CREATE TABLE orders (id int PRIMARY KEY, user_id bigint REFERENCES users, made timestamptz DEFAULT now())`);
          const godwit = await godwitOn(url);
          const intent = 'ALTER TABLE users RENAME name TO full_name; CREATE INDEX ON orders (user_id)';
          expect((await godwit.run('plan', intent)).exit).toBe(0);
          const ran = await godwit.run('rehearse', '--rows', '1000', '--json');
          const rehearsal = document(ran, rehearsalSchema);
          expect(rehearsal).toMatchObject({ ok: true, findings: [] });
          // A server of this major may publish a count half a second late: it belongs to the step that read.
          expect(rehearsal.steps.filter(({ scans }) => scans.length > 0)).toEqual([
            { id: 'migrate-2-index-orders-user-id-idx', scans: ['public.orders'] },
            { id: 'migrate-3-copy-index-users-name-key', scans: ['public.users'] },
          ]);
          expect(rehearsal.server).toMatch(new RegExp(`^PostgreSQL ${major}\\.`));
          expect(ran.exit).toBe(0);
          await godwit.remove();
        },
        { serverUrl: server.url },
      );
    } finally {
      await server.stop();
    }
  });
});
