import { fail } from '#core/error';
import type { Action } from '#core/plan';
import type { ChangeOf } from '../../diff.ts';
import * as hazards from '../../hazards.ts';
import type { Draft, PlanContext, StepDraft } from '../../operation.ts';
import { isLossless } from '../../planning/lossless.ts';
import { ordinalOf } from '../../planning/names.ts';
import { compareAction, rangeOf } from '../../planning/ranges.ts';
import { notRecompiled } from '../../planning/recompile.ts';
import { asBeforeRollback, everyValueFits, isWrittenByPlan } from '../../planning/retype/fit.ts';
import * as grow from '../../planning/retype/grow.ts';
import type { Retype } from '../../planning/retype/retype.ts';
import { sequenceFits } from '../../planning/retype/sequences.ts';
import * as shed from '../../planning/retype/shed.ts';
import * as swap from '../../planning/retype/swap.ts';
import { plainColumn } from '../../planning/shadow.ts';
import { checkAction, nothing, sequence, slugOf } from '../../planning/steps.ts';
import { undoStep, valuesUndoOf } from '../../planning/undo.ts';
import type { Table } from '../../schema.ts';
import { watchedDeletes } from '../../table-hazards.ts';
import { userTriggersFire, userTriggersFireBack } from '../../trigger-hazards.ts';
import { keyStep, returnSteps } from './key-steps.ts';

type Change = ChangeOf<'change-type'>;

/** One change, and what changes places with it: nothing where an earlier change carries that. */
export type Replacing = { readonly retype: Retype; readonly linked: swap.Linked | undefined };

/** The steps of replacing a column by one of another type. */
export function replaceSteps(change: Change, { retype, linked }: Replacing, context: PlanContext): Draft {
  const { table, before, after } = change;
  const isRenamed = before.name !== after.name;
  return {
    prepare: [convertStep(change, retype, context)],
    expand: [shadowStep(change, retype, context)],
    migrate: [
      fillStep(change, retype, context),
      ...attachSteps(retype, context),
      proveStep(retype, context),
      ...returnSteps(change, retype, context),
      ...(linked?.keys ?? []).map((key) => keyStep(key, context)),
    ],
    contract: [...(linked === undefined ? [] : [swapStep(linked, context)]), ...shedSteps(change, retype, context)],
    deployNeeds: [
      isRenamed
        ? `Deploy the version that uses ${after.name} (${after.type}) instead of ${before.name} of ${table.after.name}, and end the last instance of the old one.`
        : `Deploy a version that copes with ${before.name} of ${table.after.name} as ${before.type} and as ${after.type}, and end the last instance of the old one: contract changes the type at one stroke.`,
    ],
    deployNeedsBack: [
      `Deploy a version that copes with ${before.name} of ${table.before.name} as ${before.type} again.`,
    ],
    ...(isRenamed
      ? { retires: [{ table: { schema: table.before.schema, name: table.before.name }, column: before.name }] }
      : {}),
    risks: [
      ...(isRenamed ? hazards.textFunctions(context, table.before, before.name) : []),
      ...notRecompiled(table.before, context),
      ...(rangeOf(table.before).key.length === 0 ? [hazards.noKey(table.before)] : []),
      ...(isLossless(before.type, after.type)
        ? []
        : [
            hazards.lossy(table.before, before.name, { from: before.type, to: after.type }),
            ...(retype.backward === undefined ? [] : [watchedDeletes(table.after, after.name)]),
          ]),
    ],
  };
}

/** A value that does not convert is met here, and not by the application's next write. */
function convertStep({ table, before, after }: Change, retype: Retype, context: PlanContext): StepDraft {
  const { spelling } = context;
  const value = spelling.comparable(retype.up(before.name), after.type);
  return {
    slug: `converts-${slugOf(before.name)}`,
    stage: 'check',
    title: `See that every ${before.name} can become ${after.type}`,
    action: nothing,
    rollback: nothing,
    verify: compareAction(table.before, { left: value, right: value }, context),
    hazards: [],
  };
}

