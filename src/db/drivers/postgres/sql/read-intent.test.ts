import { beforeAll, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { readIntent } from './read-intent.ts';
import { loadParser } from './syntax-tree.ts';

beforeAll(loadParser);

const users = { schema: 'public', name: 'users' };

/** What an intent asks for; attributes that say nothing are left out. */
async function edits(text: string): Promise<unknown> {
  const stated = await readIntent(text, { searchPath: ['public'] });
  return slim(stated.map(({ edit }) => edit));
}

function slim(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(slim);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([, member]) => member !== undefined && member !== false && !isEmpty(member),
  );
  return Object.fromEntries(kept.map(([key, member]: [string, unknown]) => [key, slim(member)]));
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

async function refusal(text: string, options: object = {}): Promise<string> {
  try {
    await readIntent(text, { searchPath: ['public'], ...options });
  } catch (error) {
    if (isFailure(error)) return `${error.code}: ${error.explanation.what}`;
    throw error;
  }
  return 'read';
}

it.each([
  [
    'ALTER TABLE users RENAME COLUMN name TO full_name',
    { kind: 'rename-column', table: users, column: 'name', to: 'full_name' },
  ],
  [
    'ALTER TABLE Users RENAME Name TO "Full Name"',
    { kind: 'rename-column', table: users, column: 'name', to: 'Full Name' },
  ],
  ['ALTER TABLE ONLY app."U" RENAME TO v', { kind: 'rename-table', table: { schema: 'app', name: 'U' }, to: 'v' }],
  [
    'alter table users drop if exists name cascade',
    { kind: 'drop-column', table: users, column: 'name', ifExists: true, cascade: true },
  ],
  ['ALTER TABLE users ALTER name SET NOT NULL', { kind: 'set-not-null', table: users, column: 'name' }],
  ['ALTER TABLE users ADD NOT NULL name', { kind: 'set-not-null', table: users, column: 'name' }],
  ['ALTER TABLE users ALTER COLUMN name DROP NOT NULL', { kind: 'drop-not-null', table: users, column: 'name' }],
  [
    "ALTER TABLE users ALTER name SET DEFAULT 'x'",
    { kind: 'set-default', table: users, column: 'name', expression: "'x'", volatility: 'constant' },
  ],
  [
    'ALTER TABLE users ALTER name SET DEFAULT now()',
    { kind: 'set-default', table: users, column: 'name', expression: 'now()', volatility: 'stable' },
  ],
  ['ALTER TABLE users ALTER name SET DEFAULT NULL::text', { kind: 'drop-default', table: users, column: 'name' }],
  ['ALTER TABLE users ALTER name DROP DEFAULT', { kind: 'drop-default', table: users, column: 'name' }],
  [
    'ALTER TABLE users ALTER name TYPE varchar(40) COLLATE "C" USING left(name, 40)',
    {
      kind: 'change-type',
      table: users,
      column: 'name',
      type: 'character varying(40)',
      collation: 'pg_catalog."C"',
      using: '"left"(name, 40)',
    },
  ],
  [
    'ALTER TABLE users DROP CONSTRAINT IF EXISTS a',
    { kind: 'drop-constraint', table: users, constraint: 'a', ifExists: true },
  ],
  ['DROP TABLE IF EXISTS users CASCADE', { kind: 'drop-table', table: users, ifExists: true, cascade: true }],
  ['DROP INDEX CONCURRENTLY app.i', { kind: 'drop-index', index: { schema: 'app', name: 'i' } }],
  [
    'ALTER TABLE users ADD CHECK (age > 0) NOT VALID',
    {
      kind: 'add-constraint',
      table: users,
      constraint: {
        name: 'users_age_check',
        kind: 'check',
        definition: 'CHECK (age > 0)',
        columns: ['age'],
        isNotValid: true,
      },
    },
  ],
  [
    'ALTER TABLE users ADD CONSTRAINT k FOREIGN KEY (team, "Org") REFERENCES app.teams (id, org) MATCH FULL ON DELETE SET NULL (team) DEFERRABLE INITIALLY DEFERRED',
    {
      kind: 'add-constraint',
      table: users,
      constraint: {
        name: 'k',
        kind: 'foreign-key',
        definition:
          'FOREIGN KEY (team, "Org") REFERENCES app.teams(id, org) MATCH FULL ON DELETE SET NULL (team) DEFERRABLE INITIALLY DEFERRED',
        columns: ['team', 'Org'],
        references: {
          table: { schema: 'app', name: 'teams' },
          columns: ['id', 'org'],
          onDelete: 'set null',
          onUpdate: 'no action',
        },
        isDeferrable: true,
      },
    },
  ],
  [
    'ALTER TABLE users ADD UNIQUE NULLS NOT DISTINCT (email) INCLUDE (name) WITH (fillfactor = 70)',
    {
      kind: 'add-constraint',
      table: users,
      constraint: {
        name: 'users_email_name_key',
        kind: 'unique',
        definition: 'UNIQUE NULLS NOT DISTINCT (email) INCLUDE (name) WITH (fillfactor=70)',
        columns: ['email'],
        include: ['name'],
        nullsNotDistinct: true,
        with: 'fillfactor=70',
      },
    },
  ],
  [
    'ALTER TABLE users ADD PRIMARY KEY USING INDEX users_id_idx',
    {
      kind: 'add-constraint',
      table: users,
      constraint: {
        name: 'users_id_idx',
        kind: 'primary-key',
        definition: 'PRIMARY KEY USING INDEX users_id_idx',
        usingIndex: 'users_id_idx',
      },
    },
  ],
  [
    'CREATE UNIQUE INDEX CONCURRENTLY ON users USING btree (lower(email) text_pattern_ops DESC NULLS LAST, (a || b) COLLATE "C", c) INCLUDE (d) NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE fast WHERE e IS NULL',
    {
      kind: 'create-index',
      table: users,
      index: {
        name: 'users_lower_expr_c_d_idx',
        isUnique: true,
        method: 'btree',
        keys: [
          { expression: 'lower(email)', text: 'lower(email) text_pattern_ops DESC NULLS LAST' },
          { expression: 'a || b', text: '(a || b) COLLATE "C"' },
          { column: 'c', text: 'c' },
        ],
        include: ['d'],
        nullsNotDistinct: true,
        with: 'fillfactor=70',
        tablespace: 'fast',
        predicate: 'e IS NULL',
        columnsRead: ['email', 'a', 'b', 'c', 'd', 'e'],
      },
    },
  ],
  [
    "UPDATE users u SET name = u.first || ' ' || lower(u.last), (a, b) = (1, c) WHERE u.name IS NULL",
    {
      kind: 'update-rows',
      table: users,
      alias: 'u',
      assignments: [
        { column: 'name', expression: "(first || ' ') || lower(last)" },
        { column: 'a', expression: '1' },
        { column: 'b', expression: 'c' },
      ],
      where: 'name IS NULL',
      columnsRead: ['first', 'last', 'c', 'name'],
      isIdempotent: true,
      statement:
        "UPDATE public.users AS u SET name = (u.first || ' ') || lower(u.last), (a, b) = (1, c) WHERE u.name IS NULL",
    },
  ],
  [
    'DELETE FROM public.users WHERE public.users.age < 3',
    {
      kind: 'delete-rows',
      table: users,
      where: 'age < 3',
      columnsRead: ['age'],
      statement: 'DELETE FROM public.users WHERE public.users.age < 3',
    },
  ],
  [
    'INSERT INTO app.people (id, name) SELECT u.id, upper(name) FROM users AS u WHERE u.age > 3',
    {
      kind: 'insert-rows',
      table: { schema: 'app', name: 'people' },
      columns: ['id', 'name'],
      source: users,
      sourceAlias: 'u',
      select: ['id', 'upper(name)'],
      where: 'age > 3',
      columnsRead: ['id', 'name', 'age'],
      statement: 'INSERT INTO app.people (id, name) SELECT u.id, upper(name) FROM public.users AS u WHERE u.age > 3',
    },
  ],
])('%s', async (text, edit) => {
  expect(await edits(text)).toEqual([edit]);
});

it('an added column brings its constraints as edits of their own', async () => {
  const text = `ALTER TABLE users ADD email text NOT NULL DEFAULT lower('X') UNIQUE DEFERRABLE CHECK (email <> '')
    CONSTRAINT f REFERENCES mails ON DELETE CASCADE`;
  expect(await edits(text)).toEqual([
    {
      kind: 'add-column',
      table: users,
      column: {
        name: 'email',
        type: 'text',
        isNotNull: true,
        defaultExpression: "lower('X')",
        defaultVolatility: 'constant',
      },
    },
    {
      kind: 'add-constraint',
      table: users,
      constraint: {
        name: 'users_email_key',
        kind: 'unique',
        definition: 'UNIQUE (email) DEFERRABLE',
        columns: ['email'],
        isDeferrable: true,
      },
    },
    {
      kind: 'add-constraint',
      table: users,
      constraint: { name: 'users_email_check', kind: 'check', definition: "CHECK (email <> '')", columns: ['email'] },
    },
    {
      kind: 'add-constraint',
      table: users,
      constraint: {
        name: 'f',
        kind: 'foreign-key',
        definition: 'FOREIGN KEY (email) REFERENCES public.mails ON DELETE CASCADE',
        columns: ['email'],
        references: { table: { schema: 'public', name: 'mails' }, onDelete: 'cascade', onUpdate: 'no action' },
      },
    },
  ]);
});

it.each([
  ['id serial', { type: 'integer', isNotNull: true, isSerial: true }],
  ['id bigserial PRIMARY KEY', { type: 'bigint', isNotNull: true, isSerial: true }],
  ['id int GENERATED ALWAYS AS IDENTITY', { type: 'integer', isNotNull: true, identity: 'always' }],
  ['id int GENERATED BY DEFAULT AS IDENTITY', { type: 'integer', isNotNull: true, identity: 'by default' }],
  [
    'id int GENERATED ALWAYS AS (a + 1) STORED',
    { type: 'integer', generated: { kind: 'stored', expression: 'a + 1' } },
  ],
  ['id int GENERATED ALWAYS AS (a + 1)', { type: 'integer', generated: { kind: 'virtual', expression: 'a + 1' } }],
  ['id text COLLATE "de-x-icu" DEFAULT NULL', { type: 'text', collation: 'pg_catalog."de-x-icu"' }],
  [
    'id uuid DEFAULT gen_random_uuid()',
    { type: 'uuid', defaultExpression: 'gen_random_uuid()', defaultVolatility: 'volatile' },
  ],
])('ADD %s', async (column, expected) => {
  const [edit] = await readIntent(`ALTER TABLE users ADD COLUMN IF NOT EXISTS ${column.replace(' PRIMARY KEY', '')}`, {
    searchPath: ['public'],
  });
  expect(slim(edit?.edit)).toMatchObject({
    kind: 'add-column',
    ifNotExists: true,
    column: { name: 'id', ...expected },
  });
});

it('CREATE TABLE is kept as a statement, and read', async () => {
  const text = `create table if not exists orders (
    id int generated always as identity (start with 5) primary key,
    "User" bigint not null references users (id), note text, constraint c check (id > 0), unique (note, "User"))`;
  expect(await edits(text)).toEqual([
    {
      kind: 'create-table',
      table: { schema: 'public', name: 'orders' },
      ifNotExists: true,
      statement:
        'CREATE TABLE IF NOT EXISTS public.orders (id int GENERATED ALWAYS AS IDENTITY (START WITH 5) PRIMARY KEY, "User" bigint NOT NULL REFERENCES public.users (id), note text, CONSTRAINT c CHECK (id > 0), UNIQUE (note, "User"))',
      columns: [
        { name: 'id', type: 'integer', isNotNull: true, identity: 'always' },
        { name: 'User', type: 'bigint', isNotNull: true },
        { name: 'note', type: 'text' },
      ],
      constraints: [
        { name: 'orders_pkey', kind: 'primary-key', definition: 'PRIMARY KEY (id)', columns: ['id'] },
        {
          name: 'orders_User_fkey',
          kind: 'foreign-key',
          definition: 'FOREIGN KEY ("User") REFERENCES public.users(id)',
          columns: ['User'],
          references: { table: users, columns: ['id'], onDelete: 'no action', onUpdate: 'no action' },
        },
        { name: 'c', kind: 'check', definition: 'CHECK (id > 0)', columns: ['id'] },
        {
          name: 'orders_note_User_key',
          kind: 'unique',
          definition: 'UNIQUE (note, "User")',
          columns: ['note', 'User'],
        },
      ],
    },
  ]);
});

it('several statements and commands come in order, each with its line and transformations', async () => {
  const text = `BEGIN;
-- godwit: up lower(name) down name
ALTER TABLE users RENAME name TO full_name;
ALTER TABLE users
  ADD a int, -- godwit: up 1
  DROP b, -- godwit: down 'x'
  ALTER c SET NOT NULL;
DROP TABLE a, b; COMMIT`;
  const stated = await readIntent(text, { searchPath: ['public'] });
  expect(stated.map(({ edit, line, up, down }) => [edit.kind, line, up, down])).toEqual([
    ['rename-column', 3, 'lower(name)', 'name'],
    ['drop-column', 6, undefined, "'x'"],
    ['add-column', 4, '1', undefined],
    ['set-not-null', 7, undefined, undefined],
    ['drop-table', 8, undefined, undefined],
    ['drop-table', 8, undefined, undefined],
  ]);
  expect(stated[0]?.text).toBe('ALTER TABLE users RENAME name TO full_name');
});

it('--up and --down belong to the one change that takes them', async () => {
  const options = { searchPath: ['public'], up: ' lower(a) ', down: 'NONE' };
  const [stated] = await readIntent('ALTER TABLE t ALTER a TYPE citext', options);
  expect([stated?.up, stated?.down]).toEqual(['lower(a)', 'none']);
  expect(await refusal('ALTER TABLE t DROP a, DROP b', { up: '1' })).toMatch(
    /^bad-input: --up and --down fit 2 changes/,
  );
  expect(await refusal('DROP TABLE t', { up: '1' })).toMatch(/^bad-input: --up and --down fit no change/);
  expect(await refusal('ALTER TABLE t DROP a', { up: '1 +' })).toMatch(/^sql-syntax: The expression of --up/);
  expect(await refusal('-- godwit: up 1\nALTER TABLE t DROP a', { up: '1' })).toMatch(
    /^bad-input: --up and a godwit comment/,
  );
});

it('automatic names go on counting behind those that are taken', async () => {
  const options = { searchPath: ['public'], isTaken: ({ name }: { readonly name: string }) => name === 'users_a_key' };
  const stated = await readIntent(
    'ALTER TABLE users ADD UNIQUE (a), ADD UNIQUE (a); CREATE INDEX ON users (a)',
    options,
  );
  expect(
    stated.map(({ edit }) =>
      'constraint' in edit && typeof edit.constraint !== 'string'
        ? edit.constraint.name
        : 'index' in edit && 'name' in edit.index
          ? edit.index.name
          : '',
    ),
  ).toEqual(['users_a_key1', 'users_a_key2', 'users_a_idx']);
});
