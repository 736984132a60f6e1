import type { Node, RangeVar } from 'libpg-query';
import type { Catalog } from '../catalog/catalog.ts';
import { type Effects, effects, locksOn } from './effects.ts';
import { reached } from './relations.ts';

/** INSERT, UPDATE, DELETE, MERGE and COPY FROM take ROW EXCLUSIVE; undefined for other statements. */
export function rowEffects(node: Node, catalog: Catalog): Effects | undefined {
  const table = writtenTable(node);
  return table === undefined ? undefined : effects({ locks: locksOn(reached(catalog, table), 'ROW EXCLUSIVE') });
}

/** The table whose rows a statement writes. */
export function writtenTable(node: Node): RangeVar | undefined {
  if ('UpdateStmt' in node) return node.UpdateStmt.relation;
  if ('DeleteStmt' in node) return node.DeleteStmt.relation;
  if ('InsertStmt' in node) return node.InsertStmt.relation;
  if ('MergeStmt' in node) return node.MergeStmt.relation;
  if ('CopyStmt' in node && node.CopyStmt.is_from === true) return node.CopyStmt.relation;
  return undefined;
}