function shadowStep({ table, before, after }: Change, retype: Retype, context: PlanContext): StepDraft {
  const { spelling } = context;
  const { forward } = retype;
  return {
    slug: `shadow-${slugOf(after.name)}`,
    stage: 'shadow',
    title: `Add ${retype.shadow} as ${after.type} beside ${before.name}, kept in step by a trigger`,
    action: grow.addShadow(retype, context),
    rollback: grow.dropShadow(retype, context),
    verify: checkAction(
      spelling.columnsAre(table.before, [
        { column: before.name, is: 'present' },
        { column: retype.shadow, is: 'nullable' },
      ]),
      'Somebody else changed the table meanwhile: roll back and plan again.',
    ),
    hazards: [
      hazards.preparedStatements(table.before),
      hazards.unconvertible(table.before, before.name, after.type),
      ...hazards.published(table.before),
      ...(forward.lockValues ? [hazards.valueLocks(table.before, before.name)] : []),
      ...(forward.down === undefined ? [] : [hazards.disagreement(table.before, [before.name, after.name])]),
      ...narrowed(retype),
    ],
  };
}

function narrowed({ fitting, growing, to, from, forward }: Retype): StepDraft['hazards'] {
  if (fitting === undefined) return [];
  return [hazards.narrowing(growing, to.name, { type: from.type, isTwoWay: forward.down !== undefined })];
}

function fillStep({ table, before }: Change, retype: Retype, context: PlanContext): StepDraft {
  return {
    slug: `fill-${slugOf(retype.to.name)}`,
    stage: 'backfill',
    title: `Fill ${retype.shadow} from ${before.name}, batch by batch`,
    action: grow.fillShadow(retype, context),
    rollback: nothing,
    verify: nothing,
    hazards: userTriggersFire(table.before, { isQuiet: context.rights.mayQuietTriggers }),
  };
}

/** Indexes, constraints and NOT NULL of the new column, all without stopping writers. */
function attachSteps(retype: Retype, context: PlanContext): readonly StepDraft[] {
  const { spelling } = context;
  const common = { stage: 'index' as const, hazards: [] };
  const indexes = grow.shadowIndexes(retype).map((pair) => ({
    ...common,
    slug: `copy-index-${slugOf(pair.index.name)}`,
    title: `Copy index ${pair.index.name} onto the new column, as ${pair.copy}`,
    action: grow.copyToShadow(pair, retype, context),
    rollback: grow.copyToShadow(pair, retype, context, 'absent'),
    verify: checkAction(
      spelling.indexIsValid(retype.growing.schema, pair.copy),
      'Apply again: the index is built anew.',
    ),
  }));
  const constraints = [
    ...retype.uniques.map((pair) => ({ pair, action: grow.constrainUnique(pair, retype, context) })),
    ...retype.checks.map((pair) => ({ pair, action: grow.constrainCheck(pair, retype, context) })),
  ].map(({ pair, action }) => ({
    ...common,
    slug: `copy-constraint-${slugOf(pair.constraint.name)}`,
    title: `Copy constraint ${pair.constraint.name} onto the new column, as ${pair.copy}`,
    action,
    rollback: grow.unconstrain(pair, retype, context),
    verify: nothing,
  }));
  const guard = {
    ...common,
    slug: `guard-${slugOf(retype.to.name)}`,
    title: `Prove that ${retype.shadow} holds no NULL`,
    action: grow.guardShadow(retype, context),
    rollback: grow.unguardShadow(retype, context),
    verify: nothing,
  };
  return [...indexes, ...constraints, ...(retype.isNotNull ? [guard] : [])];
}

function proveStep(retype: Retype, context: PlanContext): StepDraft {
  return {
    slug: `compare-${slugOf(retype.to.name)}`,
    stage: 'prove',
    title: `Compare ${retype.shadow} with ${retype.from.name}, row by row`,
    action: nothing,
    rollback: nothing,
    verify: grow.compareShadow(retype, context),
    hazards: [],
  };
}

