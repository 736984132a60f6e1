import type { AlterObjectSchemaStmt, RenameStmt } from 'libpg-query';
import { typeNamed } from './apply-type.ts';
import { type Catalog, forgetIndex, keyOf, named, type Relation, relationOf } from './catalog.ts';
import { schemaSaid } from './certain.ts';
import { renameColumn, renameIn } from './rename-column.ts';

/** ALTER … RENAME of relations, columns, constraints, indexes, types and schemas. */
export function applyRename(stmt: RenameStmt, catalog: Catalog): void {
  const { renameType, newname = '', subname = '' } = stmt;
  const relation = relationOf(catalog, stmt.relation);
  switch (renameType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_FOREIGN_TABLE':
      if (relation === undefined) renameIndex(stmt, catalog);
      else moveRelation(catalog, relation, { schema: relation.schema, name: newname });
      break;
    case 'OBJECT_INDEX':
      renameIndex(stmt, catalog);
      break;
    case 'OBJECT_COLUMN':
      if (relation !== undefined) renameColumn(relation, { from: subname, to: newname });
      break;
    case 'OBJECT_TABCONSTRAINT':
      if (relation !== undefined) renameIn(relation.constraints, subname, newname);
      break;
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      renameUserType(stmt, catalog);
      break;
    case 'OBJECT_SCHEMA':
      for (const one of [...catalog.relations.values()]) {
        if (one.schema === subname) moveRelation(catalog, one, { schema: newname, name: one.name });
      }
      break;
  }
}

/** ALTER … SET SCHEMA of relations. */
export function applyObjectSchema(stmt: AlterObjectSchemaStmt, catalog: Catalog): void {
  const relation = relationOf(catalog, stmt.relation);
  if (relation !== undefined) moveRelation(catalog, relation, { schema: stmt.newschema ?? '', name: relation.name });
}

function moveRelation(
  catalog: Catalog,
  relation: Relation,
  to: { readonly schema: string; readonly name: string },
): void {
  catalog.relations.delete(keyOf(relation));
  for (const { name } of relation.indexes.values()) catalog.indexes.delete(keyOf({ schema: relation.schema, name }));
  Object.assign(relation, to);
  catalog.relations.set(keyOf(relation), relation);
  for (const { name } of relation.indexes.values())
    catalog.indexes.set(keyOf({ schema: relation.schema, name }), relation);
}

function renameIndex({ relation: name, newname = '' }: RenameStmt, catalog: Catalog): void {
  const relation = named(catalog, catalog.indexes, name?.schemaname, name?.relname ?? '');
  if (relation === undefined) {
    const schema = name === undefined ? undefined : schemaSaid(catalog, name);
    if (schema !== undefined) catalog.goneIndexes.delete(keyOf({ schema, name: newname }));
    return;
  }
  forgetIndex(catalog, keyOf({ schema: relation.schema, name: name?.relname ?? '' }));
  renameIn(relation.indexes, name?.relname ?? '', newname);
  // A constraint and its index have one name.
  const upon = [...relation.constraints.values()].find(({ index }) => index === name?.relname);
  if (upon !== undefined) {
    renameIn(relation.constraints, upon.name, newname);
    const renamed = relation.constraints.get(newname);
    if (renamed !== undefined) relation.constraints.set(newname, { ...renamed, index: newname });
  }
  catalog.indexes.set(keyOf({ schema: relation.schema, name: newname }), relation);
}

function renameUserType({ object, newname = '' }: RenameStmt, catalog: Catalog): void {
  const type = typeNamed(catalog, object !== undefined && 'List' in object ? object.List.items : undefined);
  if (type === undefined) return;
  catalog.types.delete(keyOf(type));
  catalog.types.set(`${type.schema}.${newname}`, { ...type, name: newname });
  for (const relation of catalog.relations.values()) {
    for (const column of relation.columns.values()) {
      const isOfType = column.type.name === type.name && (column.type.schema ?? type.schema) === type.schema;
      if (isOfType) column.type = { ...column.type, name: newname };
    }
  }
}
