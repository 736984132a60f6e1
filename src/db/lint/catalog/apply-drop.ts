import type { DropStmt, Node, RangeVar } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { type Catalog, forgetIndex, keyOf, named, type Relation, relationOf, viewsOf } from './catalog.ts';
import { schemaSaid } from './certain.ts';
import { removeRelation } from './new-relation.ts';

const relationKinds = ['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE'];

/** DROP of tables, views, indexes, types, triggers and schemas. */
export function applyDrop(stmt: DropStmt, catalog: Catalog): void {
  for (const object of stmt.objects ?? []) {
    if (relationKinds.includes(stmt.removeType ?? '')) dropRelation(rangeOf(object), catalog);
    else if (stmt.removeType === 'OBJECT_INDEX') dropIndex(rangeOf(object), catalog);
    else if (stmt.removeType === 'OBJECT_TYPE' || stmt.removeType === 'OBJECT_DOMAIN') dropType(object, catalog);
    else if (stmt.removeType === 'OBJECT_SCHEMA' && 'String' in object) dropSchema(object.String.sval ?? '', catalog);
    else if (stmt.removeType === 'OBJECT_TRIGGER') dropTrigger(object, catalog);
  }
}

/** The name of a dropped object as that of a relation. */
export function rangeOf(object: Node): RangeVar {
  const names = 'List' in object ? stringsOf(object.List.items) : stringsOf([object]);
  const [relname = '', schemaname] = names.toReversed();
  return schemaname === undefined ? { relname } : { relname, schemaname };
}

function dropRelation(name: RangeVar, catalog: Catalog): void {
  const relation = relationOf(catalog, name);
  if (relation === undefined) return;
  for (const view of viewsOf(catalog, relation)) removeRelation(catalog, view);
  removeRelation(catalog, relation);
}

function dropIndex(name: RangeVar, catalog: Catalog): void {
  const relation = named(catalog, catalog.indexes, name.schemaname, name.relname ?? '');
  relation?.indexes.delete(name.relname ?? '');
  const schema = relation?.schema ?? schemaSaid(catalog, name);
  if (schema !== undefined) forgetIndex(catalog, keyOf({ schema, name: name.relname ?? '' }));
}

function dropType(object: Node, catalog: Catalog): void {
  const names = 'TypeName' in object ? stringsOf(object.TypeName.names) : [];
  const [name = '', schema] = names.toReversed();
  const type = named(catalog, catalog.types, schema, name);
  if (type !== undefined) catalog.types.delete(keyOf(type));
}

function dropSchema(schema: string, catalog: Catalog): void {
  const inside = [...catalog.relations.values()].filter((relation: Relation) => relation.schema === schema);
  for (const relation of inside) removeRelation(catalog, relation);
}

function dropTrigger(object: Node, catalog: Catalog): void {
  const names = 'List' in object ? stringsOf(object.List.items) : [];
  const [trigger = '', relname = '', schemaname] = names.toReversed();
  relationOf(catalog, schemaname === undefined ? { relname } : { relname, schemaname })?.triggers.delete(trigger);
}
