import { fail } from '#core/error';
import type { ChangeOf } from '../../diff.ts';
import * as hazards from '../../hazards.ts';
import type { PlanContext, StepDraft } from '../../operation.ts';
import { ordinalOf, ownName } from '../../planning/names.ts';
import { compareAction, undoBatchesAction } from '../../planning/ranges.ts';
import { plainColumn } from '../../planning/shadow.ts';
import { checkAction, lock, nothing, slugOf, sqlAction } from '../../planning/steps.ts';
import { forgettingOf, undoStep, valuesUndoOf } from '../../planning/undo.ts';
import type { Column } from '../../schema.ts';
import type { Capture } from '../../spelling.ts';
import { userTriggersFireBack } from '../../trigger-hazards.ts';
import { keepValues, type ValuesUndo } from '../../undo.ts';
import { bringBack } from './bring-back.ts';

type Drop = ChangeOf<'drop-column'>;
/** NOT NULL until the drop. */
type Standing = { readonly isNotNull: boolean };

/** Keep, prove, drop. Throws `unsafe-change` where values could not be told apart by a key and nothing gives them back. */
export function dropSteps(change: Drop, standing: Standing, context: PlanContext): readonly StepDraft[] {
  const { table, column, down } = change;
  const values = { column: column.name, oldType: column.type, newType: column.type };
  const isKept = column.generated === undefined && down !== 'none';
  // The column is not part of this view of the table any more, but its key is.
  const undo = isKept
    ? valuesUndoOf(table.after, values, { ordinal: ordinalOf(change, context), tag: context.tag })
    : undefined;
  if (isKept && undo === undefined && down === undefined) throw noKey(change);
  const keep = undo === undefined ? [] : keepSteps(change, undo, context);
  return [...keep, dropStep(change, undo, standing, context)];
}

function captureOf(change: Drop, undo: ValuesUndo, context: PlanContext): Capture {
  return {
    table: change.table.after,
    name: ownName(context, 'capture', ordinalOf(change, context)),
    column: change.column.name,
    key: undo.key.map(({ name }) => name),
    undo: undo.undo,
  };
}

function keepSteps(change: Drop, undo: ValuesUndo, context: PlanContext): readonly StepDraft[] {
  const { table, column } = change;
  const { spelling, limits } = context;
  const capture = captureOf(change, undo, context);
  const forgetting = forgettingOf(undo);
  const options = { limits, locks: [lock(table.after, 'SHARE ROW EXCLUSIVE')] };
  const value = `t.${spelling.name(column.name)}`;
  const matching = undo.key.map(({ name }, place) => `u.key_${place + 1} = t.${spelling.name(name)}`).join(' AND ');
  const kept = `(SELECT u.old_1 FROM ${spelling.relation(undo.undo)} AS u WHERE ${matching})`;
  return [
    undoStep(undo, 'drop', context),
    {
      slug: `capture-${slugOf(column.name)}`,
      stage: 'drop',
      title: `Keep what is still written into ${column.name}, and forget it when its row is deleted`,
      action: sqlAction([...spelling.createForgetting(forgetting), ...spelling.createCapture(capture)], options),
      // DROP TRIGGER takes a stronger lock than CREATE TRIGGER.
      rollback: sqlAction([...spelling.dropCapture(capture), ...spelling.dropForgetting(forgetting)], {
        limits,
        locks: [lock(table.after, 'ACCESS EXCLUSIVE')],
      }),
      verify: nothing,
      hazards: [],
    },
    {
      slug: `keep-${slugOf(column.name)}`,
      stage: 'drop',
      title: `Copy the values of ${column.name} beside, batch by batch`,
      action: undoBatchesAction(keepValues(undo, { old: [value], now: ['NULL'] }, spelling), context),
      rollback: nothing,
      verify: compareAction(
        table.after,
        { left: spelling.comparable(value, column.type), right: spelling.comparable(kept, column.type) },
        context,
      ),
      hazards: [],
    },
  ];
}

function dropStep(change: Drop, undo: ValuesUndo | undefined, standing: Standing, context: PlanContext): StepDraft {
  const { table, column, down } = change;
  const { spelling, limits } = context;
  const capture = undo === undefined ? undefined : captureOf(change, undo, context);
  const end = capture === undefined ? [] : spelling.dropCapture(capture);
  return {
    slug: `drop-${slugOf(column.name)}`,
    stage: 'drop',
    title: `Drop ${column.name}`,
    action: sqlAction([...end, spelling.dropColumn(table.after, column.name)], {
      limits,
      locks: [lock(table.after, 'ACCESS EXCLUSIVE'), ...referencedLocks(change)],
    }),
    rollback:
      down === 'none'
        ? { kind: 'irreversible', why: 'The intent says "down none": the values are not kept.' }
        : bringBack({ change, undo, capture, ...standing }, context),
    verify: checkAction(
      spelling.columnsAre(table.after, [{ column: column.name, is: 'absent' }]),
      'Roll back and plan again.',
    ),
    hazards: [
      hazards.preparedStatements(table.after),
      ...(down === 'none'
        ? []
        : [
            hazards.columnPositionBack(table.after, column.name),
            ...userTriggersFireBack(table.after, { isQuiet: context.rights.mayQuietTriggers }),
          ]),
    ],
  };
}

/** A foreign key that goes with the column locks the table that it refers to. */
function referencedLocks({ table, column }: Drop) {
  return keysOf(table.before.constraints, column).flatMap(({ references }) =>
    references === undefined ? [] : [lock(references.table, 'ACCESS EXCLUSIVE')],
  );
}

function keysOf(constraints: Drop['table']['before']['constraints'], { id }: Column) {
  return constraints.filter(({ kind, columns }) => kind === 'foreign-key' && columns.includes(id));
}

function noKey({ table, column }: Drop) {
  return fail('unsafe-change', {
    what: `${plainColumn(table.before, column.name)} cannot be dropped: the table has no key by which its values could be kept.`,
    why: 'A rollback could not tell which value belongs to which row.',
    next: 'Add a primary key first, or write "-- godwit: down <expression>" before the statement, or "-- godwit: down none" to do without a way back.',
  });
}
