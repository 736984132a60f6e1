import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withDatabase } from '../../../../../test/support/database.ts';
import { generatedSchema } from '../../../../../test/support/generated-schema.ts';
import { withSession } from '../../../../../test/support/open-session.ts';
import { runsOf, seed } from '../../../../../test/support/seed.ts';
import type { Snapshot } from '../../../schema.ts';
import type { Session } from '../../../session.ts';
import { changedObjects } from '../fingerprint.ts';
import { inspect } from '../inspect/inspect.ts';
import { ddlOf } from './ddl-of.ts';

const drop = `DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
  END LOOP; CREATE SCHEMA public; END $$`;

async function made(session: Session, statements: readonly string[]): Promise<Snapshot> {
  await session.query(drop);
  for (const statement of statements) {
    await session.query(statement).catch((error: unknown) => {
      throw new Error(`refused: ${statement}`, { cause: error });
    });
  }
  return await inspect(session);
}

test(`any schema, printed and recreated, has the same fingerprint (seed ${seed})`, { timeout: 600_000 }, async () => {
  await withDatabase(async (origin) => {
    await withDatabase(async (copy) => {
      await withSession(origin.url, async (first) => {
        await withSession(copy.url, async (second) => {
          const property = fc.asyncProperty(generatedSchema, async (statements) => {
            const snapshot = await made(first, statements);
            expect(changedObjects(snapshot, await made(second, ddlOf(snapshot)))).toEqual([]);
          });
          // A failure prints its seed and the smallest schema that fails.
          await fc.assert(property, { seed, numRuns: runsOf(15) });
        });
      });
    });
  });
});
