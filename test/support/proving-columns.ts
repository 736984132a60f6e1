import type { Value } from '#db/workload/shape';
import type { ProvingCase } from './proving-cases.ts';

const number = (value: unknown): Value => (value === null ? null : Number(value));
const text = (value: Value): Value => (value === null ? null : String(value));
const small = (random: () => number) => Math.floor(random() * 1_000);
/** The database chose the value, and the ledger cannot know it. */
const chosen = (right: Value): boolean => right === null;

/** Changes of columns that leave no value in doubt. */
export const columnCases: readonly ProvingCase[] = [
  {
    title: 'a column is renamed',
    sql: 'ALTER TABLE users RENAME COLUMN name TO full_name',
    young: { fields: { name: { column: 'full_name' } } },
  },
  {
    title: 'a unique column is renamed, and both versions upsert on it',
    sql: 'ALTER TABLE users RENAME COLUMN email TO mail',
    old: { upsertsOn: 'email' },
    young: { fields: { email: { column: 'mail' } }, upsertsOn: 'email' },
  },
  {
    title: 'a column with a default is renamed',
    sql: 'ALTER TABLE users RENAME COLUMN state TO status',
    field: {
      name: 'state',
      column: `state text DEFAULT 'new'`,
      fill: `'state ' || id`,
      initial: (key) => `state ${key}`,
      make: (_, turn) => `state ${turn}`,
      isNullable: true,
    },
    old: { fields: { state: { column: 'state', omitted: 'new', isNullable: false } } },
    young: { fields: { state: { column: 'status', omitted: 'new', isNullable: false } } },
  },
  {
    title: 'integer becomes bigint',
    sql: 'ALTER TABLE users ALTER COLUMN points TYPE bigint',
    field: {
      name: 'points',
      column: 'points integer DEFAULT 7 CHECK (points >= 0)',
      fill: 'id',
      initial: (key) => key,
      make: small,
      isNullable: true,
    },
    old: { fields: { points: { column: 'points', omitted: 7, read: number } } },
  },
  {
    title: 'text becomes integer',
    sql: 'ALTER TABLE users ALTER COLUMN age TYPE integer USING age::integer',
    field: {
      name: 'age',
      column: 'age text',
      fill: 'id::text',
      initial: (key) => key,
      make: small,
      isNullable: true,
    },
    setup: 'CREATE INDEX users_age ON users (age)',
    old: { fields: { age: { column: 'age', omitted: null, write: text, read: number } } },
  },
  {
    title: 'cents are cut, and come back where nobody wrote',
    sql: 'ALTER TABLE users ALTER COLUMN score TYPE integer',
    field: {
      name: 'score',
      column: 'score numeric(10,2)',
      fill: 'CASE WHEN id > 2400 THEN id + 0.25 ELSE id END',
      initial: (key) => (key > 2_400 ? key + 0.25 : key),
      make: small,
      isNullable: true,
    },
    old: { fields: { score: { column: 'score', omitted: null, read: number } } },
    young: {
      fields: {
        score: {
          column: 'score',
          omitted: null,
          read: number,
          accepts: (right, read) => typeof right === 'number' && Math.round(right) === read,
        },
      },
    },
  },
  {
    title: 'words become truth, by a transformation of its own',
    sql: `-- godwit: down CASE WHEN active THEN 'yes' WHEN NOT active THEN 'no' END
      ALTER TABLE users ALTER COLUMN active TYPE boolean USING active = 'yes'`,
    field: {
      name: 'active',
      column: 'active text',
      fill: `CASE WHEN id % 2 = 0 THEN 'yes' ELSE 'no' END`,
      initial: (key) => key % 2 === 0,
      make: (random) => random() < 0.5,
      isNullable: true,
    },
    old: {
      fields: {
        active: {
          column: 'active',
          omitted: null,
          write: (value) => (value === null ? null : value ? 'yes' : 'no'),
          read: (value) => (value === null ? null : value === 'yes'),
        },
      },
    },
    young: {
      fields: {
        active: {
          column: 'active',
          omitted: null,
          write: (value) => (value === null ? null : value ? 'yes' : 'no'),
          read: (value) => (value === null ? null : value === 'yes' || value === true),
        },
      },
    },
  },
  {
    title: 'a column is added',
    sql: 'ALTER TABLE users ADD COLUMN age integer',
    field: { name: 'age', initial: () => null, make: small, isNullable: true },
    old: { unknown: { age: null } },
    young: { fields: { age: { column: 'age', omitted: null } } },
    again: (fields) => ({ ...fields, age: null }),
  },
  {
    title: 'a column is added, NOT NULL with a default',
    sql: `ALTER TABLE users ADD COLUMN state text NOT NULL DEFAULT 'new'`,
    field: { name: 'state', initial: () => 'new', make: (_, turn) => `state ${turn}` },
    old: { unknown: { state: 'new' } },
    young: { fields: { state: { column: 'state', omitted: 'new' } } },
    again: (fields) => ({ ...fields, state: 'new' }),
  },
  {
    title: 'a column is added, NOT NULL with a volatile default',
    sql: 'ALTER TABLE users ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid()',
    field: { name: 'token', initial: () => null, make: (_, turn) => uuidOf(turn) },
    old: { unknown: { token: null } },
    young: { fields: { token: { column: 'token', omitted: null, accepts: chosen } } },
    again: (fields) => ({ ...fields, token: null }),
  },
  {
    title: 'a column is added, NOT NULL, filled from another',
    sql: `-- godwit: up upper(name)
      ALTER TABLE users ADD COLUMN title text NOT NULL`,
    field: { name: 'title', initial: () => null, make: (_, turn) => `TITLE ${turn}` },
    old: { unknown: { title: null } },
    young: { fields: { title: { column: 'title', accepts: chosen } } },
    again: (fields) => ({ ...fields, title: null }),
  },
  {
    title: 'an identity is added',
    sql: 'ALTER TABLE users ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY',
  },
  {
    title: 'a column is dropped',
    sql: 'ALTER TABLE users DROP COLUMN old',
    field: {
      name: 'old',
      column: 'old text',
      fill: `'old ' || id`,
      initial: (key) => `old ${key}`,
      make: (_, turn) => `old ${turn}`,
      isNullable: true,
    },
    old: { fields: { old: { column: 'old', omitted: null } } },
    young: { unknown: { old: null } },
  },
  {
    title: 'a NOT NULL column is dropped, and filled where it is missing when it comes back',
    sql: `-- godwit: down upper(name)
      ALTER TABLE users DROP COLUMN title`,
    field: {
      name: 'title',
      column: 'title text NOT NULL',
      fill: `'TITLE ' || id`,
      initial: (key) => `TITLE ${key}`,
      make: (_, turn) => `TITLE ${turn}`,
    },
    old: { fields: { title: { column: 'title', accepts: chosen } } },
    young: { unknown: { title: null } },
  },
  {
    title: 'NULL is forbidden, and filled',
    sql: `-- godwit: up 'note of ' || id
      ALTER TABLE users ALTER COLUMN note SET NOT NULL`,
    tellsExceptions: true,
    young: {
      fields: {
        note: { column: 'note', isNullable: false, accepts: (right, read) => right === null && read !== null },
      },
    },
  },
  { title: 'NULL is allowed', sql: 'ALTER TABLE users ALTER COLUMN name DROP NOT NULL' },
  {
    title: 'a default is set',
    sql: `ALTER TABLE users ALTER COLUMN note SET DEFAULT 'new'`,
    old: {
      fields: { note: { column: 'note', omitted: null, accepts: (right, read) => right === null && read === 'new' } },
    },
  },
  {
    title: 'a default is dropped',
    sql: 'ALTER TABLE users ALTER COLUMN note DROP DEFAULT',
    setup: `ALTER TABLE users ALTER COLUMN note SET DEFAULT 'new'`,
    old: {
      fields: { note: { column: 'note', omitted: null, accepts: (right, read) => right === null && read === 'new' } },
    },
  },
];

function uuidOf(turn: number): string {
  return `00000000-0000-4000-8000-${turn.toString(16).padStart(12, '0')}`;
}
