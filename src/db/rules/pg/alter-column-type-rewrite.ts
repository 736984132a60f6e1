import { typeWords } from '../../lint/column-type.ts';
import { mayBeFree, typeChange } from '../../lint/effects/type-change.ts';
import { viewsOnColumn } from '../../lint/effects/type-dependants.ts';
import { typeWork } from '../../lint/effects/type-work.ts';
import { alteredTable } from '../../lint/questions/altered-table.ts';
import type { Rule } from '../../rule.ts';

export const alterColumnTypeRewrite: Rule = {
  id: 'pg/alter-column-type-rewrite',
  severity: 'error',
  summary: 'The type of a column is changed in a way that writes the table anew',
  why: 'The new type is stored otherwise, or has to be checked value by value: the server writes the table and all of its indexes anew under ACCESS EXCLUSIVE, locks the other tables of foreign keys on the column, and reads them too. A longer varchar, varchar to text, a numeric with more digits and the same scale cost nothing; timestamp to timestamptz costs nothing where TimeZone is UTC.',
  instead:
    'A new column of the new type, a trigger that keeps both alike, the old rows in batches, then the swap of names. `godwit plan --from FILE` makes the plan.',
  aliases: {
    squawk: ['changing-column-type'],
    eugene: ['E5'],
    strong_migrations: ['change_column'],
    atlas: ['PG301'],
    'pg-schema-diff': ['ACQUIRES_ACCESS_EXCLUSIVE_LOCK'],
    MigrationPilot: ['MP007'],
  },
  needs: 'schema',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true, scan: true }],
  bad: [
    { sql: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;' },
    { sql: 'ALTER TABLE items ALTER COLUMN price TYPE numeric(12, 4);' },
    { sql: 'ALTER TABLE users ALTER COLUMN code TYPE integer USING code::integer;' },
    { sql: 'ALTER TABLE users ALTER COLUMN code TYPE text USING trim(code);' },
    { sql: 'ALTER TABLE users ALTER COLUMN country TYPE text;' },
    { sql: 'ALTER TABLE users ALTER COLUMN settings TYPE json;' },
    { sql: 'ALTER TABLE orders ALTER COLUMN status TYPE text;' },
    { sql: 'ALTER TABLE items ALTER COLUMN quantity TYPE positive;' },
    {
      given: 'CREATE TABLE pets (owner bigint REFERENCES users (id));\nINSERT INTO pets SELECT id FROM users;',
      sql: 'ALTER TABLE pets ALTER COLUMN owner TYPE integer;',
    },
    { sql: 'ALTER TABLE events ALTER COLUMN id TYPE numeric;' },
    { sql: "SET timezone = 'Europe/Paris';\nALTER TABLE users ALTER COLUMN created_at TYPE timestamptz;" },
    {
      sql: 'ALTER TABLE users ALTER COLUMN created_at TYPE timestamptz;',
      notRun: 'What the server does depends on its TimeZone, which the example does not say.',
    },
    {
      sql: "SET timezone = 'UTC';\nALTER TABLE users ALTER COLUMN created_at TYPE timestamptz USING created_at AT TIME ZONE 'UTC';",
    },
    { sql: 'ALTER TABLE users ALTER COLUMN code TYPE text, ALTER COLUMN age TYPE bigint;' },
  ],
  good: [
    { sql: 'ALTER TABLE users ALTER COLUMN code TYPE varchar(50);' },
    { sql: 'ALTER TABLE users ALTER COLUMN email TYPE text;' },
    { sql: 'ALTER TABLE users ALTER COLUMN code TYPE text USING code::text;' },
    { sql: 'ALTER TABLE users ALTER COLUMN code SET DATA TYPE varchar;' },
    { sql: 'ALTER TABLE items ALTER COLUMN price TYPE numeric(14, 2);' },
    { sql: 'ALTER TABLE items ALTER COLUMN price TYPE numeric;' },
    { sql: 'ALTER TABLE users ALTER COLUMN contact TYPE text;' },
    { sql: 'ALTER TABLE orders ALTER COLUMN note TYPE email_address;' },
    { sql: "SET TIME ZONE 'UTC';\nALTER TABLE users ALTER COLUMN created_at TYPE timestamptz;" },
    { sql: 'CREATE TABLE drafts (n integer);\nALTER TABLE drafts ALTER COLUMN n TYPE bigint;' },
    {
      given:
        'CREATE TABLE spans (one varbit(5), two bit(5), three interval(2), four timestamp(3), five varchar(5)[], six cidr);',
      sql: 'ALTER TABLE spans ALTER COLUMN one TYPE varbit(9), ALTER COLUMN two TYPE varbit, ALTER COLUMN three TYPE interval(4), ALTER COLUMN four TYPE timestamp, ALTER COLUMN five TYPE varchar[], ALTER COLUMN six TYPE inet;',
    },
  ],
  on: ['AT_AlterColumnType'],
  check(unit, context) {
    const table = alteredTable(unit, context);
    const change = table === undefined ? undefined : typeChange(table.command, table.relation);
    if (table === undefined || change === undefined) return [];
    const { catalog } = context;
    const work = typeWork(change, catalog);
    const isRefused = viewsOnColumn(table.relation, change.column, catalog).length > 0;
    if (work === 'free' || isRefused) return [];
    const { column, from, to } = change;
    const becoming = `${column} becomes ${typeWords(to)}`;
    if (work === 'zone') {
      const message = `${becoming}: unless the session's TimeZone is UTC, ${table.said} is written anew while nobody can read or write it.`;
      return [{ severity: 'warning', message }];
    }
    if (from === undefined && mayBeFree(change, catalog)) {
      const message = `${becoming}: unless it only grows, ${table.said} is written anew while nobody can read or write it. What it was is not known; --schema or --db would tell.`;
      return [{ severity: 'warning', message }];
    }
    const was = from === undefined ? '' : ` from ${typeWords(from)}`;
    return [
      {
        message: `${column} goes${was} to ${typeWords(to)}: ${table.said} is written anew while nobody can read or write it.`,
      },
    ];
  },
};