function swapStep(linked: swap.Linked, context: PlanContext): StepDraft {
  const { retypes } = linked;
  const { spelling } = context;
  const said = retypes.map(
    ({ from, to, swapped }) => `${from.name} of ${swapped.name}, as ${to.name} of type ${to.type}`,
  );
  const isOne = retypes.length === 1;
  const checks = retypes.map(({ swapped, to }) =>
    checkAction(spelling.typeIs(swapped, to.name, to.type), 'Roll back and plan again.'),
  );
  return {
    slug: `swap-${slugOf(retypes[0]?.to.name ?? '')}`,
    stage: 'swap',
    title: isOne
      ? `Let the new column take the place of ${said.join('')}`
      : `Let the new columns take the places of ${said.join(', and of ')}, at one stroke`,
    action: swap.swapColumns(linked, context),
    rollback: retypes.some(({ backward }) => backward === undefined)
      ? { kind: 'irreversible', why: 'The intent says "down none": new values have no old form.' }
      : sequence(swap.swapBack(linked, context)),
    ...asBeforeRollback(retypes.flatMap((retype) => fitsNow(retype, context))),
    verify: isOne ? (checks[0] ?? nothing) : sequence(checks),
    hazards: retypes.flatMap(({ swapped, to }) => [
      hazards.preparedStatements(swapped),
      hazards.columnPosition(swapped, to.name),
    ]),
  };
}

/** Whether every value has an older form, where that can be asked from the swap until the end of the plan in the same words. */
function fitsNow(retype: Retype, context: PlanContext): readonly Action[] {
  const { swapped, final, to } = retype;
  const [now, last] = [swapped, final].map((table) => fitsAt(table, to.name, retype, context));
  return JSON.stringify(now) === JSON.stringify(last) ? (last ?? []) : [];
}

function fitsAt(table: Table, name: string, retype: Retype, context: PlanContext): readonly Action[] {
  const values = isWrittenByPlan(retype.from.id, context) ? [] : everyValueFits(retype, { table, name }, context);
  return [...values, ...sequenceFits(retype, table, context)];
}

/** What the new values cannot bring back is kept, and then the old column goes. */
function shedSteps(change: Change, retype: Retype, context: PlanContext): readonly StepDraft[] {
  const { table, before, after } = change;
  const values = { column: before.name, oldType: before.type, newType: after.type };
  const isLost = !isLossless(before.type, after.type) && retype.backward !== undefined;
  const undo = isLost
    ? valuesUndoOf(table.after, values, { ordinal: ordinalOf(change, context), tag: context.tag })
    : undefined;
  if (isLost && undo === undefined) throw noKey(change);
  const keep: readonly StepDraft[] =
    undo === undefined
      ? []
      : [
          undoStep(undo, 'prove', context),
          {
            slug: `keep-${slugOf(after.name)}`,
            stage: 'prove',
            title: `Keep the old values that ${after.type} cannot bring back, as long as their rows are there`,
            action: shed.keepLost(retype, undo, context),
            rollback: shed.keepNoMore(retype, undo, context),
            verify: nothing,
            hazards: [],
          },
        ];
  return [
    {
      slug: `compare-old-${slugOf(after.name)}`,
      stage: 'prove',
      title: `Compare ${after.name} with the old column, row by row`,
      action: nothing,
      rollback: nothing,
      verify: shed.compareSwapped(retype, context),
      hazards: [],
    },
    ...keep,
    {
      slug: `drop-old-${slugOf(after.name)}`,
      stage: 'drop',
      title: `Drop the old column, now ${retype.aside}`,
      action: shed.dropOld(retype, context),
      rollback:
        retype.backward === undefined
          ? { kind: 'irreversible', why: 'The intent says "down none": new values have no old form.' }
          : shed.regrowOld(retype, undo, context),
      ...asBeforeRollback(fitsAt(retype.final, after.name, retype, context)),
      verify: checkAction(
        context.spelling.columnsAre(table.after, [{ column: retype.aside, is: 'absent' }]),
        'Roll back and plan again.',
      ),
      hazards: [
        hazards.preparedStatements(table.after),
        ...(retype.backward === undefined
          ? []
          : [
              hazards.columnPositionBack(table.after, before.name),
              ...userTriggersFireBack(table.after, { isQuiet: context.rights.mayQuietTriggers }),
            ]),
      ],
    },
  ];
}

function noKey({ table, before, after }: Change) {
  return fail('unsafe-change', {
    what: `${plainColumn(table.before, before.name)} cannot become ${after.type}: the table has no key by which lost values could be kept.`,
    why: 'Some values may not come back from the new type, and would be gone with the old column.',
    next: 'Add a primary key first, or write "-- godwit: down none" before the statement to do without a way back.',
  });
}
