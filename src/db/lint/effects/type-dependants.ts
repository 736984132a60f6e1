import {
  type Catalog,
  keyOf,
  type LintConstraint,
  type Relation,
  readersOf,
  referencesTo,
  viewsOf,
} from '../catalog/catalog.ts';
import type { ColumnType } from '../column-type.ts';
import { baseOf } from './type-work.ts';

/** Tables at the other end of foreign keys in which a column takes part, by `schema.name`: the server locks them too. */
export function foreignTablesOf(relation: Relation | undefined, column: string, catalog: Catalog): readonly string[] {
  if (relation === undefined) return [];
  const outward = [...relation.constraints.values()].flatMap(({ references, columns }) => {
    if (references === undefined || !columns.includes(column)) return [];
    return [references.relation === undefined ? references.name : keyOf(references.relation)];
  });
  const inward = referencesTo(catalog, relation)
    .filter(({ constraint }) => referencedColumns(constraint, relation).includes(column))
    .map((found) => keyOf(found.relation));
  return [...new Set([...outward, ...inward])].filter((name) => name !== keyOf(relation));
}

/** Where a foreign key names no columns it means those of the primary key. */
function referencedColumns({ references }: LintConstraint, target: Relation): readonly string[] {
  if (references === undefined || references.columns.length > 0) return references?.columns ?? [];
  return [...target.constraints.values()].find(({ kind }) => kind === 'primary-key')?.columns ?? [];
}

/** Valid CHECKs upon a column: they are looked at again for every row, whatever the change of its type. */
export function checksOn(relation: Relation | undefined, column: string): readonly LintConstraint[] {
  return [...(relation?.constraints.values() ?? [])].filter(
    ({ kind, columns, isValid, isEnforced }) => kind === 'check' && isValid && isEnforced && columns.includes(column),
  );
}

/** Views and materialized views that read a column: the server refuses to change its type under them. */
export function viewsOnColumn(relation: Relation | undefined, column: string, catalog: Catalog): readonly Relation[] {
  if (relation === undefined) return [];
  return readersOf(catalog, relation).filter(({ readsColumns }) => {
    const read = readsColumns.get(relation);
    return read === 'all' || read?.has(column) === true;
  });
}

/**
 * Indexes that are built anew where the type changes and the rows stay as they are: those that order otherwise, by the
 * new type or collation, and those that name the column in an expression or a condition (CheckIndexCompatible).
 */
export function rebuiltIndexes(
  relation: Relation | undefined,
  change: {
    readonly column: string;
    readonly from: ColumnType | undefined;
    readonly to: ColumnType;
    readonly isCollationChanged: boolean;
  },
  catalog: Catalog,
): readonly string[] {
  const { column, from, to, isCollationChanged } = change;
  const isOrderedOtherwise =
    isCollationChanged || from === undefined || orderOf(from, catalog) !== orderOf(to, catalog);
  return [...(relation?.indexes.values() ?? [])].flatMap(({ name, columns, mentions = [] }) =>
    mentions.includes(column) || (isOrderedOtherwise && columns.includes(column)) ? [name] : [],
  );
}

/** Types whose indexes are the same. */
const sameOrder: Readonly<Record<string, string>> = { varchar: 'text', cidr: 'inet' };

function orderOf(type: ColumnType, catalog: Catalog): string {
  const { name, isArray } = baseOf(type, catalog);
  if (isArray) return 'array';
  return /^reg[a-z]+$/.test(name) ? 'oid' : (sameOrder[name] ?? name);
}

/** What DROP COLUMN takes along only with CASCADE: views that read it, those upon them, foreign keys that refer to it. */
export function dependantsOfColumn(
  relation: Relation | undefined,
  column: string,
  catalog: Catalog,
): readonly string[] {
  if (relation === undefined) return [];
  const views = viewsOnColumn(relation, column, catalog).flatMap((view) => [view, ...viewsOf(catalog, view)]);
  const inward = referencesTo(catalog, relation)
    .filter((found) => found.relation !== relation && referencedColumns(found.constraint, relation).includes(column))
    .map((found) => found.relation);
  return [...new Set([...views, ...inward].map(keyOf))];
}
