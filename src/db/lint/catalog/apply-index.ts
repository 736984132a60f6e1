import type { IndexStmt, Node } from 'libpg-query';
import { automaticIndexName, indexParts } from '../../drivers/postgres/sql/automatic-name.ts';
import { columnsIn } from './add-constraint.ts';
import { type Catalog, keyOf, type LintIndex } from './catalog.ts';
import { relationOrUnknown } from './new-relation.ts';

/** CREATE INDEX. One that is there already stays under IF NOT EXISTS. */
export function applyIndex(stmt: IndexStmt, catalog: Catalog): void {
  const relation = relationOrUnknown(catalog, stmt.relation);
  const isTaken = (name: string) => catalog.indexes.has(keyOf({ schema: relation.schema, name }));
  const parts = indexParts([...(stmt.indexParams ?? []), ...(stmt.indexIncludingParams ?? [])]);
  const name = stmt.idxname ?? automaticIndexName(relation.name, parts, isTaken);
  if (stmt.if_not_exists === true && isTaken(name)) return;
  relation.indexes.set(name, { ...readIndex(stmt), name });
  catalog.indexes.set(keyOf({ schema: relation.schema, name }), relation);
}

/** What a CREATE INDEX says of its index; without a name where it has none. */
export function readIndex(stmt: IndexStmt): LintIndex {
  return {
    name: stmt.idxname ?? '',
    columns: (stmt.indexParams ?? []).map((node) => ('IndexElem' in node ? node.IndexElem.name : undefined)),
    include: (stmt.indexIncludingParams ?? []).flatMap((node) =>
      'IndexElem' in node ? [node.IndexElem.name ?? ''] : [],
    ),
    order: (stmt.indexParams ?? []).map(orderOf),
    mentions: columnsIn([stmt.indexParams ?? [], stmt.whereClause]),
    isUnique: stmt.unique === true,
    isPlain: (stmt.indexParams ?? []).every(isPlainElement),
    method: stmt.accessMethod ?? 'btree',
    predicate: stmt.whereClause,
    isValid: true,
    constraint: undefined,
  };
}

function orderOf(node: Node): string {
  if (!('IndexElem' in node)) return '+';
  const { ordering, nulls_ordering: nulls } = node.IndexElem;
  const isDescending = ordering === 'SORTBY_DESC';
  const isUnusual = nulls === (isDescending ? 'SORTBY_NULLS_LAST' : 'SORTBY_NULLS_FIRST');
  return `${isDescending ? '-' : '+'}${isUnusual ? '!' : ''}`;
}

function isPlainElement(node: Node): boolean {
  return 'IndexElem' in node && (node.IndexElem.opclass ?? []).length + (node.IndexElem.collation ?? []).length === 0;
}
