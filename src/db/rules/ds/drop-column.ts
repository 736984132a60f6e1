import { isSurelyMissing } from '../../lint/catalog/certain.ts';
import { dependantsOfColumn } from '../../lint/effects/type-dependants.ts';
import { alteredTable } from '../../lint/questions/altered-table.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import { isAddedEarlier } from '../../lint/questions/new-column.ts';
import type { Rule } from '../../rule.ts';

export const dropColumn: Rule = {
  id: 'ds/drop-column',
  severity: 'error',
  summary: 'A column is dropped, and its values with it',
  why: 'The values cannot be read any more from the commit on, and code that still names the column fails at once. The lock is held for an instant, but it is ACCESS EXCLUSIVE, for a column with a foreign key on both tables; indexes on the column go too.',
  instead:
    'Have the code stop reading it, then stop writing it (no more NOT NULL without a default); drop it when no running version knows it and a backup has its values.',
  aliases: {
    squawk: ['ban-drop-column'],
    strong_migrations: ['remove_column'],
    atlas: ['DS103'],
    'pg-schema-diff': ['DELETES_DATA'],
    MigrationPilot: ['MP017'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'ALTER TABLE users DROP COLUMN age;' },
    { sql: 'ALTER TABLE users DROP COLUMN IF EXISTS code, DROP COLUMN email;', findings: 2 },
    { sql: 'ALTER TABLE users DROP COLUMN name CASCADE;' },
    { sql: 'ALTER TABLE events DROP COLUMN payload;' },
    { sql: 'ALTER TABLE users DROP COLUMN name;', claim: { fails: '2BP01' } },
    { sql: 'ALTER TABLE users DROP COLUMN id;', claim: { fails: '2BP01' } },
    {
      given: 'CREATE TABLE pets (name text, owner bigint REFERENCES users (id));',
      sql: 'ALTER TABLE pets DROP COLUMN owner;',
    },
  ],
  good: [
    { sql: 'CREATE TABLE IF NOT EXISTS drafts (id bigint);\nALTER TABLE drafts DROP COLUMN IF EXISTS title;' },
    { sql: 'ALTER TABLE users DROP COLUMN IF EXISTS nickname;' },
    { sql: 'ALTER TABLE users ADD COLUMN draft text;\nALTER TABLE users DROP COLUMN draft;' },
    { sql: 'CREATE TABLE drafts (id bigint, title text);\nALTER TABLE drafts DROP COLUMN title;' },
    { sql: 'ALTER TABLE users ALTER COLUMN age DROP DEFAULT;' },
  ],
  on: ['AT_DropColumn'],
  check(unit, context) {
    const { catalog } = context;
    const table = alteredTable(unit, context);
    if (table === undefined) return [];
    const { relation, command, said } = table;
    const column = command.name ?? '';
    const isNothing = command.missing_ok === true && relation?.isKnown === true && !relation.columns.has(column);
    if (isNothing || isAddedEarlier(table, column, context)) return [];
    // pg/fails-on-what-is-there says that it fails: no value is lost.
    if (isSurelyMissing(catalog, relation, column) && unit.statement.within === undefined) return [];
    const message = `Column ${column} of ${said} is dropped with all of its values.`;
    if (unit.effects.fails !== '2BP01') return [{ message }];
    const needed = namesInWords(dependantsOfColumn(relation, column, catalog));
    return [{ message: `${message} It fails with 2BP01, for it is needed by ${needed}.` }];
  },
};
