import type { ColumnDef, RangeVar } from 'libpg-query';
import { relationOf } from '../catalog/catalog.ts';
import type { LintContext } from '../context.ts';
import type { Unit } from '../unit.ts';
import { oncePerUnit } from './once-per-unit.ts';

/** A column that a CREATE TABLE or an ADD COLUMN makes. */
export type DeclaredColumn = {
  readonly definition: ColumnDef;
  readonly name: string;
  readonly table: RangeVar | undefined;
  /** True in a CREATE TABLE. */
  readonly isOfNewTable: boolean;
};

/**
 * The columns that a unit makes. Those of foreign tables and composite types follow others and are left out, and so is
 * what IF NOT EXISTS passes over.
 */
export const declaredColumns = oncePerUnit(columnsDeclaredBy);

function columnsDeclaredBy({ node, command }: Unit, { catalog }: LintContext): readonly DeclaredColumn[] {
  if ('CreateStmt' in node) {
    const { relation: table, tableElts, if_not_exists } = node.CreateStmt;
    if (if_not_exists === true && relationOf(catalog, table) !== undefined) return [];
    return (tableElts ?? []).flatMap((element) =>
      'ColumnDef' in element ? [declared(element.ColumnDef, table, true)] : [],
    );
  }
  if (!('AlterTableStmt' in node) || command?.subtype !== 'AT_AddColumn') return [];
  const { relation: table, objtype } = node.AlterTableStmt;
  const { def, missing_ok } = command;
  if (objtype !== 'OBJECT_TABLE' || def === undefined || !('ColumnDef' in def)) return [];
  const isThere = relationOf(catalog, table)?.columns.has(def.ColumnDef.colname ?? '') === true;
  return missing_ok === true && isThere ? [] : [declared(def.ColumnDef, table, false)];
}

function declared(definition: ColumnDef, table: RangeVar | undefined, isOfNewTable: boolean): DeclaredColumn {
  return { definition, name: definition.colname ?? '', table, isOfNewTable };
}
