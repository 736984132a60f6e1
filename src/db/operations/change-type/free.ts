import type { Action } from '#core/plan';
import type { LockClaim } from '../../action.ts';
import type { ChangeOf, TablePair } from '../../diff.ts';
import * as hazards from '../../hazards.ts';
import type { Draft, PlanContext, StepDraft } from '../../operation.ts';
import { keysOn } from '../../planning/linked-changes.ts';
import { ordinalOf } from '../../planning/names.ts';
import { guardNotNull, validateNotNull } from '../../planning/not-null.ts';
import { notRecompiled, recompile } from '../../planning/recompile.ts';
import { withColumn } from '../../planning/resolve.ts';
import { describeRetype } from '../../planning/retype/describe.ts';
import {
  asBeforeRollback,
  createFit,
  dropFit,
  everyValueFits,
  guardFits,
  isWrittenByPlan,
} from '../../planning/retype/fit.ts';
import * as grow from '../../planning/retype/grow.ts';
import { growKey, movingKeys } from '../../planning/retype/moving-keys.ts';
import type { Retype } from '../../planning/retype/retype.ts';
import { dropOld } from '../../planning/retype/shed.ts';
import { swapColumns } from '../../planning/retype/swap.ts';
import { checkAction, lock, nothing, sequence, slugOf, sqlAction } from '../../planning/steps.ts';
import { columnById, type Table } from '../../schema.ts';
import { userTriggersFireBack } from '../../trigger-hazards.ts';

type Change = ChangeOf<'change-type'>;

/** One look into the catalog. The way back is not free: a narrower column grows beside the wide one and replaces it. */
export function freeSteps(change: Change, context: PlanContext): Draft {
  const { table, before, after } = change;
  const { spelling, limits } = context;
  const retype = narrowing(change, context);
  const ask = (at: Table, column: string) =>
    isWrittenByPlan(before.id, context) ? [] : everyValueFits(retype, { table: at, name: column }, context);
  const now = ask(retype.growing, before.name);
  const name = columnById(table.after, before.id)?.name ?? before.name;
  const last = ask(table.after, name);
  const isNamedAlike = JSON.stringify(now) === JSON.stringify(last);
  return {
    risks: notRecompiled(table.before, context),
    contract: isNamedAlike ? [] : [widerStep(name, before.type, last)],
    expand: [
      {
        slug: `type-${slugOf(before.name)}`,
        stage: 'loosen',
        title: `Make ${before.name} ${after.type}, in the catalog alone`,
        action: sqlAction(
          [
            spelling.setType(table.before, before.name, after),
            ...createFit(retype, context),
            recompile(table.before, table.before, context),
          ],
          {
            limits,
            locks: freeLocks(change, context),
          },
        ),
        rollback: narrowAgain(change, retype, context),
        ...asBeforeRollback(isNamedAlike ? now : []),
        verify: checkAction(spelling.typeIs(table.before, before.name, after.type), 'Roll back and plan again.'),
        hazards: [
          hazards.preparedStatements(table.before),
          ...(retype.fitting === undefined
            ? []
            : [hazards.narrowing(table.before, before.name, { type: before.type, isTwoWay: false })]),
          hazards.columnPositionBack(table.before, before.name),
          ...userTriggersFireBack(table.before, { isQuiet: context.rights.mayQuietTriggers }),
        ],
      },
    ],
  };
}

/** Where the intent renames too, what a rollback asks of the end of the plan stands in the names of the end. */
function widerStep(name: string, type: string, fits: readonly Action[]): StepDraft {
  return {
    slug: `wider-${slugOf(name)}`,
    stage: 'drop',
    title: `From here on ${name} may hold what ${type} does not take`,
    action: nothing,
    rollback: nothing,
    verify: nothing,
    hazards: [],
    ...asBeforeRollback(fits),
  };
}

/** The way back as a change of its own: from the wide type, under which everything stands, to the one from before. */
function narrowing(change: Change, context: PlanContext): Retype {
  const { table, before, after } = change;
  const { spelling } = context;
  const wide = withColumn(table.before, { ...before, type: after.type, collation: after.collation });
  const plain = (qualifier: string, column: string) => `${qualifier}.${spelling.name(column)}`;
  return describeRetype(
    {
      from: { ...before, type: after.type, collation: after.collation },
      to: before,
      running: before,
      up: plain,
      down: plain,
      back: 'up',
      isBackSaid: false,
      growing: wide,
      swapped: wide,
      final: wide,
      word: String(ordinalOf(change, context)),
    },
    context,
  );
}

/** Values that do not fit are found before anything is done, and once more before the narrow column takes over. */
function narrowAgain(change: Change, retype: Retype, context: PlanContext) {
  const { before } = change;
  const words = { views: { growing: viewOf, swapped: viewOf }, word: String(ordinalOf(change, context)) };
  const keys = movingKeys(keysOn(before.id, context), [retype], words, context);
  const place = { table: retype.growing, name: before.name };
  const notNull = grow.shadowNotNull(retype);
  const end = dropFit(retype, context);
  return sequence([
    ...everyValueFits(retype, place, context),
    grow.addShadow(retype, context),
    grow.fillShadow(retype, context),
    ...grow.shadowIndexes(retype).map((pair) => grow.copyToShadow(pair, retype, context)),
    ...retype.uniques.map((pair) => grow.constrainUnique(pair, retype, context)),
    ...everyValueFits(retype, place, context),
    ...(retype.isNotNull
      ? [guardNotNull(notNull, context), ...everyValueFits(retype, place, context), validateNotNull(notNull, context)]
      : guardFits(retype, place, context)),
    grow.compareShadow(retype, context),
    ...keys.map((key) => growKey(key, context)),
    swapColumns({ retypes: [retype], keys }, context),
    dropOld(retype, context),
    ...(end.length === 0 ? [] : [sqlAction(end, { limits: context.limits, locks: [] })]),
  ]);
}

/** All this happens in expand, where every name is still the one from before. */
function viewOf({ before }: TablePair): Table {
  return before;
}

/** The server makes foreign keys on the column anew, and locks their tables for it (measured on PostgreSQL 18). */
function freeLocks({ table, before }: Change, context: PlanContext): readonly LockClaim[] {
  const others = keysOn(before.id, context).flatMap(({ from, to }) => [from.before, to.before]);
  const claims = [table.before, ...others].map((relation) => lock(relation, 'ACCESS EXCLUSIVE'));
  return [...new Map(claims.map((claim) => [claim.relation, claim])).values()];
}
