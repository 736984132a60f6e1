import type { Node } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { applyAlterTable } from './apply-alter-table.ts';
import { applyCreateTable, applyCreateTableAs } from './apply-create-table.ts';
import { applyDrop } from './apply-drop.ts';
import { applyFunction } from './apply-function.ts';
import { applyIndex } from './apply-index.ts';
import { applyObjectSchema, applyRename } from './apply-rename.ts';
import { applyAlterDomain, applyAlterEnum, applyCreateType } from './apply-type.ts';
import { applyView } from './apply-view.ts';
import { type Catalog, relationOf } from './catalog.ts';

/**
 * Changes the catalog as a statement changes the database. What cannot be read leaves it as it is. `transaction` counts
 * the transactions of a file. Commands of ALTER TABLE are applied one by one, by `applyCommand`.
 */
export function applyStatement(node: Node, catalog: Catalog, transaction: number): void {
  if ('CreateStmt' in node) applyCreateTable(node.CreateStmt, catalog);
  else if ('CreateTableAsStmt' in node) applyCreateTableAs(node.CreateTableAsStmt, catalog);
  else if ('CreateForeignTableStmt' in node)
    applyCreateTable(node.CreateForeignTableStmt.base ?? {}, catalog, 'foreign');
  else if ('AlterTableStmt' in node) applyAlterTable(node.AlterTableStmt, catalog);
  else if ('IndexStmt' in node) applyIndex(node.IndexStmt, catalog);
  else if ('ViewStmt' in node) applyView(node.ViewStmt, catalog);
  else if ('DropStmt' in node) applyDrop(node.DropStmt, catalog);
  else if ('RenameStmt' in node) applyRename(node.RenameStmt, catalog);
  else if ('AlterObjectSchemaStmt' in node) applyObjectSchema(node.AlterObjectSchemaStmt, catalog);
  else if ('AlterEnumStmt' in node) applyAlterEnum(node.AlterEnumStmt, catalog, transaction);
  else if ('AlterDomainStmt' in node) applyAlterDomain(node.AlterDomainStmt, catalog);
  else if ('CreateFunctionStmt' in node) applyFunction(node.CreateFunctionStmt, catalog);
  else if ('CreateTrigStmt' in node) {
    const { relation, trigname = '', funcname } = node.CreateTrigStmt;
    relationOf(catalog, relation)?.triggers.set(trigname, stringsOf(funcname).at(-1) ?? '');
  } else if ('CreateSchemaStmt' in node) {
    for (const element of node.CreateSchemaStmt.schemaElts ?? []) applyStatement(element, catalog, transaction);
  } else if ('VariableSetStmt' in node) applySetting(node, catalog);
  else applyCreateType(node, catalog);
}

function applySetting(node: Extract<Node, { VariableSetStmt: unknown }>, catalog: Catalog): void {
  const { name, kind, args } = node.VariableSetStmt;
  if (name?.toLowerCase() === 'timezone') {
    const [value] = args ?? [];
    const isSaid = kind === 'VAR_SET_VALUE' && value !== undefined;
    catalog.timeZone = isSaid ? ('A_Const' in value ? (value.A_Const.sval?.sval ?? '') : '') : undefined;
  }
  if (name !== 'search_path') return;
  if (kind !== 'VAR_SET_VALUE') {
    catalog.searchPath = ['public'];
    return;
  }
  const places = (args ?? []).flatMap((arg) => ('A_Const' in arg ? [arg.A_Const.sval?.sval ?? ''] : stringsOf([arg])));
  // pg_dump sets it to nothing and writes every name in full.
  catalog.searchPath = places.filter((place) => place !== '' && place !== '$user' && place !== 'pg_catalog');
  if (catalog.searchPath.length === 0) catalog.searchPath = ['public'];
}
