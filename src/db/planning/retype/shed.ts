import type { Action } from '#core/plan';
import type { PlanContext } from '../../operation.ts';
import { keepValues, restoreValues, type ValuesUndo } from '../../undo.ts';
import { countMovedRows } from '../../undo-gone.ts';
import { batchesAction, compareAction, undoBatchesAction } from '../ranges.ts';
import { copyIndexAction } from '../shadow.ts';
import { lock, sequence, sqlAction } from '../steps.ts';
import { forgettingOf } from '../undo.ts';
import { backingIndexes, type Retype } from './retype.ts';

/** A row agrees when either column follows from the other. */
export function compareSwapped(retype: Retype, context: PlanContext): Action {
  const { final: table, from, to, aside, up, down } = retype;
  const { spelling } = context;
  const [now, old] = [`t.${spelling.name(to.name)}`, `t.${spelling.name(aside)}`];
  const back = down(to.name);
  return compareAction(
    table,
    {
      left: spelling.comparable(now, to.type),
      right: spelling.comparable(up(aside), to.type),
      ...(back === undefined
        ? {}
        : { backLeft: spelling.comparable(old, from.type), backRight: spelling.comparable(back, from.type) }),
    },
    context,
  );
}

/** Keeps what the new values alone cannot bring back, and forgets it when its row is deleted. */
export function keepLost(retype: Retype, undo: ValuesUndo, context: PlanContext): Action {
  const { to, aside, down } = retype;
  const { spelling } = context;
  const old = `t.${spelling.name(aside)}`;
  const back = down(to.name);
  const where = back === undefined ? 'true' : spelling.isDifferent(old, back);
  const kept = keepValues(undo, { old: [old], now: [`t.${spelling.name(to.name)}`], where }, spelling);
  const locks = [lock(retype.final, 'SHARE ROW EXCLUSIVE')];
  const forgetting = sqlAction(spelling.createForgetting(forgettingOf(undo)), { limits: context.limits, locks });
  return sequence([forgetting, undoBatchesAction(kept, context)]);
}

export function keepNoMore({ final }: Retype, undo: ValuesUndo, { spelling, limits }: PlanContext): Action {
  const locks = [lock(final, 'ACCESS EXCLUSIVE')];
  return sqlAction(spelling.dropForgetting(forgettingOf(undo)), { limits, locks });
}

export function dropOld({ final: table, aside, backward }: Retype, { spelling, limits }: PlanContext): Action {
  const sync = backward === undefined ? [] : spelling.dropSync({ ...backward, table });
  const locks = [lock(table, 'ACCESS EXCLUSIVE')];
  return sqlAction([...sync, spelling.dropColumn(table, aside)], { limits, locks });
}

/** Back: the old column comes again as a shadow of the new one, with its values, indexes and constraints. */
export function regrowOld(retype: Retype, undo: ValuesUndo | undefined, context: PlanContext): Action {
  const { spelling, limits } = context;
  const { final: table, from, to, aside, backward, columnsFinal } = retype;
  const options = { limits, locks: [lock(table, 'ACCESS EXCLUSIVE')] };
  const name = spelling.name(aside);
  const value = retype.down(to.name) ?? 'NULL';
  const update = `UPDATE ${spelling.relation(table)} AS t SET ${name} = ${value} WHERE $range AND ${spelling.isDifferent(`t.${name}`, value)}`;
  const columns = { ...columnsFinal, [from.name]: aside };
  const kept =
    undo === undefined ? undefined : { ...undo, values: undo.values.map((one) => ({ ...one, column: aside })) };
  const current = { current: [`r.${spelling.name(to.name)}`], tellsOthers: false };
  const pairs = [...retype.indexes, ...backingIndexes({ ...retype, primaryKey: undefined }, retype.growing)];
  return sequence([
    sqlAction(
      [
        spelling.addColumn(table, { name: aside, type: from.type, collation: from.collation }),
        ...spelling.decorations(table, from, aside),
        ...(backward === undefined ? [] : spelling.createSync({ ...backward, table })),
      ],
      options,
    ),
    batchesAction(table, update, context, { isSelfLimiting: kept === undefined }),
    ...(kept === undefined
      ? []
      : [
          undoBatchesAction(restoreValues(kept, current, spelling), context),
          undoBatchesAction(countMovedRows(kept, { column: from.name, tellsNulls: true }, spelling), context),
        ]),
    ...pairs.map(({ index, aside: indexName }) =>
      copyIndexAction({ index, name: indexName }, { table, columns }, context),
    ),
    ...constraintsAgain(retype, context),
    compareSwapped(retype, context),
  ]);
}

function constraintsAgain(
  { final: table, from, aside, uniques, checks, indexes, columnsFinal }: Retype,
  { spelling, limits }: PlanContext,
): readonly Action[] {
  const columns = { ...columnsFinal, [from.name]: aside };
  const brief = { limits, locks: [lock(table, 'ACCESS EXCLUSIVE')] };
  const comments = [
    ...indexes.flatMap(({ index, aside: name }) =>
      index.comment === undefined ? [] : [spelling.commentOnIndex(table.schema, name, index.comment)],
    ),
    ...[...uniques, ...checks].flatMap(({ constraint, aside: name }) =>
      constraint.comment === undefined ? [] : [spelling.commentOnConstraint(table, name, constraint.comment)],
    ),
  ];
  return [
    ...uniques.map(({ constraint, aside: name }) =>
      sqlAction(
        [
          spelling.addConstraintUsingIndex(table, name, {
            kind: 'unique',
            index: name,
            definition: constraint.definition,
          }),
        ],
        brief,
      ),
    ),
    ...checks.flatMap(({ constraint, aside: name }) => [
      sqlAction(
        [
          spelling.addConstraint(table, name, spelling.renameInDefinition(constraint.definition, columns), {
            notValid: true,
          }),
        ],
        brief,
      ),
      sqlAction([spelling.validateConstraint(table, name)], {
        limits,
        locks: [lock(table, 'SHARE UPDATE EXCLUSIVE')],
        scans: true,
      }),
    ]),
    ...(comments.length === 0 ? [] : [sqlAction(comments, brief)]),
  ];
}
