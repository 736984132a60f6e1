import type { Node, RangeVar } from 'libpg-query';
import { relationsNamed } from '../catalog/apply-create-table.ts';
import { rangeOf } from '../catalog/apply-drop.ts';
import { writtenTable } from '../effects/row-effects.ts';

const dropped = [
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_FOREIGN_TABLE',
  'OBJECT_INDEX',
  'OBJECT_SEQUENCE',
];

/** The relations that a statement makes, changes, drops or writes, as it names them; not those that it only reads. */
export function touchedRelations(node: Node): readonly RangeVar[] {
  if ('DropStmt' in node) {
    const { removeType = '', objects } = node.DropStmt;
    return dropped.includes(removeType) ? (objects ?? []).map(rangeOf) : [];
  }
  if ('TruncateStmt' in node) return relationsNamed(node.TruncateStmt.relations);
  const one = definedRelation(node) ?? writtenTable(node);
  return one === undefined ? [] : [one];
}

function definedRelation(node: Node): RangeVar | undefined {
  if ('CreateStmt' in node) return node.CreateStmt.relation;
  if ('CreateForeignTableStmt' in node) return node.CreateForeignTableStmt.base?.relation;
  if ('CreateTableAsStmt' in node) return node.CreateTableAsStmt.into?.rel;
  if ('AlterTableStmt' in node) return node.AlterTableStmt.relation;
  if ('AlterObjectSchemaStmt' in node) return node.AlterObjectSchemaStmt.relation;
  if ('RenameStmt' in node) return node.RenameStmt.relation;
  if ('IndexStmt' in node) return node.IndexStmt.relation;
  if ('ViewStmt' in node) return node.ViewStmt.view;
  if ('CreateSeqStmt' in node) return node.CreateSeqStmt.sequence;
  if ('AlterSeqStmt' in node) return node.AlterSeqStmt.sequence;
  if ('CreateTrigStmt' in node) return node.CreateTrigStmt.relation;
  if ('RuleStmt' in node) return node.RuleStmt.relation;
  if ('CreatePolicyStmt' in node) return node.CreatePolicyStmt.table;
  if ('AlterPolicyStmt' in node) return node.AlterPolicyStmt.table;
  if ('RefreshMatViewStmt' in node) return node.RefreshMatViewStmt.relation;
  return undefined;
}
