import type { ViewStmt } from 'libpg-query';
import { nodesIn } from '../../drivers/postgres/sql/walk.ts';
import { type Catalog, type Relation, relationOf } from './catalog.ts';
import { columnsRead } from './columns-read.ts';
import { addRelation } from './new-relation.ts';

/** CREATE VIEW, with what it reads. */
export function applyView(stmt: ViewStmt, catalog: Catalog): void {
  const before = relationOf(catalog, stmt.view);
  addRelation(catalog, stmt.view, {
    kind: 'view',
    isKnown: false,
    born: before?.born ?? catalog.moment,
    ...readBy(stmt.query, catalog, before),
  });
}

/** What a query reads, `before` left out, which is the view itself. */
export function readBy(query: unknown, catalog: Catalog, before?: Relation): Pick<Relation, 'reads' | 'readsColumns'> {
  const reads = relationsRead(query, catalog).filter((relation) => relation !== before);
  return { reads, readsColumns: columnsRead(query, reads) };
}

/** The known relations that a query names. */
export function relationsRead(query: unknown, catalog: Catalog): readonly Relation[] {
  const found = [...nodesIn(query)].flatMap((node) => {
    const relation = 'RangeVar' in node ? relationOf(catalog, node.RangeVar) : undefined;
    return relation === undefined ? [] : [relation];
  });
  return [...new Set(found)];
}
