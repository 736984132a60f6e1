import type { Action } from '#core/plan';
import type { LockClaim } from '../../action.ts';
import type { PlanContext } from '../../operation.ts';
import type { Table } from '../../schema.ts';
import { guardNotNull, type NotNull, validateNotNull } from '../not-null.ts';
import { recompile } from '../recompile.ts';
import { copyIndexAction } from '../shadow.ts';
import { lock, sqlAction } from '../steps.ts';
import { everyValueFits, guardFits, unguardFits } from './fit.ts';
import { growKeyAgain, keyLocks, type MovingKey, regrowKey, releaseKey, settleKey } from './moving-keys.ts';
import { backingIndexes, type IndexPair, type Retype } from './retype.ts';
import { moveIdentity, narrowSequence, sequenceFits, widenSequence } from './sequences.ts';

/** Columns that change places in one transaction, with the foreign keys on them. */
export type Linked = { readonly retypes: readonly Retype[]; readonly keys: readonly MovingKey[] };

/** Old and new columns change places, with all that stands on them, in one transaction. */
export function swapColumns({ retypes, keys }: Linked, context: PlanContext): Action {
  return sqlAction(
    [
      ...keys.map((key) => releaseKey(key, context)),
      ...retypes.flatMap((retype) => swapStatements(retype, context)),
      ...keys.flatMap((key) => settleKey(key, key.copy, context)),
      ...recompiled(retypes, context),
    ],
    { limits: context.limits, locks: swapLocks({ retypes, keys }) },
  );
}

function recompiled(retypes: readonly Retype[], context: PlanContext): readonly string[] {
  return [...new Set(retypes.map(({ swapped, growing }) => recompile(swapped, growing, context)))];
}

/** Referring tables come first, as an application that writes into them locks them. */
function swapLocks({ retypes, keys }: Linked): readonly LockClaim[] {
  const claims = [...keyLocks(keys), ...retypes.map(({ swapped }) => lock(swapped, 'ACCESS EXCLUSIVE'))];
  return [...new Map(claims.map((claim) => [claim.relation, claim])).values()];
}

function swapStatements(retype: Retype, context: PlanContext): readonly string[] {
  const { spelling } = context;
  const { swapped: table, from, to, shadow, aside } = retype;
  const isMoved = shadow !== to.name;
  return [
    ...spelling.dropSync({ ...retype.forward, table }),
    spelling.renameColumn(table, from.name, aside),
    ...(isMoved ? [spelling.renameColumn(table, shadow, to.name)] : []),
    ...swapNames(retype, table, context),
    ...(retype.isNotNull ? [spelling.setNotNull(table, to.name), spelling.dropConstraint(table, retype.guard)] : []),
    ...(retype.back === 'up' ? unguardFits(retype, table, context) : []),
    ...movePrimaryKey(retype, table, context),
    ...moveDefault(retype, table, context),
    ...(from.isNotNull ? [spelling.dropNotNull(table, aside)] : []),
    ...spelling.decorations(table, { ...to, storage: undefined, compression: undefined }, to.name),
    ...(retype.backward === undefined ? [] : spelling.createSync({ ...retype.backward, table })),
  ];
}

/** Indexes and constraints: the old ones are put aside, the copies take their names and comments. */
function swapNames({ indexes, uniques, checks }: Retype, table: Table, { spelling }: PlanContext): readonly string[] {
  const { schema } = table;
  return [
    ...indexes.flatMap(({ index, copy, aside }) => [
      spelling.renameIndex(schema, index.name, aside),
      spelling.renameIndex(schema, copy, index.name),
      ...(index.comment === undefined ? [] : [spelling.commentOnIndex(schema, index.name, index.comment)]),
    ]),
    ...[...uniques, ...checks].flatMap(({ constraint, copy, aside }) => [
      spelling.renameConstraint(table, constraint.name, aside),
      spelling.renameConstraint(table, copy, constraint.name),
      ...(constraint.comment === undefined
        ? []
        : [spelling.commentOnConstraint(table, constraint.name, constraint.comment)]),
    ]),
  ];
}

function movePrimaryKey({ primaryKey }: Retype, table: Table, { spelling }: PlanContext): readonly string[] {
  if (primaryKey === undefined) return [];
  const { constraint, copy } = primaryKey;
  const using = { kind: 'primary-key' as const, index: copy, definition: constraint.definition };
  return [
    spelling.dropConstraint(table, constraint.name),
    spelling.addConstraintUsingIndex(table, constraint.name, using),
    ...(constraint.comment === undefined
      ? []
      : [spelling.commentOnConstraint(table, constraint.name, constraint.comment)]),
  ];
}

/** Default, identity or serial of the new column; the old one has none any more, since the trigger gives it its value. */
function moveDefault(retype: Retype, table: Table, context: PlanContext): readonly string[] {
  const { spelling } = context;
  const { from, to, aside, sequence, identity } = retype;
  if (from.identity !== undefined && to.identity !== undefined && identity !== undefined) {
    return moveIdentity({ table, ...identity, from: aside, to, kind: to.identity }, context);
  }
  const { defaultExpression } = to;
  return [
    spelling.dropDefault(table, aside),
    defaultExpression === undefined
      ? spelling.dropDefault(table, to.name)
      : spelling.setDefault(table, to.name, defaultExpression),
    ...(sequence === undefined ? [] : [spelling.ownSequence(sequence, table, to.name)]),
    ...widenSequence(retype, table, context),
  ];
}

/**
 * Back: the old columns are proven NOT NULL again where they were, get unique indexes for their primary keys and foreign
 * keys over them, and take their places; then the new ones, shadows again, get back what they had.
 */
