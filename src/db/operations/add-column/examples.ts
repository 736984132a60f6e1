import type { OperationExample } from '../../operation.ts';

const users = `CREATE TABLE users (id bigint PRIMARY KEY, name text);
  INSERT INTO users SELECT n, 'name ' || n FROM generate_series(1, 100) AS n;`;

export const examples: readonly OperationExample[] = [
  {
    title: 'nullable, without a default',
    setup: users,
    sql: 'ALTER TABLE users ADD COLUMN age int',
    names: ['hazard/prepared-statement'],
  },
  {
    title: 'NOT NULL with a constant default',
    setup: users,
    sql: `ALTER TABLE users ADD state varchar(20) NOT NULL DEFAULT 'new'`,
  },
  {
    title: 'a stable default',
    setup: users,
    sql: 'ALTER TABLE users ADD seen timestamptz NOT NULL DEFAULT now()',
    isRandom: true,
  },
  {
    title: 'a volatile default, NOT NULL',
    setup: users,
    sql: 'ALTER TABLE users ADD token uuid NOT NULL DEFAULT gen_random_uuid()',
    isRandom: true,
    since: 13,
  },
  { title: 'an identity', setup: users, sql: 'ALTER TABLE users ADD number bigint GENERATED ALWAYS AS IDENTITY' },
  { title: 'a serial', setup: users, sql: 'ALTER TABLE users ADD number serial' },
  {
    title: 'NOT NULL without a default, filled',
    setup: users,
    sql: `-- godwit: up upper(name)
      ALTER TABLE users ADD COLUMN title text NOT NULL`,
    equals: `ALTER TABLE users ADD COLUMN title text; UPDATE users SET title = upper(name); ALTER TABLE users ALTER title SET NOT NULL`,
  },
  {
    title: 'with a default for new rows and another value for old ones',
    setup: users,
    sql: `-- godwit: up 'old'
      ALTER TABLE users ADD COLUMN era text DEFAULT 'new'`,
    equals: `ALTER TABLE users ADD COLUMN era text; UPDATE users SET era = 'old'; ALTER TABLE users ALTER era SET DEFAULT 'new'`,
    names: ['hazard/later-rows'],
  },
  {
    title: 'NOT NULL without a default on a table with rows',
    setup: users,
    sql: 'ALTER TABLE users ADD COLUMN title text NOT NULL',
    refused: 'unsafe-change',
  },
  {
    title: 'NOT NULL without a default on an empty table',
    setup: 'CREATE TABLE users (id bigint PRIMARY KEY)',
    sql: 'ALTER TABLE users ADD COLUMN title text NOT NULL',
  },
  {
    title: 'a stored generated column on a small table',
    setup: users,
    sql: 'ALTER TABLE users ADD size int GENERATED ALWAYS AS (length(name)) STORED',
    names: ['hazard/rewrite'],
  },
  {
    title: 'a virtual generated column',
    setup: users,
    sql: 'ALTER TABLE users ADD size int GENERATED ALWAYS AS (length(name)) VIRTUAL',
    since: 18,
  },
  {
    title: 'that is there already',
    setup: users,
    sql: 'ALTER TABLE users ADD COLUMN name text',
    refused: 'name-taken',
  },
  {
    title: 'that is there already, if not exists',
    setup: users,
    sql: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS name text',
    refused: 'nothing-to-do',
  },
];
