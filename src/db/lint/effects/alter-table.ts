import type { AlterTableCmd, AlterTableStmt } from 'libpg-query';
import { type Catalog, fullName, keyOf, named, type Relation, referencesTo, relationOf } from '../catalog/catalog.ts';
import type { LockMode } from '../lock-mode.ts';
import { addColumnEffects } from './add-column.ts';
import type { CommandPlace, Majors } from './command-place.ts';
import {
  addConstraintEffects,
  alterConstraintEffects,
  dropConstraintEffects,
  validateEffects,
} from './constraint-effects.ts';
import { type Effects, effects, locksOn, noEffects } from './effects.ts';
import { attachEffects, detachEffects } from './partition-effects.ts';
import { isKnownNotNull, isProvenNotNull, reached } from './relations.ts';
import { typeChangeEffects } from './type-change.ts';
import { dependantsOfColumn } from './type-dependants.ts';

/** Commands that take less than ACCESS EXCLUSIVE (AlterTableGetLockLevel in tablecmds.c). */
const weaker: Readonly<Record<string, LockMode>> = {
  AT_SetStatistics: 'SHARE UPDATE EXCLUSIVE',
  AT_SetOptions: 'SHARE UPDATE EXCLUSIVE',
  AT_ResetOptions: 'SHARE UPDATE EXCLUSIVE',
  AT_ClusterOn: 'SHARE UPDATE EXCLUSIVE',
  AT_DropCluster: 'SHARE UPDATE EXCLUSIVE',
  AT_SetRelOptions: 'SHARE UPDATE EXCLUSIVE',
  AT_ResetRelOptions: 'SHARE UPDATE EXCLUSIVE',
  AT_EnableTrig: 'SHARE ROW EXCLUSIVE',
  AT_EnableAlwaysTrig: 'SHARE ROW EXCLUSIVE',
  AT_EnableReplicaTrig: 'SHARE ROW EXCLUSIVE',
  AT_DisableTrig: 'SHARE ROW EXCLUSIVE',
  AT_EnableTrigAll: 'SHARE ROW EXCLUSIVE',
  AT_DisableTrigAll: 'SHARE ROW EXCLUSIVE',
  AT_EnableTrigUser: 'SHARE ROW EXCLUSIVE',
  AT_DisableTrigUser: 'SHARE ROW EXCLUSIVE',
};

/** What one command of an ALTER TABLE does. */
export function commandEffects(
  command: AlterTableCmd,
  stmt: AlterTableStmt,
  { catalog, majors }: { readonly catalog: Catalog; readonly majors: Majors },
): Effects {
  const relation = relationOf(catalog, stmt.relation);
  // ALTER INDEX, ALTER SEQUENCE and ALTER TYPE are spelled with the same node.
  if (stmt.objtype === 'OBJECT_SEQUENCE' || stmt.objtype === 'OBJECT_TYPE') return noEffects;
  if (stmt.objtype === 'OBJECT_INDEX') return indexCommandEffects(command, stmt, catalog);
  const place: CommandPlace = { catalog, majors, stmt, relation, tables: reached(catalog, stmt.relation) };
  switch (command.subtype) {
    case 'AT_AddColumn':
      return addColumnEffects(command, place);
    case 'AT_DropColumn':
      return dropColumnEffects(command, place);
    case 'AT_AlterColumnType':
      return typeChangeEffects(command, place);
    case 'AT_SetNotNull':
      return setNotNullEffects(command, place);
    case 'AT_AddConstraint':
      return addConstraintEffects(command, place);
    case 'AT_ValidateConstraint':
      return validateEffects(command, place);
    case 'AT_DropConstraint':
      return dropConstraintEffects(command, place);
    case 'AT_AlterConstraint':
      return alterConstraintEffects(command, place);
    case 'AT_AttachPartition':
      return attachEffects(command, place);
    case 'AT_DetachPartition':
    case 'AT_DetachPartitionFinalize':
      return detachEffects(command, place);
    default:
      return plainEffects(command, place);
  }
}

/** ALTER INDEX: of its commands only a move to another tablespace keeps users of the index waiting. */
function indexCommandEffects({ subtype }: AlterTableCmd, { relation }: AlterTableStmt, catalog: Catalog): Effects {
  if (subtype !== 'AT_SetTableSpace') return noEffects;
  const table = named(catalog, catalog.indexes, relation?.schemaname, relation?.relname ?? '');
  const schema = relation?.schemaname ?? table?.schema ?? catalog.searchPath[0] ?? 'public';
  const name = keyOf({ schema, name: relation?.relname ?? '' });
  return effects({ locks: [{ relation: name, kind: 'index', mode: 'ACCESS EXCLUSIVE' }] });
}

