import { alteredTable } from '../../lint/questions/altered-table.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import { isAddedEarlier } from '../../lint/questions/new-column.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const dropNotNull: Rule = {
  id: 'pg/drop-not-null',
  severity: 'advice',
  summary: 'A column may be NULL from now on, which code that reads it may not expect',
  why: 'The lock is held for an instant only. Code that is running, and whoever else reads the table, was written for a column that always has a value.',
  instead: 'Have all readers cope with a NULL first; then DROP NOT NULL.',
  aliases: { squawk: ['ban-drop-not-null'], MigrationPilot: ['MP029'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'ALTER TABLE users ALTER COLUMN email DROP NOT NULL;' },
    { sql: 'ALTER TABLE events ALTER COLUMN kind DROP NOT NULL;' },
    { sql: 'ALTER TABLE orders ALTER COLUMN note SET DEFAULT 1, ALTER COLUMN total DROP NOT NULL;' },
    { sql: 'ALTER TABLE users ALTER COLUMN email DROP NOT NULL, ALTER COLUMN balance DROP NOT NULL;' },
  ],
  good: [
    { sql: 'ALTER TABLE users ALTER COLUMN name DROP NOT NULL;' },
    { sql: 'CREATE TABLE drafts (title text NOT NULL);\nALTER TABLE drafts ALTER COLUMN title DROP NOT NULL;' },
    {
      sql: "ALTER TABLE users ADD COLUMN kind text NOT NULL DEFAULT 'a';\nALTER TABLE users ALTER COLUMN kind DROP NOT NULL;",
    },
  ],
  on: ['AT_DropNotNull'],
  check(unit, context) {
    const table = alteredTable(unit, context);
    const column = table?.command.name ?? '';
    const known = table?.relation?.columns.get(column);
    if (table === undefined || known?.isNotNull === false || isAddedEarlier(table, column, context)) return [];
    if (told.has(unit.statement)) return [];
    told.add(unit.statement);
    const losing = losingColumns(unit).filter((one) => {
      const isNullable = table.relation?.columns.get(one)?.isNotNull === false;
      return !isNullable && !isAddedEarlier(table, one, context);
    });
    const names = namesInWords(losing.map((one) => `${table.said}.${one}`));
    const them = losing.length === 1 ? 'it' : 'them';
    return [{ message: `${names} may be NULL from now on; what reads ${them} may not expect that.` }];
  },
};

/** Statements of which a command has spoken for the others. */
const told = new WeakSet<Unit['statement']>();

/** Columns of which a statement drops NOT NULL. */
function losingColumns({ node }: Unit): readonly string[] {
  const commands = 'AlterTableStmt' in node ? (node.AlterTableStmt.cmds ?? []) : [];
  return commands.flatMap((one) =>
    'AlterTableCmd' in one && one.AlterTableCmd.subtype === 'AT_DropNotNull' ? [one.AlterTableCmd.name ?? ''] : [],
  );
}
