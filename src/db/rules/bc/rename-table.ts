import type { Rule } from '../../rule.ts';

export const renameTable: Rule = {
  id: 'bc/rename-table',
  severity: 'warning',
  summary: 'A table is renamed, so that code which uses the old name fails',
  why: 'The lock is held for an instant only, but from the commit on every query of code that still runs with the old name fails, and after a deployment is taken back with the new one.',
  instead:
    'Rename it and in the same transaction CREATE VIEW of the old name over it, which takes reads and writes, until no code uses that; `godwit plan` offers versioned views for it.',
  aliases: {
    squawk: ['renaming-table'],
    strong_migrations: ['rename_table'],
    atlas: ['BC101'],
    MigrationPilot: ['MP028'],
    pgsafe: ['rename'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'ALTER TABLE items RENAME TO lines;' },
    { sql: 'ALTER TABLE events RENAME TO happenings;' },
    { sql: 'ALTER TABLE IF EXISTS public.notes RENAME TO remarks;' },
  ],
  good: [
    { sql: 'ALTER TABLE items RENAME TO lines;\nCREATE VIEW items AS SELECT * FROM lines;', inTransaction: true },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts RENAME TO pages;' },
    { sql: 'ALTER INDEX users_name_index RENAME TO users_by_name;' },
    { sql: 'ALTER TABLE users RENAME CONSTRAINT users_age_check TO age_is_positive;' },
  ],
  on: ['RenameStmt'],
  onFileWith: ['RenameStmt'],
  check: () => [],
  checkFile(units) {
    const views = units.flatMap(({ node }) => ('ViewStmt' in node ? [node.ViewStmt.view?.relname] : []));
    return units.flatMap((unit) => {
      if (!('RenameStmt' in unit.node)) return [];
      const { renameType, relation, newname } = unit.node.RenameStmt;
      // What the migration itself has made is not locked, and neither is an index.
      const isOld = unit.effects.locks.some(({ kind }) => kind === 'table');
      if (renameType !== 'OBJECT_TABLE' || !isOld || views.includes(relation?.relname)) return [];
      return [{ unit, message: `Code that knows ${relation?.relname} fails once it is ${newname}.` }];
    });
  },
};
