import type { Constraint } from 'libpg-query';
import { automaticConstraintName } from '../../drivers/postgres/sql/automatic-name.ts';
import { nodesIn, stringsOf } from '../../drivers/postgres/sql/walk.ts';
import type { ConstraintKind } from '../../schema.ts';
import { type Catalog, fullName, keyOf, type LintConstraint, type Relation, relationOf } from './catalog.ts';

const kinds: Readonly<Record<string, LintConstraint['kind']>> = {
  CONSTR_PRIMARY: 'primary-key',
  CONSTR_UNIQUE: 'unique',
  CONSTR_CHECK: 'check',
  CONSTR_FOREIGN: 'foreign-key',
  CONSTR_EXCLUSION: 'exclusion',
  CONSTR_NOTNULL: 'not-null',
};

/** Adds a constraint, its index, and the NOT NULL that a primary key means. `column` where it stands at one. */
export function addConstraint(
  node: Constraint,
  place: { readonly relation: Relation; readonly catalog: Catalog; readonly column?: string },
): void {
  const { relation, catalog } = place;
  const kind = kinds[node.contype ?? ''];
  if (kind === undefined) return;
  const columns = constrainedColumns(node, relation, place.column);
  const name = node.conname ?? automaticName(kind, columns, relation);
  const references = node.pktable === undefined ? undefined : referenceOf(node, catalog);
  references?.relation?.referrers.add(relation);
  const index = ['primary-key', 'unique', 'exclusion'].includes(kind) ? (node.indexname ?? name) : undefined;
  relation.constraints.set(name, {
    name,
    kind,
    columns,
    // A new table has no rows that could break it, so the server takes NOT VALID there for valid.
    isValid: node.skip_validation !== true,
    isEnforced: !isUnenforced(node),
    isDeferred: kind === 'foreign-key' && node.initdeferred === true && !isUnenforced(node),
    expression: node.raw_expr,
    references,
    index,
  });
  if (kind === 'primary-key' || kind === 'not-null') markNotNull(columns, node, relation);
  if (index === undefined) return;
  const existing = relation.indexes.get(index);
  relation.indexes.delete(index);
  relation.indexes.set(name, {
    include: stringsOf(node.including),
    isPlain: true,
    method: node.access_method ?? 'btree',
    predicate: node.where_clause,
    ...existing,
    name,
    columns: existing?.columns ?? columns,
    isUnique: kind !== 'exclusion',
    isValid: true,
    constraint: name,
  });
  catalog.indexes.delete(keyOf({ schema: relation.schema, name: index }));
  catalog.indexes.set(keyOf({ schema: relation.schema, name }), relation);
}

/** Is a CHECK or a foreign key NOT ENFORCED (from PostgreSQL 18)? The parser leaves out what is false. */
export function isUnenforced({ contype, is_enforced }: Constraint): boolean {
  return (contype === 'CONSTR_CHECK' || contype === 'CONSTR_FOREIGN') && is_enforced !== true;
}

function markNotNull(columns: readonly string[], node: Constraint, relation: Relation): void {
  if (node.skip_validation === true) return;
  for (const name of columns) {
    const column = relation.columns.get(name);
    if (column !== undefined) column.isNotNull = true;
  }
}

function constrainedColumns(node: Constraint, relation: Relation, column: string | undefined): readonly string[] {
  if (column !== undefined) return [column];
  if (node.indexname !== undefined) {
    return (relation.indexes.get(node.indexname)?.columns ?? []).flatMap((name) => (name === undefined ? [] : [name]));
  }
  if (node.fk_attrs !== undefined) return stringsOf(node.fk_attrs);
  if (node.keys !== undefined) return stringsOf(node.keys);
  if (node.raw_expr !== undefined) return columnsIn(node.raw_expr);
  return (node.exclusions ?? []).flatMap((part) => {
    const [element] = 'List' in part ? (part.List.items ?? []) : [];
    return element !== undefined && 'IndexElem' in element ? [element.IndexElem.name ?? ''] : [];
  });
}

/** Names of the columns that an expression mentions. */
export function columnsIn(expression: unknown): readonly string[] {
  const names = [...nodesIn(expression)].flatMap((node) =>
    'ColumnRef' in node ? stringsOf(node.ColumnRef.fields).slice(-1) : [],
  );
  return [...new Set(names)];
}

function automaticName(kind: LintConstraint['kind'], columns: readonly string[], relation: Relation): string {
  const isTaken = (name: string) => relation.constraints.has(name);
  if (kind === 'not-null') return `${relation.name}_${columns.join('_')}_not_null`;
  const named: ConstraintKind = kind;
  return automaticConstraintName(relation.name, { kind: named, columns }, isTaken);
}

function referenceOf(node: Constraint, catalog: Catalog): NonNullable<LintConstraint['references']> {
  return {
    relation: relationOf(catalog, node.pktable),
    name: fullName(catalog, node.pktable),
    columns: stringsOf(node.pk_attrs),
  };
}
