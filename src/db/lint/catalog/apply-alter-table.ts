import type { AlterTableCmd, AlterTableStmt } from 'libpg-query';
import { columnType } from '../column-type.ts';
import { addConstraint } from './add-constraint.ts';
import { addColumn } from './apply-create-table.ts';
import { type Catalog, forgetIndex, keyOf, type Relation, readersOf, relationOf, withPartitions } from './catalog.ts';
import { relationOrUnknown, removeRelation } from './new-relation.ts';

/** All commands of an ALTER TABLE, in order. */
export function applyAlterTable(stmt: AlterTableStmt, catalog: Catalog): void {
  for (const node of stmt.cmds ?? []) {
    if ('AlterTableCmd' in node) applyCommand(node.AlterTableCmd, stmt, catalog);
  }
}

/** One command of an ALTER TABLE. */
export function applyCommand(command: AlterTableCmd, stmt: AlterTableStmt, catalog: Catalog): void {
  // ALTER INDEX and ALTER SEQUENCE use the same node; a name that is no known table must not become one.
  if (stmt.objtype !== undefined && stmt.objtype !== 'OBJECT_TABLE' && relationOf(catalog, stmt.relation) === undefined)
    return;
  const relation = relationOrUnknown(catalog, stmt.relation);
  const whole = stmt.relation?.inh === true ? withPartitions(relation) : [relation];
  for (const one of whole) applyTo(one, command, catalog);
  applyPartition(relation, command, catalog);
}

function applyTo(relation: Relation, command: AlterTableCmd, catalog: Catalog): void {
  const { subtype, def, name = '' } = command;
  const column = relation.columns.get(name);
  switch (subtype) {
    case 'AT_AddColumn':
      if (def !== undefined && 'ColumnDef' in def && !relation.columns.has(def.ColumnDef.colname ?? '')) {
        addColumn(def.ColumnDef, relation, catalog);
      }
      break;
    case 'AT_DropColumn':
      dropColumn(relation, name, catalog);
      break;
    case 'AT_AddConstraint':
      if (def !== undefined && 'Constraint' in def) addConstraint(def.Constraint, { relation, catalog });
      break;
    case 'AT_DropConstraint':
      dropConstraint(relation, name, catalog);
      break;
    case 'AT_ValidateConstraint':
      validate(relation, name);
      break;
    case 'AT_AlterColumnType':
      if (column !== undefined && def !== undefined && 'ColumnDef' in def)
        column.type = columnType(def.ColumnDef.typeName);
      break;
    default:
      applyProperty(relation, command);
  }
}

function applyProperty(relation: Relation, { subtype, def, name = '' }: AlterTableCmd): void {
  const column = relation.columns.get(name);
  if (subtype === 'AT_SetTableSpace') relation.tablespace = name;
  if (subtype === 'AT_SetLogged') relation.persistence = 'permanent';
  if (subtype === 'AT_SetUnLogged') relation.persistence = 'unlogged';
  if (subtype === 'AT_EnableRowSecurity') relation.hasRowSecurity = true;
  if (subtype === 'AT_DisableRowSecurity') relation.hasRowSecurity = false;
  if (subtype === 'AT_ReplicaIdentity' && def !== undefined && 'ReplicaIdentityStmt' in def) {
    const kinds = { d: 'default', f: 'full', n: 'nothing', i: 'index' } as const;
    const letter = def.ReplicaIdentityStmt.identity_type;
    relation.replicaIdentity = letter === 'f' || letter === 'n' || letter === 'i' ? kinds[letter] : 'default';
  }
  if (column === undefined) return;
  if (subtype === 'AT_SetNotNull') column.isNotNull = true;
  if (subtype === 'AT_DropNotNull') column.isNotNull = false;
  if (subtype === 'AT_ColumnDefault') column.default = def;
  if (subtype === 'AT_AddIdentity') column.identity = true;
  if (subtype === 'AT_DropIdentity') column.identity = false;
  if (subtype === 'AT_DropExpression') column.generated = undefined;
}

function applyPartition(parent: Relation, { subtype, def }: AlterTableCmd, catalog: Catalog): void {
  if (def === undefined || !('PartitionCmd' in def)) return;
  const part = relationOf(catalog, def.PartitionCmd.name);
  if (part === undefined) return;
  if (subtype === 'AT_AttachPartition') {
    part.parent = parent;
    part.isDefaultPartition = def.PartitionCmd.bound?.is_default === true;
    parent.partitions.add(part);
  }
  if (subtype === 'AT_DetachPartition') {
    part.parent = undefined;
    parent.partitions.delete(part);
  }
}

function dropColumn(relation: Relation, name: string, catalog: Catalog): void {
  relation.columns.delete(name);
  for (const index of [...relation.indexes.values()]) {
    if (index.columns.includes(name) || index.include.includes(name)) removeIndex(relation, index.name, catalog);
  }
  for (const constraint of [...relation.constraints.values()]) {
    if (constraint.columns.includes(name)) relation.constraints.delete(constraint.name);
  }
  for (const other of readersOf(catalog, relation)) {
    if (other.readsColumns.get(relation) !== undefined && isRead(other, relation, name)) removeRelation(catalog, other);
  }
}

function isRead(view: Relation, relation: Relation, column: string): boolean {
  const read = view.readsColumns.get(relation);
  return read !== undefined && read !== 'all' && read.has(column);
}

function removeIndex(relation: Relation, name: string, catalog: Catalog): void {
  relation.indexes.delete(name);
  forgetIndex(catalog, keyOf({ schema: relation.schema, name }));
}

function dropConstraint(relation: Relation, name: string, catalog: Catalog): void {
  const constraint = relation.constraints.get(name);
  relation.constraints.delete(name);
  if (constraint?.index !== undefined) removeIndex(relation, name, catalog);
  if (constraint?.kind !== 'not-null') return;
  for (const column of constraint.columns) {
    const found = relation.columns.get(column);
    if (found !== undefined) found.isNotNull = false;
  }
}

function validate(relation: Relation, name: string): void {
  const constraint = relation.constraints.get(name);
  if (constraint === undefined) return;
  constraint.isValid = true;
  if (constraint.kind !== 'not-null') return;
  for (const column of constraint.columns) {
    const found = relation.columns.get(column);
    if (found !== undefined) found.isNotNull = true;
  }
}
