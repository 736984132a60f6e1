import type { LintIndex, Relation } from '../../lint/catalog/catalog.ts';
import { relationOf } from '../../lint/catalog/catalog.ts';
import type { LintContext } from '../../lint/context.ts';
import { conjuncts, saysNotNull } from '../../lint/effects/relations.ts';
import { type DeclaredConstraint, declaredConstraints, declaring } from '../../lint/questions/declared-constraints.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const fkMissingIndex: Rule = {
  id: 'pg/fk-missing-index',
  severity: 'warning',
  summary: 'A foreign key has no index on its own columns',
  why: 'PostgreSQL indexes only what a foreign key refers to. Each DELETE of a row there, and each UPDATE of its key, reads the whole table with the foreign key, once per row.',
  instead:
    'CREATE INDEX CONCURRENTLY on the columns of the foreign key before it is added; on a new table a plain CREATE INDEX in the same migration.',
  aliases: { eugene: ['E15'], MigrationPilot: ['MP016'] },
  needs: 'schema',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));' },
    {
      sql: 'CREATE TABLE drafts (\n  order_id bigint REFERENCES orders (id),\n  user_id bigint REFERENCES users (id),\n  PRIMARY KEY (order_id, user_id)\n);',
    },
    { sql: 'ALTER TABLE items ADD COLUMN buyer bigint REFERENCES users (id);' },
    {
      sql: 'ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;',
      given: 'CREATE INDEX items_some ON items (order_id) WHERE quantity > 10;',
    },
  ],
  good: [
    { sql: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;' },
    {
      sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));\nCREATE INDEX drafts_user ON drafts (user_id, id);',
    },
    { sql: 'CREATE TABLE drafts (user_id bigint PRIMARY KEY REFERENCES users (id));' },
    {
      sql: 'CREATE INDEX CONCURRENTLY items_order ON items (order_id) WHERE order_id IS NOT NULL;\nALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;',
    },
    {
      sql: 'CREATE TABLE parts (a bigint, b date, FOREIGN KEY (a, b) REFERENCES events (id, happened_on));\nCREATE INDEX parts_event ON parts (b, a);',
      given: 'ALTER TABLE events ADD PRIMARY KEY (id, happened_on);',
    },
  ],
  on: [],
  onFileWith: declaring,
  check: () => [],
  checkFile(units, context) {
    return units.flatMap((unit) =>
      declaredHere(unit, context)
        .filter((key) => isUnindexed(key, units, context))
        .map(({ columns, table, constraint, at }) => ({
          unit,
          at,
          message: `${table?.relname} (${columns.join(', ')}) refers to ${constraint.pktable?.relname} but has no index: each DELETE there reads all of ${table?.relname}.`,
        })),
    );
  },
};

/** The catalog is that of the end of the file, in which IF NOT EXISTS would always find what it made. */
function declaredHere(unit: Unit, context: LintContext): readonly DeclaredConstraint[] {
  if (!declaring.includes(unit.kind)) return [];
  const isRepeated = 'CreateStmt' in unit.node && unit.node.CreateStmt.if_not_exists === true;
  const { catalog } = context;
  const relations = isRepeated ? new Map<string, Relation>() : catalog.relations;
  return declaredConstraints(unit, { ...context, catalog: { ...catalog, relations } }).filter(
    ({ constraint }) => constraint.contype === 'CONSTR_FOREIGN',
  );
}

/** What is not known of an older table may be an index: then only a column that this file makes is judged. */
function isUnindexed(key: DeclaredConstraint, units: readonly Unit[], { catalog }: LintContext): boolean {
  const relation = relationOf(catalog, key.table);
  if (relation === undefined || relation.persistence === 'temporary' || key.columns.length === 0) return false;
  const isKnown = relation.isKnown || key.columns.every((column) => units.some((unit) => adds(unit, column, key)));
  const isThere = key.columns.every((column) => relation.columns.has(column));
  return isKnown && isThere && ![...relation.indexes.values()].some((index) => serves(index, key.columns));
}

function adds({ node, command }: Unit, column: string, { table }: DeclaredConstraint): boolean {
  const def = command?.subtype === 'AT_AddColumn' ? command.def : undefined;
  if (!('AlterTableStmt' in node) || node.AlterTableStmt.relation?.relname !== table?.relname) return false;
  return def !== undefined && 'ColumnDef' in def && def.ColumnDef.colname === column;
}

/** Are the columns, in any order, the first of an index that leaves out no more than rows without a reference? */
function serves({ columns, predicate, method }: LintIndex, wanted: readonly string[]): boolean {
  const first = columns.slice(0, wanted.length);
  const isWhole = conjuncts(predicate).every((part) => wanted.some((column) => saysNotNull(part, column)));
  const canSearch = method === 'btree' || (method === 'hash' && columns.length === 1);
  return isWhole && canSearch && wanted.every((column) => first.includes(column));
}
