import { rangeOf } from '../../lint/catalog/apply-drop.ts';
import { type Catalog, keyOf, type Relation, referencesTo, relationOf, viewsOf } from '../../lint/catalog/catalog.ts';
import { isNew } from '../../lint/context.ts';
import { dependantsOfColumn } from '../../lint/effects/type-dependants.ts';
import { alteredTable } from '../../lint/questions/altered-table.ts';
import type { Rule } from '../../rule.ts';

export const dropCascade: Rule = {
  id: 'ds/drop-cascade',
  severity: 'warning',
  summary: 'Something is dropped with CASCADE, and so is what depends on it, whatever that is by then',
  why: 'CASCADE also drops every view that reads it and every foreign key that refers to it, and what depends on those, without naming them; each of their tables is locked with ACCESS EXCLUSIVE. What was added since the migration was written goes with it.',
  instead: 'Without CASCADE the server refuses and names what depends on it; drop those by name first, one by one.',
  aliases: { MigrationPilot: ['MP022'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'DROP TABLE orders CASCADE;' },
    { sql: 'DROP VIEW user_names CASCADE;' },
    { sql: 'ALTER TABLE users DROP COLUMN name CASCADE;' },
    { sql: 'ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE;' },
    { sql: 'DROP MATERIALIZED VIEW IF EXISTS order_totals CASCADE;' },
  ],
  good: [
    { sql: 'DROP TABLE items;' },
    { sql: 'DROP VIEW user_names;' },
    { sql: 'DROP TABLE IF EXISTS drafts CASCADE;' },
    { sql: 'CREATE TABLE drafts (id bigint);\nDROP TABLE drafts CASCADE;' },
    { sql: 'ALTER TABLE users DROP COLUMN age;' },
  ],
  on: ['DropStmt', 'AT_DropColumn', 'AT_DropConstraint'],
  check(unit, context) {
    const { node, command } = unit;
    const { catalog } = context;
    if (command !== undefined) {
      const table = alteredTable(unit, context);
      if (table === undefined || command.behavior !== 'DROP_CASCADE') return [];
      const { name = '', subtype } = command;
      const known = subtype === 'AT_DropColumn' ? dependantsOfColumn(table.relation, name, catalog) : [];
      return [{ message: `With ${name} of ${table.said} goes all that depends on it${listed(known)}.` }];
    }
    if (!('DropStmt' in node) || node.DropStmt.behavior !== 'DROP_CASCADE') return [];
    if (!kinds.includes(node.DropStmt.removeType ?? '')) return [];
    const { objects = [], missing_ok } = node.DropStmt;
    const old = objects.map(rangeOf).filter((name) => {
      const isNothing = missing_ok === true && catalog.isWhole && relationOf(catalog, name) === undefined;
      return !isNothing && !isNew(context, name);
    });
    if (old.length === 0) return [];
    const names = old.map(({ relname }) => relname).join(', ');
    const known = old.flatMap((name) => dependantsOf(relationOf(catalog, name), catalog));
    return [{ message: `With ${names} goes all that depends on it${listed(known)}.` }];
  },
};

/** Functions, types and schemas have rules of their own. */
const kinds = ['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE'];

function dependantsOf(relation: Relation | undefined, catalog: Catalog): readonly string[] {
  if (relation === undefined) return [];
  const referring = referencesTo(catalog, relation).map((found) => `a foreign key of ${keyOf(found.relation)}`);
  return [...viewsOf(catalog, relation).map(keyOf), ...referring];
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? '' : `: ${[...new Set(names)].join(', ')}`;
}
