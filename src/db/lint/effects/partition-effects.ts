import type { AlterTableCmd } from 'libpg-query';
import { fullName, keyOf, type Relation, relationOf } from '../catalog/catalog.ts';
import type { CommandPlace } from './command-place.ts';
import { type Effects, effects, locksOn } from './effects.ts';
import { conjuncts, isKnownNotNull, saysNotNull } from './relations.ts';

/** ATTACH PARTITION: the new part is read unless a valid CHECK covers its bound, and the default partition likewise. */
export function attachEffects({ def }: AlterTableCmd, { catalog, relation }: CommandPlace): Effects {
  if (def === undefined || !('PartitionCmd' in def)) return effects({});
  const part = relationOf(catalog, def.PartitionCmd.name);
  const partName = fullName(catalog, def.PartitionCmd.name);
  const parentName = relation === undefined ? undefined : keyOf(relation);
  const rest = defaultPartition(relation);
  return effects({
    locks: [
      ...locksOn(parentName === undefined ? [] : [parentName], 'SHARE UPDATE EXCLUSIVE'),
      ...locksOn([partName, ...(rest === undefined ? [] : [keyOf(rest)])], 'ACCESS EXCLUSIVE'),
    ],
    scans: [
      ...(isCovered(part, relation) ? [] : [partName]),
      ...(rest === undefined || isCovered(rest, relation) ? [] : [keyOf(rest)]),
    ],
    builds: hasMissingIndex(part, relation) ? [partName] : [],
  });
}

/** Has the parent an index that the part has not? Then it is built while the part is locked. */
export function hasMissingIndex(part: Relation | undefined, parent: Relation | undefined): boolean {
  const own = [...(part?.indexes.values() ?? [])];
  return [...(parent?.indexes.values() ?? [])].some(
    (wanted) =>
      !own.some(
        ({ columns, isUnique, method }) =>
          method === wanted.method && isUnique === wanted.isUnique && columns.join() === wanted.columns.join(),
      ),
  );
}

/** The default partition of a partitioned table. */
export function defaultPartition(relation: Relation | undefined): Relation | undefined {
  return [...(relation?.partitions ?? [])].find(({ isDefaultPartition }) => isDefaultPartition);
}

/**
 * Has the table a valid CHECK upon every column of the partition key, and is none of them null? Whether the CHECK
 * implies the bound is the server's to prove: one that mentions the key is taken for written for it.
 */
export function isCovered(part: Relation | undefined, parent: Relation | undefined): boolean {
  const key = parent?.partitionKey;
  if (part === undefined || key === undefined) return false;
  const checks = [...part.constraints.values()].filter(({ kind, isValid }) => kind === 'check' && isValid);
  return key.every((column) => {
    const mentioning = checks.filter(({ columns }) => columns.includes(column));
    const isNotNull =
      isKnownNotNull(part, column) ||
      mentioning.some(({ expression }) => conjuncts(expression).some((one) => saysNotNull(one, column)));
    const isBound = mentioning.some(({ expression }) => conjuncts(expression).some((one) => !saysNotNull(one, column)));
    return isNotNull && isBound;
  });
}

/** DETACH PARTITION, at once or CONCURRENTLY (from PostgreSQL 14), and FINALIZE. */
export function detachEffects(
  { def, subtype }: AlterTableCmd,
  { catalog, relation, stmt, majors }: CommandPlace,
): Effects {
  if (def === undefined || !('PartitionCmd' in def)) return effects({});
  const parent = fullName(catalog, stmt.relation);
  const part = fullName(catalog, def.PartitionCmd.name);
  const isGentle = def.PartitionCmd.concurrent === true || subtype === 'AT_DetachPartitionFinalize';
  const rest = defaultPartition(relation);
  if (def.PartitionCmd.concurrent === true && rest !== undefined) return effects({ fails: '55000' });
  return effects({
    locks: isGentle
      ? [...locksOn([parent], 'SHARE UPDATE EXCLUSIVE'), ...locksOn([part], 'ACCESS EXCLUSIVE')]
      : [
          ...locksOn(
            [parent, ...(rest === undefined || keyOf(rest) === part ? [] : [keyOf(rest)])],
            'ACCESS EXCLUSIVE',
          ),
          ...locksOn([part], majors.to < 14 ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE'),
        ],
  });
}