export function swapBack({ retypes, keys }: Linked, context: PlanContext): readonly Action[] {
  return [
    ...retypes.flatMap((retype) => beforeBack(retype, context)),
    ...keys.map((key) => regrowKey(key, context)),
    sqlAction(
      [
        ...keys.map((key) => releaseKey(key, context)),
        ...retypes.flatMap((retype) => backStatements(retype, context)),
        ...keys.flatMap((key) => settleKey(key, key.aside, context)),
        ...recompiled(retypes, context),
      ],
      { limits: context.limits, locks: swapLocks({ retypes, keys }) },
    ),
    ...retypes.flatMap((retype) => afterBack(retype, context)),
    ...keys.map((key) => growKeyAgain(key, context)),
  ];
}

function beforeBack(retype: Retype, context: PlanContext): readonly Action[] {
  const { aside, from, to, swapped: table } = retype;
  const old = backGuard(retype);
  const place = { table, name: to.name };
  return [
    ...everyValueFits(retype, place, context),
    ...sequenceFits(retype, table, context),
    ...keyIndexes(retype).map((pair) => indexOn(aside, { ...pair, copy: pair.aside }, retype, context)),
    ...(from.isNotNull
      ? [guardNotNull(old, context), ...everyValueFits(retype, place, context), validateNotNull(old, context)]
      : guardFits(retype, place, context)),
  ];
}

function afterBack(retype: Retype, context: PlanContext): readonly Action[] {
  const { swapped: table, shadow, guard } = retype;
  return [
    ...keyIndexes(retype).map((pair) => indexOn(shadow, pair, retype, context)),
    ...(retype.isNotNull ? [validateNotNull({ table, column: shadow, guard }, context)] : []),
  ];
}

/** The check that proves NOT NULL of the old column on the way back. */
function backGuard({ swapped: table, aside, guard }: Retype): NotNull {
  return { table, column: aside, guard: `${guard}_back` };
}

function keyIndexes(retype: Retype): readonly IndexPair[] {
  return retype.primaryKey === undefined ? [] : backingIndexes({ ...retype, uniques: [] }, retype.swapped);
}

function indexOn(
  column: string,
  pair: IndexPair,
  { swapped, from, columnsSwapped }: Retype,
  context: PlanContext,
): Action {
  const place = { table: swapped, columns: { ...columnsSwapped, [from.name]: column } };
  return copyIndexAction({ index: pair.index, name: pair.copy }, place, context);
}

function backStatements(retype: Retype, context: PlanContext): readonly string[] {
  const { spelling } = context;
  const { swapped: table, from, to, shadow, aside, guard } = retype;
  const isMoved = shadow !== to.name;
  return [
    ...(retype.backward === undefined ? [] : spelling.dropSync({ ...retype.backward, table })),
    ...(isMoved ? [spelling.renameColumn(table, to.name, shadow)] : []),
    spelling.renameColumn(table, aside, from.name),
    ...swapNamesBack(retype, table, context),
    ...(from.isNotNull
      ? [spelling.setNotNull(table, from.name), spelling.dropConstraint(table, backGuard(retype).guard)]
      : []),
    ...unguardFits(retype, table, context),
    ...movePrimaryKeyBack(retype, table, context),
    ...moveDefaultBack(retype, table, context),
    ...(retype.isNotNull ? [spelling.dropNotNull(table, shadow), spelling.addNotNullCheck(table, guard, shadow)] : []),
    ...spelling.undecorate(table, to, { name: shadow, keepsGrants: retype.forward.down !== undefined }),
    ...spelling.createSync({ ...retype.forward, table }),
  ];
}

function swapNamesBack(
  { indexes, uniques, checks }: Retype,
  table: Table,
  { spelling }: PlanContext,
): readonly string[] {
  const { schema } = table;
  return [
    ...indexes.flatMap(({ index, copy, aside }) => [
      spelling.renameIndex(schema, index.name, copy),
      spelling.renameIndex(schema, aside, index.name),
      ...(index.comment === undefined ? [] : [spelling.commentOnIndex(schema, copy, undefined)]),
    ]),
    ...[...uniques, ...checks].flatMap(({ constraint, copy, aside }) => [
      spelling.renameConstraint(table, constraint.name, copy),
      spelling.renameConstraint(table, aside, constraint.name),
      ...(constraint.comment === undefined ? [] : [spelling.commentOnConstraint(table, copy, undefined)]),
    ]),
  ];
}

function movePrimaryKeyBack({ primaryKey }: Retype, table: Table, context: PlanContext): readonly string[] {
  if (primaryKey === undefined) return [];
  const { spelling } = context;
  const { constraint, aside } = primaryKey;
  const using = { kind: 'primary-key' as const, index: aside, definition: constraint.definition };
  return [
    spelling.dropConstraint(table, constraint.name),
    spelling.addConstraintUsingIndex(table, constraint.name, using),
    ...(constraint.comment === undefined
      ? []
      : [spelling.commentOnConstraint(table, constraint.name, constraint.comment)]),
  ];
}

function moveDefaultBack(retype: Retype, table: Table, context: PlanContext): readonly string[] {
  const { spelling } = context;
  const { from, to, shadow, sequence, identity, shadowDefault, runningDefault } = retype;
  if (from.identity !== undefined && to.identity !== undefined && identity !== undefined) {
    return moveIdentity({ table, ...identity, from: shadow, to: from, kind: from.identity }, context);
  }
  return [
    shadowDefault === undefined
      ? spelling.dropDefault(table, shadow)
      : spelling.setDefault(table, shadow, shadowDefault),
    ...(runningDefault === undefined ? [] : [spelling.setDefault(table, from.name, runningDefault)]),
    ...(sequence === undefined ? [] : [spelling.ownSequence(sequence, table, from.name)]),
    ...narrowSequence(retype, table, context),
  ];
}
