import { nodesIn } from '../../drivers/postgres/sql/walk.ts';
import type { Rule } from '../../rule.ts';

export const renameOrSetSchema: Rule = {
  id: 'bc/rename-or-set-schema',
  severity: 'warning',
  summary: 'A schema is renamed, or an object moves to another one, so that code which uses the old place fails',
  why: 'From the commit on, running code that names the old schema, or finds the table by its search_path, does not find it any more.',
  instead:
    'Move it and in the same transaction CREATE VIEW of the old name in the old schema; or add the new schema to search_path of every role first.',
  aliases: { strong_migrations: ['rename_schema'], MigrationPilot: ['MP098'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { given: 'CREATE SCHEMA shop;', sql: 'ALTER SCHEMA shop RENAME TO store;', claim: {} },
    { given: 'CREATE SCHEMA shop;', sql: 'ALTER TABLE items SET SCHEMA shop;' },
    { given: 'CREATE SCHEMA shop;', sql: 'ALTER TYPE order_status SET SCHEMA shop;', claim: {} },
    { given: 'CREATE SCHEMA shop;', sql: 'ALTER VIEW user_names SET SCHEMA shop;' },
  ],
  good: [
    { sql: 'CREATE SCHEMA shop;\nALTER SCHEMA shop RENAME TO store;' },
    {
      sql: 'CREATE SCHEMA shop;\nCREATE TABLE drafts (id bigint);\nALTER TABLE drafts SET SCHEMA shop;',
    },
    {
      given: 'CREATE SCHEMA shop;',
      sql: 'ALTER TABLE items SET SCHEMA shop;\nCREATE VIEW items AS SELECT * FROM shop.items;',
      inTransaction: true,
    },
  ],
  on: ['RenameStmt', 'AlterObjectSchemaStmt'],
  onFileWith: ['RenameStmt', 'AlterObjectSchemaStmt'],
  check: () => [],
  checkFile(units) {
    const schemas = units.flatMap(({ node }) => ('CreateSchemaStmt' in node ? [node.CreateSchemaStmt.schemaname] : []));
    const views = units.flatMap(({ node }) => ('ViewStmt' in node ? [node.ViewStmt.view?.relname] : []));
    return units.flatMap((unit) => {
      const { node, effects } = unit;
      if ('RenameStmt' in node) {
        const { renameType, subname, newname } = node.RenameStmt;
        if (renameType !== 'OBJECT_SCHEMA' || schemas.includes(subname)) return [];
        return [{ unit, message: `Code that names the schema ${subname} fails once it is ${newname}.` }];
      }
      if (!('AlterObjectSchemaStmt' in node)) return [];
      const { relation, object, newschema } = node.AlterObjectSchemaStmt;
      const isOfOurs = relation !== undefined && (effects.locks.length === 0 || views.includes(relation.relname));
      if (isOfOurs) return [];
      const name =
        relation?.relname ??
        [...nodesIn(object)].flatMap((part) => ('String' in part ? [part.String.sval] : [])).at(-1);
      return [
        { unit, message: `Code does not find ${name ?? 'it'} at its old place once it is in the schema ${newschema}.` },
      ];
    });
  },
};