function plainEffects(command: AlterTableCmd, place: CommandPlace): Effects {
  const { subtype = 'AT_AddColumn' } = command;
  if (ownOnly.has(subtype)) return ownEffects(command, place);
  const locks = locksOn(place.tables, weaker[subtype] ?? 'ACCESS EXCLUSIVE');
  return effects({ locks, rewrites: subtype === 'AT_SetExpression' ? place.tables : [] });
}

/** Commands that are not handed down to partitions (ATPrepCmd in tablecmds.c). */
const ownOnly: ReadonlySet<string> = new Set([
  'AT_SetLogged',
  'AT_SetUnLogged',
  'AT_SetTableSpace',
  'AT_SetAccessMethod',
  'AT_SetRelOptions',
  'AT_ResetRelOptions',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_ChangeOwner',
  'AT_ReplicaIdentity',
  'AT_EnableRowSecurity',
  'AT_DisableRowSecurity',
  'AT_ForceRowSecurity',
  'AT_NoForceRowSecurity',
  'AT_EnableRule',
  'AT_EnableAlwaysRule',
  'AT_EnableReplicaRule',
  'AT_DisableRule',
  'AT_AddInherit',
  'AT_DropInherit',
]);

/** A partitioned table has no file: what is said of it holds for partitions to come. */
function ownEffects(command: AlterTableCmd, { stmt, relation, catalog }: CommandPlace): Effects {
  const { subtype = 'AT_AddColumn', def } = command;
  const table = fullName(catalog, stmt.relation);
  const parent = subtype === 'AT_AddInherit' && def !== undefined && 'RangeVar' in def ? [def.RangeVar] : [];
  const isReferenced =
    subtype === 'AT_SetUnLogged' &&
    relation !== undefined &&
    referencesTo(catalog, relation).some(
      (one) => one.relation !== relation && one.relation.persistence === 'permanent',
    );
  if (isReferenced) return effects({ locks: locksOn([table], 'ACCESS EXCLUSIVE'), fails: '42P16' });
  return effects({
    locks: [
      ...locksOn([table], weaker[subtype] ?? 'ACCESS EXCLUSIVE'),
      ...locksOn(
        parent.map((name) => fullName(catalog, name)),
        'SHARE UPDATE EXCLUSIVE',
      ),
    ],
    rewrites: relation?.kind !== 'partitioned' && isMoved(command, relation) ? [table] : [],
  });
}

/** Gets the table another file, with the same rows? */
function isMoved({ subtype, name }: AlterTableCmd, relation: Relation | undefined): boolean {
  switch (subtype) {
    case 'AT_SetLogged':
      return relation?.isKnown !== true || relation.persistence !== 'permanent';
    case 'AT_SetUnLogged':
      return relation?.persistence !== 'unlogged';
    case 'AT_SetTableSpace':
      return relation?.isKnown === true
        ? name !== (relation.tablespace ?? 'pg_default')
        : name !== relation?.tablespace;
    case 'AT_SetAccessMethod':
      return name !== undefined && name !== 'heap';
    default:
      return false;
  }
}

function setNotNullEffects({ name = '' }: AlterTableCmd, { stmt, relation, tables, catalog }: CommandPlace): Effects {
  // What a statement drops goes before anything else that it says.
  const gone = new Set(
    (stmt.cmds ?? []).flatMap((one) =>
      'AlterTableCmd' in one && one.AlterTableCmd.subtype === 'AT_DropConstraint' ? [one.AlterTableCmd.name ?? ''] : [],
    ),
  );
  const isFree = (table: Relation | undefined) => isKnownNotNull(table, name) || isProvenNotNull(table, name, gone);
  return effects({
    locks: locksOn(tables, 'ACCESS EXCLUSIVE'),
    scans: isFree(relation)
      ? []
      : tables.filter(
          (table) => catalog.relations.get(table)?.kind !== 'partitioned' && !isFree(catalog.relations.get(table)),
        ),
  });
}

/**
 * A foreign key on the column goes too, and with it triggers of the other table. With CASCADE so do views that read it
 * and foreign keys that refer to it; without, it fails.
 */
function dropColumnEffects(
  { name = '', behavior, missing_ok }: AlterTableCmd,
  { relation, tables, catalog }: CommandPlace,
): Effects {
  if (missing_ok === true && relation?.isKnown === true && !relation.columns.has(name)) {
    return effects({ locks: locksOn(tables, 'ACCESS EXCLUSIVE') });
  }
  const outward = [...(relation?.constraints.values() ?? [])].flatMap(({ references, columns }) =>
    references !== undefined && columns.includes(name)
      ? [references.relation === undefined ? references.name : keyOf(references.relation)]
      : [],
  );
  const dependants = dependantsOfColumn(relation, name, catalog);
  const isCascading = behavior === 'DROP_CASCADE';
  const others = isCascading ? [...outward, ...dependants] : outward;
  return effects({
    locks: locksOn([...new Set([...tables, ...others])], 'ACCESS EXCLUSIVE'),
    fails: !isCascading && dependants.length > 0 ? '2BP01' : undefined,
  });
}
