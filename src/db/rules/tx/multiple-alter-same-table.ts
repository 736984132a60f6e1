import { fullName } from '../../lint/catalog/catalog.ts';
import { isNew } from '../../lint/context.ts';
import { isLong } from '../../lint/questions/held-locks.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const multipleAlterSameTable: Rule = {
  id: 'tx/multiple-alter-same-table',
  severity: 'advice',
  summary: 'One table is altered by several statements in a row',
  why: 'Each statement asks for its lock anew where they commit one by one, and where they rewrite or read the table each does it once more. One ALTER TABLE with several commands does all in one pass.',
  instead: 'Write the commands into one ALTER TABLE, with commas between them.',
  aliases: { eugene: ['W12'], MigrationPilot: ['MP058'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;\nALTER TABLE users ADD COLUMN title text;' },
    {
      sql: 'ALTER TABLE users DROP COLUMN code;\nALTER TABLE users ALTER COLUMN age SET DEFAULT 1;\nALTER TABLE users ADD COLUMN title text;',
      findings: 2,
    },
    {
      sql: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;\nALTER TABLE users ADD CONSTRAINT users_age_max CHECK (age < 200);',
      inTransaction: true,
    },
  ],
  good: [
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;\nALTER TABLE users ADD COLUMN title text;',
      inTransaction: true,
    },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text, ADD COLUMN title text;' },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;\nALTER TABLE orders ADD COLUMN code text;' },
    {
      sql: "ALTER TABLE users ADD CONSTRAINT users_code CHECK (code <> '') NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT users_code;",
    },
    {
      sql: 'ALTER TABLE users ALTER COLUMN code SET NOT NULL;\nALTER TABLE users DROP CONSTRAINT users_code_set;',
      given: 'UPDATE users SET code = id;\nALTER TABLE users ADD CONSTRAINT users_code_set CHECK (code IS NOT NULL);',
    },
    {
      sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD COLUMN a text;\nALTER TABLE drafts ADD COLUMN b text;',
    },
  ],
  on: ['*'],
  check(unit, context) {
    const { node, statement, command } = unit;
    const previous = context.file.units.at(-1);
    if (!('AlterTableStmt' in node) || previous === undefined || !('AlterTableStmt' in previous.node)) return [];
    if (previous.statement === statement || isValidation(command?.subtype) || isValidation(previous.command?.subtype))
      return [];
    // In one statement the CHECK would go first, and SET NOT NULL would have to read every row.
    if (previous.command?.subtype === 'AT_SetNotNull' && command?.subtype === 'AT_DropConstraint') return [];
    const table = fullName(context.catalog, node.AlterTableStmt.relation);
    if (table !== fullName(context.catalog, previous.node.AlterTableStmt.relation)) return [];
    if (isNew(context, node.AlterTableStmt.relation)) return [];
    // In one transaction the lock is asked for once: one statement saves something only where both pass over the rows.
    const isOnce = statement.isInTransaction && statement.transaction === previous.statement.transaction;
    if (isOnce && !(isLong(unit) && isLong(previous))) return [];
    return [{ message: `${namesInWords([table])} is altered by the statement before this one too.` }];
  },
};

/** Validation has to come in another transaction than what it validates. */
function isValidation(subtype: string | undefined): boolean {
  return subtype === 'AT_ValidateConstraint';
}
