import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../../../test/support/database.ts';
import { readIntent } from './read-intent.ts';

/** What godwit says beforehand, held against what the server does. */
let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(async () => database.drop());

const long = 'a_column_with_a_name_that_goes_on_and_on_until_nobody_reads_it';
const wide = 'größe_der_straße_übermäßig_lang_äöüäöüäöüäöü';

/** Names of constraints and indexes that statements gave, sorted. */
async function namesOnServer(table: string): Promise<readonly unknown[]> {
  const rows = await database.query(`
    SELECT conname::text AS name FROM pg_constraint WHERE conrelid = '${table}'::regclass AND contype <> 'n'
    UNION SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = '${table}'::regclass ORDER BY 1`);
  return [...new Set(rows.map((row) => String(row.name).replaceAll('"', '')))].sort();
}

async function namesSaid(text: string): Promise<readonly unknown[]> {
  const stated = await readIntent(text, { searchPath: ['public'] });
  return stated
    .flatMap(({ edit }) => {
      if (edit.kind === 'create-table') return edit.constraints.map(({ name }) => name);
      if (edit.kind === 'add-constraint') return [edit.constraint.name];
      return edit.kind === 'create-index' ? [edit.index.name] : [];
    })
    .sort();
}

it.each([
  'ALTER TABLE t ADD d int UNIQUE, ADD e int CHECK (e > 0), ADD f int REFERENCES o, ADD PRIMARY KEY (a)',
  'ALTER TABLE t ADD UNIQUE (a), ADD UNIQUE (a), ADD UNIQUE (a, b) INCLUDE (c), ADD CHECK (a > b), ADD CHECK (a > 0 AND a < 9)',
  'ALTER TABLE t ADD CHECK (true), ADD CHECK (a > 0), ADD CHECK (a > 1), ADD FOREIGN KEY (a) REFERENCES o, ADD FOREIGN KEY (b) REFERENCES o (id)',
  'CREATE INDEX ON t (a, b) INCLUDE (c); CREATE INDEX ON t (a, b) INCLUDE (c); CREATE INDEX ON t (lower(x), upper(x), (x || x), (x || x))',
  'CREATE INDEX ON t ((x::varchar)); CREATE INDEX ON t ((a::text)); CREATE INDEX ON t ((1 + a::int)); CREATE INDEX ON t (coalesce(a, b), greatest(a, b), (CASE WHEN a > 0 THEN b END), (CASE WHEN a > 0 THEN b ELSE c END), (ARRAY[a]), nullif(a, b))',
  'CREATE INDEX ON t (x COLLATE "C"); CREATE INDEX ON t ((x COLLATE "C")); CREATE INDEX ON t (((x)::json ->> \'a\')); CREATE INDEX ON t (((a IS NULL)::int)); CREATE INDEX ON t ((NOT a > 0))',
  "CREATE INDEX ON t (substring(x from 1 for 2), trim(x), (date_part('year', d1)), extract(year from d1))",
  `ALTER TABLE t ADD UNIQUE (${long}), ADD UNIQUE (${long}), ADD CHECK (${long} > 0)`,
  `ALTER TABLE t ADD UNIQUE (${wide}); CREATE INDEX ON t (${wide}, ${long}); CREATE INDEX ON t (a, ${wide}, ${wide}); CREATE INDEX ON t (a, a, a)`,
  `CREATE TABLE ${long} (id int PRIMARY KEY, ${wide} int UNIQUE CHECK (${wide} > 0), x int REFERENCES o, UNIQUE (id, ${wide}), CHECK (id > x))`,
])('automatic names are those of the server: %s', async (text) => {
  await database.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE o (id int PRIMARY KEY)');
  const isCreate = text.startsWith('CREATE TABLE');
  if (!isCreate)
    await database.query(`CREATE TABLE t (a int, b int, c int, x text, d1 date, ${long} int, ${wide} int)`);
  await database.query(text);
  expect(await namesSaid(text)).toEqual(await namesOnServer(isCreate ? long : 't'));
});

