import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { isBornNow } from '../../lint/catalog/catalog.ts';
import type { Rule } from '../../rule.ts';

export const dropSchema: Rule = {
  id: 'ds/drop-schema',
  severity: 'error',
  summary: 'A schema is dropped, with CASCADE all that is in it',
  why: 'With CASCADE every table, view, type and function of the schema goes, and what depends on them in other schemas; all of their tables are locked with ACCESS EXCLUSIVE at the same time. Without CASCADE it fails where anything is left in it.',
  instead: 'Drop what is in it by name, each with its own thought, and the empty schema last, without CASCADE.',
  aliases: { atlas: ['DS101'], MigrationPilot: ['MP035'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    {
      given:
        'CREATE SCHEMA shop;\nCREATE TABLE shop.goods (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));',
      sql: 'DROP SCHEMA shop CASCADE;',
    },
    { given: 'CREATE SCHEMA shop;', sql: 'DROP SCHEMA IF EXISTS shop;', claim: {} },
    { given: 'CREATE SCHEMA shop;\nCREATE SCHEMA yard;', sql: 'DROP SCHEMA shop, yard CASCADE;', claim: {} },
  ],
  good: [
    { sql: 'CREATE SCHEMA drafts;\nDROP SCHEMA drafts;' },
    { sql: 'CREATE SCHEMA drafts;\nCREATE TABLE drafts.one (id bigint);\nDROP SCHEMA drafts CASCADE;' },
    { sql: 'DROP TABLE IF EXISTS drafts;' },
  ],
  on: ['DropStmt'],
  check({ node }, { catalog, file }) {
    if (!('DropStmt' in node) || node.DropStmt.removeType !== 'OBJECT_SCHEMA') return [];
    const made = file.units.flatMap((unit) =>
      'CreateSchemaStmt' in unit.node ? [unit.node.CreateSchemaStmt.schemaname ?? ''] : [],
    );
    const old = stringsOf(node.DropStmt.objects).filter((name) => !made.includes(name));
    if (old.length === 0) return [];
    const inside = [...catalog.relations.values()].filter(
      (relation) => old.includes(relation.schema) && !isBornNow(catalog, relation),
    );
    const names = `${old.length === 1 ? 'Schema' : 'Schemas'} ${old.join(', ')}`;
    const isCascading = node.DropStmt.behavior === 'DROP_CASCADE';
    const what = isCascading
      ? `with all that is in it${inside.length === 0 ? '' : ` (${inside.length} relations known)`}`
      : 'if nothing is in it';
    // IF EXISTS, and these migrations have put nothing into it: whether there is anything depends on others.
    const isUnknown = node.DropStmt.missing_ok === true && inside.length === 0;
    const verb = old.length === 1 ? 'is' : 'are';
    return [{ message: `${names} ${verb} dropped, ${what}.`, ...(isUnknown ? { severity: 'warning' } : {}) }];
  },
};
