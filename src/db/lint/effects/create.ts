import type { ColumnDef, Constraint, CreateStmt, Node } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { partitionKeyOf, relationsNamed } from '../catalog/apply-create-table.ts';
import { type Catalog, fullName, keyOf, relationOf } from '../catalog/catalog.ts';
import { referencedBy } from './constraint-effects.ts';
import { type Effects, effects, locksOn, noEffects } from './effects.ts';
import { defaultPartition, isCovered } from './partition-effects.ts';
import { reached } from './relations.ts';

/** CREATE TABLE, TRIGGER, RULE, POLICY, STATISTICS, VIEW; undefined for other statements. */
export function createEffects(node: Node, catalog: Catalog): Effects | undefined {
  if ('CreateStmt' in node) return tableEffects(node.CreateStmt, catalog);
  if ('CreateForeignTableStmt' in node) return tableEffects(node.CreateForeignTableStmt.base ?? {}, catalog);
  if ('CreateTrigStmt' in node) {
    // A trigger for each row is made on the partitions too.
    const { relation, row } = node.CreateTrigStmt;
    const tables = row === true ? reached(catalog, relation) : [fullName(catalog, relation)];
    return effects({ locks: locksOn(tables, 'SHARE ROW EXCLUSIVE') });
  }
  if ('RuleStmt' in node)
    return effects({ locks: locksOn([fullName(catalog, node.RuleStmt.relation)], 'ACCESS EXCLUSIVE') });
  if ('CreatePolicyStmt' in node) {
    return effects({ locks: locksOn([fullName(catalog, node.CreatePolicyStmt.table)], 'ACCESS EXCLUSIVE') });
  }
  if ('AlterPolicyStmt' in node) {
    return effects({ locks: locksOn([fullName(catalog, node.AlterPolicyStmt.table)], 'ACCESS EXCLUSIVE') });
  }
  if ('CreateStatsStmt' in node) {
    const names = relationsNamed(node.CreateStatsStmt.relations).map((name) => fullName(catalog, name));
    return effects({ locks: locksOn(names, 'SHARE UPDATE EXCLUSIVE') });
  }
  if ('ViewStmt' in node) {
    const before = relationOf(catalog, node.ViewStmt.view);
    return before === undefined ? noEffects : effects({ locks: locksOn([keyOf(before)], 'ACCESS EXCLUSIVE') });
  }
  return undefined;
}

/** A new table locks what it refers to, its parent, and the default partition beside it. */
function tableEffects(stmt: CreateStmt, catalog: Catalog): Effects {
  if (stmt.if_not_exists === true && relationOf(catalog, stmt.relation) !== undefined) return noEffects;
  if (keysWithoutPartitionKey(stmt).length > 0) return effects({ fails: '0A000' });
  const referenced = foreignKeysIn(stmt).flatMap((table) => reached(catalog, table));
  const own = fullName(catalog, stmt.relation);
  const parents = relationsNamed(stmt.inhRelations);
  const parentNames = parents.map((name) => fullName(catalog, name));
  const isPartition = stmt.partbound !== undefined;
  const parent = isPartition ? relationOf(catalog, parents[0]) : undefined;
  const rest = defaultPartition(parent);
  const inherited = [...(parent?.constraints.values() ?? [])].flatMap(referencedBy);
  return effects({
    locks: [
      ...locksOn(
        [...new Set([...referenced, ...inherited])].filter((name) => name !== own),
        'SHARE ROW EXCLUSIVE',
      ),
      ...locksOn(parentNames, isPartition ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE'),
      ...locksOn(rest === undefined ? [] : [keyOf(rest)], 'ACCESS EXCLUSIVE'),
    ],
    scans: rest === undefined || isCovered(rest, parent) ? [] : [keyOf(rest)],
  });
}

/** Tables that foreign keys of a CREATE TABLE refer to. */
export function foreignKeysIn(stmt: CreateStmt): readonly NonNullable<CreateStmt['relation']>[] {
  return constraintsIn(stmt).flatMap(({ constraint: { pktable } }) => (pktable === undefined ? [] : [pktable]));
}

/** The constraints of a CREATE TABLE, with the column at which one stands. */
export function constraintsIn(
  stmt: CreateStmt,
): readonly { readonly constraint: Constraint; readonly column: ColumnDef | undefined }[] {
  return [...(stmt.tableElts ?? []), ...(stmt.constraints ?? [])].flatMap((element) => {
    const column = 'ColumnDef' in element ? element.ColumnDef : undefined;
    const nodes = column === undefined ? [element] : (column.constraints ?? []);
    return nodes.flatMap((node) => ('Constraint' in node ? [{ constraint: node.Constraint, column }] : []));
  });
}

/** The keys of a CREATE TABLE … PARTITION BY that the server refuses, as they leave out a part of the partition key. */
export function keysWithoutPartitionKey(stmt: CreateStmt): readonly Constraint[] {
  if (stmt.partspec === undefined) return [];
  const parts = partitionKeyOf(stmt);
  return constraintsIn(stmt).flatMap(({ constraint, column }) => {
    if (constraint.contype !== 'CONSTR_PRIMARY' && constraint.contype !== 'CONSTR_UNIQUE') return [];
    const keys = column === undefined ? stringsOf(constraint.keys) : [column.colname ?? ''];
    return parts === undefined || parts.some((part) => !keys.includes(part)) ? [constraint] : [];
  });
}
