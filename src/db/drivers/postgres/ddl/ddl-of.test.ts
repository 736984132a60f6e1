import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase, withDatabase } from '../../../../../test/support/database.ts';
import { withSession } from '../../../../../test/support/open-session.ts';
import { richSchema } from '../../../../../test/support/rich-schema.ts';
import type { Snapshot } from '../../../schema.ts';
import { changedObjects, fingerprintOf } from '../fingerprint.ts';
import { inspect } from '../inspect/inspect.ts';
import { ddlFindings, ddlOf } from './ddl-of.ts';
import { namesIn } from './order.ts';

const reader = `reader_${randomBytes(4).toString('hex')}`;
let rich: TestDatabase;
let snapshot: Snapshot;

beforeAll(async () => {
  rich = await createDatabase({ extensions: ['citext'] });
  await rich.superQuery(`CREATE ROLE ${reader}`);
  await rich.query(richSchema(reader));
  snapshot = await withSession(rich.url, inspect);
});
afterAll(async () => {
  await rich.drop();
});

async function recreated(statements: readonly string[]): Promise<Snapshot> {
  return await withDatabase(async ({ url }) => {
    return await withSession(url, async (session) => {
      for (const statement of statements) {
        await session.query(statement).catch((error: unknown) => {
          throw new Error(`refused: ${statement}`, { cause: error });
        });
      }
      return await inspect(session);
    });
  });
}

describe('ddlOf', () => {
  test('recreates a schema with every kind of object', async () => {
    const copy = await recreated(ddlOf(snapshot));
    expect(changedObjects(snapshot, copy)).toEqual([]);
    expect(fingerprintOf(copy)).toBe(fingerprintOf(snapshot));
    expect(ddlOf(copy)).toEqual(ddlOf(snapshot));
  });

  test('recreates one table with what it needs and what reads it', async () => {
    const copy = await recreated(ddlOf(snapshot, ['public.users']));
    const names = copy.tables.map((table) => table.id);
    expect(names).toContain('public.users');
    expect(names).not.toContain('public.events');
    expect(copy.views.map((view) => view.name)).toContain('happy_users');
    expect(changedObjects(snapshot, copy, ['public.users'])).toEqual([]);
  });

  test('names extensions that are not offered', () => {
    expect(ddlFindings(snapshot, ['plpgsql']).map((finding) => finding.object)).toEqual(['citext']);
    expect(ddlFindings(snapshot, ['citext'])).toEqual([]);
  });
});

test('names are found quoted, unquoted and inside literals', () => {
  expect(namesIn(`nextval('"Odd ""S"."t"'::regclass) + public.f(x) * "a"."b c"`)).toEqual([
    'Odd "S.t',
    'public.f',
    'a.b c',
  ]);
});
