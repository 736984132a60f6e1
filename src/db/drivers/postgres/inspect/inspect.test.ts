import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase, withDatabase } from '../../../../../test/support/database.ts';
import { withSession } from '../../../../../test/support/open-session.ts';
import { richSchema } from '../../../../../test/support/rich-schema.ts';
import { columnNamed, type Snapshot, type Table, tableNamed } from '../../../schema.ts';
import { inspect } from './inspect.ts';

const reader = `reader_${randomBytes(4).toString('hex')}`;
let rich: TestDatabase;
let snapshot: Snapshot;

beforeAll(async () => {
  rich = await createDatabase({ extensions: ['citext'] });
  await rich.superQuery(`CREATE ROLE ${reader}`);
  await rich.query(`${richSchema(reader)}; CREATE SCHEMA godwit; CREATE TABLE godwit.journal ()`);
  await rich.query('CREATE TABLE shown (LIKE animals); INSERT INTO shown SELECT n, n FROM generate_series(1, 5) n');
  snapshot = await withSession(rich.url, inspect, { isReadOnly: true });
});
afterAll(async () => {
  await rich.drop();
});

function table(name: string, schema = 'public'): Table {
  const found = tableNamed(snapshot, { schema, name });
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
}

describe('inspect', () => {
  test('sees the schemas of the user, and neither ours nor the server’s', () => {
    expect(snapshot.schemas).toEqual(['Odd Schema', 'public', 'zebra']);
    expect(snapshot.tables.filter((one) => one.schema === 'godwit')).toEqual([]);
    expect(snapshot.functions.filter((one) => one.name.includes('citext'))).toEqual([]);
    expect(snapshot.extensions).toMatchObject([{ name: 'citext', schema: 'public' }]);
    expect(snapshot.server).toMatchObject({ database: rich.name, role: rich.role, version: expect.any(Number) });
    expect(snapshot.server.settings).toMatchObject({ lock_timeout: '0', wal_level: expect.any(String) });
  });

  test('reads columns', () => {
    const columns = Object.fromEntries(table('users').columns.map((column) => [column.name, column]));
    expect(columns.id).toMatchObject({
      identity: 'always',
      isNotNull: true,
      sequence: { schema: 'public', name: 'users_id_seq' },
    });
    expect(columns.slugged?.generated).toEqual({ kind: 'stored', expression: 'public.slug(name)' });
    expect(columns.feeling).toMatchObject({ type: 'public.mood', defaultVolatility: 'constant' });
    expect(columns.created_at).toMatchObject({ defaultExpression: 'now()', defaultVolatility: 'stable' });
    expect(columns.ticket).toMatchObject({ defaultVolatility: 'volatile' });
    expect(columns.moment?.defaultExpression).toContain('2020-02-02 09:00:00+00');
    expect(columns.code).toMatchObject({ collation: 'pg_catalog."POSIX"', storage: 'external' });
    expect(columns.data?.compression).toBe('pglz');
    expect(columns.name).toMatchObject({
      id: 'public.users.name',
      statisticsTarget: 500,
      grants: [{ role: reader, privilege: 'UPDATE' }],
    });
  });

  test('reads constraints and indexes with the columns that they mention', () => {
    const constraints = Object.fromEntries(table('Order Line', 'Odd Schema').constraints.map((one) => [one.name, one]));
    expect(constraints['Order Line_user_id_fkey']).toMatchObject({
      kind: 'foreign-key',
      references: {
        table: { schema: 'public', name: 'users' },
        columns: ['id'],
        onDelete: 'cascade',
        onUpdate: 'set null',
      },
    });
    expect(constraints.later).toMatchObject({ isValidated: false });
    expect(constraints['Order Line_pkey']).toMatchObject({ kind: 'primary-key', index: 'Order Line_pkey' });
    const indexes = Object.fromEntries(table('users').indexes.map((one) => [one.name, one]));
    expect(indexes.users_lower_name).toMatchObject({
      columns: [],
      hasExpressions: true,
      dependsOn: ['public.users.name', 'public.users.score'],
      predicate: '(score > (0)::numeric)',
    });
    expect(indexes.users_covering).toMatchObject({
      columns: ['public.users.born', 'public.users.score'],
      include: ['public.users.name'],
    });
    expect(indexes.users_mail_key?.constraint).toBe('users_mail_key');
    expect(table('event_notes').constraints.map((one) => one.name)).toEqual(['event_notes_event_at_fkey']);
  });

  test('reads triggers, policies, views, partitions and parents', () => {
    expect(table('users').triggers).toMatchObject([
      { name: 'Quiet', enabled: 'disabled' },
      {
        name: 'touch',
        firesOnUpdate: true,
        dependsOn: ['public.users.mail', 'public.users.name', 'public.users.score'],
      },
    ]);
    expect(table('users')).toMatchObject({
      rowSecurity: 'forced',
      policies: [{ name: 'Not here' }, { name: 'own_rows' }],
    });
    expect(table('events_2024')).toMatchObject({ kind: 'partition', partitionOf: { name: 'events' }, triggers: [] });
    expect(table('events_2025')).toMatchObject({ kind: 'partition', partitionKey: 'HASH (id)' });
    expect(table('birds').inherits).toEqual([{ schema: 'public', name: 'animals' }]);
    const view = snapshot.views.find((one) => one.name === 'happy_users');
    expect(view?.dependsOn.map((one) => one.columns)).toEqual([
      ['Odd Schema.Order Line.line', 'Odd Schema.Order Line.user_id'],
      ['public.users.feeling', 'public.users.id', 'public.users.name'],
    ]);
    expect(snapshot.functions.find((one) => one.name === 'users_named')?.dependsOn?.[0]?.columns).toContain(
      'public.users.mail',
    );
  });

  test('counts small tables that were never analysed', () => {
    expect(table('shown').rows).toBe(5);
  });

  test('is confined to a scope', async () => {
    const scoped = await withSession(rich.url, (session) => inspect(session, { schemas: ['Odd Schema'] }));
    expect(scoped.schemas).toEqual(['Odd Schema']);
    expect(scoped.tables.map((one) => one.name)).toEqual(['Order Line']);
  });
});

test('a partitioned table has the rows and bytes of its partitions, and estimates follow its growth', async () => {
  await withDatabase(async ({ url, query }) => {
    await query(`CREATE TABLE p (n integer) PARTITION BY RANGE (n);
      CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (1000); CREATE TABLE p2 PARTITION OF p DEFAULT;
      INSERT INTO p SELECT generate_series(1, 3000); ANALYZE p1; ANALYZE p2;
      INSERT INTO p SELECT generate_series(3001, 6000)`);
    const { tables } = await withSession(url, inspect);
    const [whole, ...parts] = tables;
    expect(whole?.rows).toBe(parts.reduce((sum, part) => sum + part.rows, 0));
    expect(whole?.bytes).toBe(parts.reduce((sum, part) => sum + part.bytes, 0));
    expect(whole?.rows).toBeGreaterThan(5000);
  });
});

test('another role reads the same, only rows that it may not see are estimated', async () => {
  await withDatabase(async (other) => {
    await other.superQuery('CREATE TABLE not_mine (n integer PRIMARY KEY); INSERT INTO not_mine VALUES (1)');
    const { tables } = await withSession(other.url, inspect);
    expect(tables[0]).toMatchObject({ name: 'not_mine', constraints: [{ kind: 'primary-key' }] });
    expect(tables[0] && columnNamed(tables[0], 'n')?.isNotNull).toBe(true);
  });
});
