import type { Action } from '#core/plan';
import type { PlanContext } from '../../operation.ts';
import { guardNotNull, type NotNull, validateNotNull } from '../not-null.ts';
import { batchesAction, compareAction } from '../ranges.ts';
import { copyIndexAction } from '../shadow.ts';
import { lock, sequence, sqlAction } from '../steps.ts';
import { createFit, dropFit } from './fit.ts';
import { backingIndexes, type ConstraintPair, type IndexPair, type Retype } from './retype.ts';

/** The new column and what keeps it in step, in one transaction: nobody sees one without the other. */
export function addShadow(retype: Retype, context: PlanContext): Action {
  const { spelling, limits } = context;
  const { growing: table, shadow: name, to, forward, shadowDefault } = retype;
  return sqlAction(
    [
      spelling.addColumn(table, { name, type: to.type, collation: to.collation }),
      ...(shadowDefault === undefined ? [] : [spelling.setDefault(table, name, shadowDefault)]),
      ...(forward.down === undefined ? [] : spelling.grants(table, name, to.grants)),
      ...createFit(retype, context),
      ...spelling.createSync(forward),
    ],
    { limits, locks: [lock(table, 'ACCESS EXCLUSIVE')] },
  );
}

export function dropShadow(retype: Retype, context: PlanContext): Action {
  const { growing: table, shadow, forward } = retype;
  const { spelling, limits } = context;
  const statements = [
    ...spelling.dropSync({ ...forward, table }),
    spelling.dropColumn(table, shadow),
    ...dropFit(retype, context),
  ];
  return sqlAction(statements, { limits, locks: [lock(table, 'ACCESS EXCLUSIVE')] });
}

export function fillShadow({ growing: table, shadow, from, up }: Retype, context: PlanContext): Action {
  const { spelling } = context;
  const [name, value] = [spelling.name(shadow), up(from.name)];
  const update = `UPDATE ${spelling.relation(table)} AS t SET ${name} = ${value} WHERE $range AND ${spelling.isDifferent(`t.${name}`, value)}`;
  return batchesAction(table, update, context, { isSelfLimiting: true });
}

export function compareShadow({ growing: table, shadow, from, to, up }: Retype, context: PlanContext): Action {
  const { spelling } = context;
  const left = spelling.comparable(`t.${spelling.name(shadow)}`, to.type);
  return compareAction(table, { left, right: spelling.comparable(up(from.name), to.type) }, context);
}

/** Every index that the new column needs before the swap, those of its unique constraints and primary key among them. */
export function shadowIndexes(retype: Retype): readonly IndexPair[] {
  return [...retype.indexes, ...backingIndexes(retype, retype.growing)];
}

export function copyToShadow(
  pair: IndexPair,
  retype: Retype,
  context: PlanContext,
  want: 'present' | 'absent' = 'present',
): Action {
  return copyIndexAction({ index: pair.index, name: pair.copy }, shadowPlace(retype), context, want);
}

function shadowPlace({ growing, shadow, from, columnsGrowing }: Retype) {
  return { table: growing, columns: { ...columnsGrowing, [from.name]: shadow } };
}

/** A unique index becomes the constraint that it will be after the swap, under a name of ours. */
export function constrainUnique(
  pair: ConstraintPair,
  { growing: table }: Retype,
  { spelling, limits }: PlanContext,
): Action {
  const { constraint, copy } = pair;
  const using = { kind: 'unique' as const, index: copy, definition: constraint.definition };
  const statements = [spelling.addConstraintUsingIndex(table, copy, using)];
  return sqlAction(statements, { limits, locks: [lock(table, 'ACCESS EXCLUSIVE')] });
}

/** A check over the new column: first for new rows, then proven for all. */
export function constrainCheck(pair: ConstraintPair, retype: Retype, { spelling, limits }: PlanContext): Action {
  const { growing: table, shadow, from, columnsGrowing } = retype;
  const definition = spelling.renameInDefinition(pair.constraint.definition, {
    ...columnsGrowing,
    [from.name]: shadow,
  });
  return sequence([
    sqlAction([spelling.addConstraint(table, pair.copy, definition, { notValid: true })], {
      limits,
      locks: [lock(table, 'ACCESS EXCLUSIVE')],
    }),
    sqlAction([spelling.validateConstraint(table, pair.copy)], {
      limits,
      locks: [lock(table, 'SHARE UPDATE EXCLUSIVE')],
      scans: true,
    }),
  ]);
}

export function unconstrain(
  { copy }: ConstraintPair,
  { growing: table }: Retype,
  { spelling, limits }: PlanContext,
): Action {
  const locks = [lock(table, 'ACCESS EXCLUSIVE')];
  return sqlAction([spelling.dropConstraint(table, copy)], { limits, locks });
}

/** The proof that the new column holds no NULL, which spares the scan at the swap. */
export function guardShadow(retype: Retype, context: PlanContext): Action {
  const notNull = shadowNotNull(retype);
  return sequence([guardNotNull(notNull, context), validateNotNull(notNull, context)]);
}

export function unguardShadow({ growing: table, guard }: Retype, { spelling, limits }: PlanContext): Action {
  const locks = [lock(table, 'ACCESS EXCLUSIVE')];
  return sqlAction([spelling.dropConstraint(table, guard)], { limits, locks });
}

export function shadowNotNull({ growing, shadow, guard }: Retype): NotNull {
  return { table: growing, column: shadow, guard };
}