it.each([
  'int',
  'integer',
  'int4',
  'bigint',
  'smallint',
  'int2',
  'real',
  'float',
  'float(3)',
  'double precision',
  'numeric',
  'decimal(10, 2)',
  'numeric(5)',
  'numeric(3, -2)',
  'bool',
  'text',
  'varchar',
  'varchar(40)',
  'character varying',
  'char',
  'char(3)',
  'character(3)',
  'bpchar',
  '"char"',
  'name',
  'uuid',
  'json',
  'jsonb',
  'xml',
  'bytea',
  'bit',
  'bit(3)',
  'bit varying(3)',
  'varbit',
  'date',
  'time',
  'time(3)',
  'timetz',
  'timestamp',
  'timestamp(3)',
  'timestamptz(3)',
  'timestamp with time zone',
  'time with time zone',
  'interval',
  'interval(3)',
  'interval day to second',
  'interval second(3)',
  'interval year',
  'inet',
  'int[]',
  'int[][]',
  'varchar(3)[]',
  'int ARRAY[4]',
  'timestamptz[]',
  'tsvector',
  'point',
  'int4range',
  'regclass',
  'oid',
  'money',
  'national character varying(3)',
  'pg_catalog.int8',
  'pg_catalog.text',
  'app.mood',
  'app."Mood x"',
  'app.mood[]',
  'app."order"',
])('the type %s is written as the server does', async (type) => {
  await database.query(`DROP SCHEMA IF EXISTS app CASCADE; CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ();
    CREATE TYPE app."Mood x" AS ENUM (); CREATE DOMAIN app."order" AS int; DROP TABLE IF EXISTS public.typed`);
  await database.query(`CREATE TABLE public.typed (a ${type})`);
  const [row] = await database.query(`SELECT format_type(atttypid, atttypmod) AS type FROM pg_attribute
    WHERE attrelid = 'public.typed'::regclass AND attname = 'a'`);
  const [stated] = await readIntent(`ALTER TABLE t ALTER a TYPE ${type}`, { searchPath: ['public'] });
  expect(stated?.edit.kind === 'change-type' && stated.edit.type).toBe(row?.type);
});

/** The order that the edits of one ALTER TABLE come in is the order in which the server does them. */
it('commands of one ALTER TABLE are done in passes, not in the order of the text', async () => {
  await database.query(`DROP SCHEMA public CASCADE; CREATE SCHEMA public;
    CREATE TABLE t (a int, c text DEFAULT '1'); INSERT INTO t VALUES (7)`);
  const text = `ALTER TABLE t ADD COLUMN a text DEFAULT 'new', DROP COLUMN a, ALTER c SET DEFAULT 5,
    ALTER c TYPE int USING c::int, ALTER c DROP DEFAULT, ADD UNIQUE (b), ADD b int`;
  await database.query(text);
  expect(await database.query('SELECT * FROM t')).toEqual([{ c: 1, a: 'new', b: null }]);
  const [row] = await database.query('SELECT pg_get_expr(adbin, adrelid) AS c FROM pg_attrdef WHERE adnum = 2');
  expect(row).toEqual({ c: '5' });
  const stated = await readIntent(text, { searchPath: ['public'] });
  expect(stated.map(({ edit }) => edit.kind)).toEqual([
    'drop-column',
    'drop-default',
    'change-type',
    'add-column',
    'add-column',
    'add-constraint',
    'set-default',
  ]);
});

it('DEFAULT NULL is no default', async () => {
  await database.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE t (a int DEFAULT 1)');
  await database.query('ALTER TABLE t ALTER a SET DEFAULT NULL::int, ADD b text DEFAULT NULL');
  expect(await database.query('SELECT adnum FROM pg_attrdef')).toEqual([]);
});
