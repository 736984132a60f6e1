import type { Node, RangeVar } from 'libpg-query';
import { rangeOf } from './apply-drop.ts';
import { type Catalog, relationOf } from './catalog.ts';

/**
 * A statement of a body may run or not. Takes certainty from the tables that it changes, and gives what is to be done once
 * it was applied: tables that it made are not certain either, and indexes that it drops may still be there.
 */
export function doubt(node: Node, catalog: Catalog): () => void {
  const names = changedBy(node);
  const gone = new Set(catalog.goneIndexes.keys());
  const takeCertainty = () => {
    for (const name of names) {
      const relation = relationOf(catalog, name);
      if (relation !== undefined) relation.isCertain = false;
    }
  };
  takeCertainty();
  return () => {
    takeCertainty();
    for (const key of catalog.goneIndexes.keys()) if (!gone.has(key)) catalog.goneIndexes.set(key, 'maybe');
  };
}

/** Does a statement of a body change nothing but what it names, or nothing that is followed? */
export function isBounded(node: Node): boolean {
  if ('DropStmt' in node) return node.DropStmt.removeType !== 'OBJECT_SCHEMA';
  if ('RenameStmt' in node) return node.RenameStmt.renameType !== 'OBJECT_SCHEMA';
  return bounded.some((kind) => kind in node);
}

const bounded = [
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'AlterTableStmt',
  'CreateStmt',
  'IndexStmt',
  'CreateTrigStmt',
  'CreateSeqStmt',
  'AlterSeqStmt',
  'CreateEnumStmt',
  'AlterEnumStmt',
  'CreateDomainStmt',
  'CompositeTypeStmt',
  'CreateFunctionStmt',
  'CreateExtensionStmt',
  'CreateSchemaStmt',
  'CreatePolicyStmt',
  'CreateRoleStmt',
  'GrantStmt',
  'GrantRoleStmt',
  'CommentStmt',
];

function changedBy(node: Node): readonly RangeVar[] {
  if ('CreateStmt' in node) return [node.CreateStmt.relation ?? {}];
  if ('RenameStmt' in node) {
    const { relation = {}, renameType, newname } = node.RenameStmt;
    return renameType === 'OBJECT_TABLE'
      ? [relation, { ...relation, ...(newname === undefined ? {} : { relname: newname }) }]
      : [relation];
  }
  if ('DropStmt' in node) return (node.DropStmt.objects ?? []).map(rangeOf);
  if (!('AlterTableStmt' in node)) return [];
  const parts = (node.AlterTableStmt.cmds ?? []).flatMap((command) => {
    const def = 'AlterTableCmd' in command ? command.AlterTableCmd.def : undefined;
    return def !== undefined && 'PartitionCmd' in def ? [def.PartitionCmd.name ?? {}] : [];
  });
  return [node.AlterTableStmt.relation ?? {}, ...parts];
}
