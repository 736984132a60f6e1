import { fullName } from '../../lint/catalog/catalog.ts';
import { earlierInTransaction } from '../../lint/context.ts';
import { alteredTable } from '../../lint/questions/altered-table.ts';
import { fillsNulls } from '../../lint/questions/row-bound.ts';
import type { Rule } from '../../rule.ts';

export const changeNullWithDefaultUpdate: Rule = {
  id: 'pg/change-null-with-default-update',
  severity: 'warning',
  summary: 'All NULLs of a column are filled in one UPDATE, in the transaction that then makes it NOT NULL',
  why: 'The UPDATE locks every row that it writes until the commit, and SET NOT NULL in the same transaction then reads the whole table under ACCESS EXCLUSIVE: rows stay locked, and then the table, for as long as it is large.',
  instead:
    'Fill the rows in batches by key, each in a transaction of its own; after that CHECK (column IS NOT NULL) NOT VALID, VALIDATE, SET NOT NULL. `godwit plan --from FILE` makes the plan.',
  aliases: { strong_migrations: ['change_column_null'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', scan: true }],
  bad: [
    {
      sql: "UPDATE users SET name = 'unknown' WHERE name IS NULL;\nALTER TABLE users ALTER COLUMN name SET NOT NULL;",
      inTransaction: true,
    },
    {
      sql: 'BEGIN;\nUPDATE users SET age = 18 WHERE age IS NULL;\nALTER TABLE users ALTER COLUMN age SET DEFAULT 18, ALTER COLUMN age SET NOT NULL;\nCOMMIT;',
    },
    {
      sql: "UPDATE users SET name = coalesce(name, '');\nALTER TABLE users ALTER COLUMN name SET NOT NULL;",
      inTransaction: true,
    },
  ],
  good: [
    { sql: 'ALTER TABLE users ALTER COLUMN name SET NOT NULL;' },
    {
      sql: "UPDATE users SET name = '' WHERE id = 5 AND name IS NULL;\nALTER TABLE users ALTER COLUMN name SET NOT NULL;",
      inTransaction: true,
    },
    {
      sql: "BEGIN;\nUPDATE users SET name = '' WHERE name IS NULL;\nCOMMIT;\nALTER TABLE users ALTER COLUMN name SET NOT NULL;",
    },
    {
      sql: "CREATE TABLE drafts (title text);\nUPDATE drafts SET title = '' WHERE title IS NULL;\nALTER TABLE drafts ALTER COLUMN title SET NOT NULL;",
      inTransaction: true,
    },
  ],
  on: ['AT_SetNotNull'],
  check(unit, context) {
    const table = alteredTable(unit, context);
    const column = table?.command.name ?? '';
    if (table === undefined || unit.effects.scans.length === 0) return [];
    const filled = earlierInTransaction(unit, context).find(
      ({ node }) =>
        'UpdateStmt' in node &&
        fullName(context.catalog, node.UpdateStmt.relation) === table.name &&
        fillsNulls(node.UpdateStmt, { column, relation: table.relation }),
    );
    if (filled === undefined) return [];
    return [
      {
        message: `The rows of ${table.said} whose ${column} was filled stay locked until ${column} is NOT NULL, for which every row is read.`,
      },
    ];
  },
};
