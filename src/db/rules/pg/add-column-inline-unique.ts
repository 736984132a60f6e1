import { isMissingValue } from '../../lint/effects/add-column.ts';
import { newColumn } from '../../lint/questions/new-column.ts';
import type { Rule } from '../../rule.ts';

export const addColumnInlineUnique: Rule = {
  id: 'pg/add-column-inline-unique',
  severity: 'error',
  summary: 'A column is added with UNIQUE or PRIMARY KEY, whose index is built while nobody can use the table',
  why: 'The index is built at once, from every row, under ACCESS EXCLUSIVE: also reads wait for as long as the table is large.',
  instead:
    'ADD COLUMN without it, CREATE UNIQUE INDEX CONCURRENTLY outside a transaction, then ADD CONSTRAINT … UNIQUE USING INDEX, which takes an instant. `godwit plan --from FILE` makes the plan.',
  aliases: {
    squawk: ['disallowed-unique-constraint'],
    eugene: ['E7'],
    strong_migrations: ['add_index'],
    atlas: ['PG105'],
    MigrationPilot: ['MP027'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', build: true }],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN nickname text UNIQUE;' },
    { sql: 'ALTER TABLE notes ADD COLUMN number bigserial PRIMARY KEY;' },
    { sql: 'ALTER TABLE users ADD COLUMN a text, ADD COLUMN b integer CONSTRAINT only_once UNIQUE;' },
  ],
  good: [
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;\nCREATE UNIQUE INDEX CONCURRENTLY users_nickname ON users (nickname);\nALTER TABLE users ADD CONSTRAINT users_nickname_key UNIQUE USING INDEX users_nickname;',
    },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, title text UNIQUE);' },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD COLUMN title text UNIQUE;' },
    { sql: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS code varchar(20) UNIQUE;' },
  ],
  on: ['AT_AddColumn'],
  check(unit, context) {
    const added = newColumn(unit, context);
    const key = added?.parts.unique ?? added?.parts.primaryKey;
    if (added === undefined || key === undefined || isMissingValue(added.parts, context.catalog)) return [];
    const { column, said, at } = added;
    const what = added.parts.unique === undefined ? 'primary key' : 'unique index';
    return [
      { at, message: `The ${what} of ${column} is built from every row of ${said} while nobody can read or write it.` },
    ];
  },
};
