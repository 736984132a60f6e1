import { typeChange } from '../../lint/effects/type-change.ts';
import { rebuiltIndexes } from '../../lint/effects/type-dependants.ts';
import { typeWork } from '../../lint/effects/type-work.ts';
import { alteredTable } from '../../lint/questions/altered-table.ts';
import type { Rule } from '../../rule.ts';

export const collationChange: Rule = {
  id: 'pg/collation-change',
  severity: 'error',
  summary: 'The collation of a column is changed, for which its indexes are built anew',
  why: 'An index is sorted by the collation. With another one every index on the column is built anew from all rows under ACCESS EXCLUSIVE, although the rows stay as they are. A change of type without COLLATE takes a collation away that the column had.',
  instead:
    'A new column with the collation and its indexes built CONCURRENTLY; or DROP INDEX CONCURRENTLY before and CREATE INDEX CONCURRENTLY after the change, which is then free.',
  aliases: { MigrationPilot: ['MP089'] },
  needs: 'schema',
  claims: [{ lock: 'ACCESS EXCLUSIVE', build: true, scan: true }],
  bad: [
    { sql: 'ALTER TABLE users ALTER COLUMN email TYPE varchar(100) COLLATE "C";' },
    {
      given:
        'CREATE TABLE pages (title text COLLATE "C" UNIQUE);\nINSERT INTO pages SELECT \'page \' || i FROM generate_series(1, 300) AS i;',
      sql: 'ALTER TABLE pages ALTER COLUMN title TYPE varchar;',
    },
    {
      given: 'CREATE INDEX users_code_lower ON users (lower(code));',
      sql: 'ALTER TABLE users ALTER COLUMN code TYPE varchar(30) COLLATE "C";',
    },
  ],
  good: [
    { sql: 'ALTER TABLE users ALTER COLUMN code TYPE text COLLATE "C";' },
    { sql: 'ALTER TABLE users ALTER COLUMN email TYPE varchar(200);' },
    { sql: 'CREATE TABLE drafts (title text UNIQUE);\nALTER TABLE drafts ALTER COLUMN title TYPE text COLLATE "C";' },
    {
      sql: 'DROP INDEX CONCURRENTLY users_email_key;\nALTER TABLE users ALTER COLUMN email TYPE varchar(100) COLLATE "C";\nCREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);',
    },
  ],
  on: ['AT_AlterColumnType'],
  check(unit, context) {
    const table = alteredTable(unit, context);
    const change = table === undefined ? undefined : typeChange(table.command, table.relation);
    if (table === undefined || change?.isCollationChanged !== true) return [];
    const indexes = rebuiltIndexes(table.relation, change, context.catalog);
    if (typeWork(change, context.catalog) !== 'free' || unit.effects.fails !== undefined || indexes.length === 0)
      return [];
    const which = `${indexes.length === 1 ? 'index' : 'indexes'} ${indexes.join(', ')}`;
    return [
      {
        message: `${change.column} sorts otherwise: the ${which} of ${table.said} is built anew while nobody can read or write the table.`,
      },
    ];
  },
};
