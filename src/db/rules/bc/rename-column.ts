import { addedColumn } from '../../lint/effects/add-column.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const renameColumn: Rule = {
  id: 'bc/rename-column',
  severity: 'warning',
  summary: 'A column is renamed, so that code which uses the old name fails',
  why: 'The lock is held for an instant only, but from the commit on every query of running code that names the old column fails, and prepared statements of SELECT * with it.',
  instead:
    'A new column, a trigger that keeps both alike, the old rows in batches, and the old one dropped when no code uses it (`godwit plan --from FILE` makes the plan); or a view with the old name over the renamed table.',
  aliases: {
    squawk: ['renaming-column'],
    strong_migrations: ['rename_column'],
    atlas: ['BC102'],
    MigrationPilot: ['MP010', 'MP071'],
    pgsafe: ['rename'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'ALTER TABLE users RENAME COLUMN code TO token;' },
    { sql: 'ALTER TABLE events RENAME kind TO sort;' },
    { sql: 'ALTER VIEW user_names RENAME COLUMN name TO title;' },
  ],
  good: [
    { sql: 'CREATE TABLE drafts (a text);\nALTER TABLE drafts RENAME COLUMN a TO b;' },
    {
      sql: 'ALTER TABLE users RENAME COLUMN code TO token;\nALTER TABLE users ADD COLUMN code varchar(20) GENERATED ALWAYS AS (token) VIRTUAL;',
      from: 18,
    },
    {
      sql: 'ALTER TABLE items RENAME COLUMN price TO amount;\nALTER TABLE items RENAME TO lines;\nCREATE VIEW items AS SELECT id, amount AS price FROM lines;',
      inTransaction: true,
    },
    { sql: 'ALTER TABLE users ADD COLUMN token text;' },
  ],
  on: ['RenameStmt'],
  onFileWith: ['RenameStmt'],
  check: () => [],
  checkFile(units) {
    const views = units.flatMap(({ node }) => ('ViewStmt' in node ? [node.ViewStmt.view?.relname] : []));
    return units.flatMap((unit) => {
      if (!('RenameStmt' in unit.node) || unit.node.RenameStmt.renameType !== 'OBJECT_COLUMN') return [];
      const { relation, subname = '', newname } = unit.node.RenameStmt;
      const isOld = unit.effects.locks.length > 0;
      if (!isOld || views.includes(relation?.relname) || isKept(units, relation?.relname, subname)) return [];
      const message = `Code that knows ${relation?.relname}.${subname} fails once it is ${newname}.`;
      return [{ unit, message }];
    });
  },
};

/** Does the file bring the old name back as a column worked out from the new one? */
function isKept(units: readonly Unit[], table: string | undefined, column: string): boolean {
  return units.some(({ node, command }) => {
    if (!('AlterTableStmt' in node) || command === undefined) return false;
    const added = addedColumn(command);
    const isSame = node.AlterTableStmt.relation?.relname === table && added?.definition.colname === column;
    return isSame && added?.generated !== undefined;
  });
}
