import type { Finding } from '#core/finding';
import { type Action, actionSchema } from '#core/plan';
import type { Draft, PlanContext, StepDraft } from '../operation.ts';
import { plainName, type QualifiedName, type Table } from '../schema.ts';
import type { NameSpelling } from '../spelling.ts';
import { createRowsUndo, dropUndo, type RowsUndo, type UndoBatches, undoTable } from '../undo.ts';
import { type DataChange, type DataMoment, momentOf, viewAt } from './data-moment.ts';
import { expressionIn } from './expression.ts';
import { ordinalOf } from './names.ts';
import { rangeOf, undoBatchesAction } from './ranges.ts';
import { checkAction, nothing, slugOf, sqlAction } from './steps.ts';

/** Where and in which names a data step is done. */
export type DataPlace = {
  readonly moment: DataMoment;
  readonly stage: StepDraft['stage'];
  readonly table: Table;
  readonly relation: QualifiedName;
  readonly key: UndoBatches['over']['key'];
  readonly undo: QualifiedName;
};

/** The place of a data change. Throws `unsafe-change` where there is none. */
export function placeOf(change: DataChange, context: PlanContext): DataPlace {
  const moment = momentOf(change, context);
  const table = viewAt(change.table, moment);
  const { table: relation, key } = rangeOf(table);
  const stage = moment === 'end' ? 'drop' : 'data';
  return { moment, stage, table, relation, key, undo: undoTable(context.tag, ordinalOf(change, context)) };
}

/** An expression of the statement in the names of a table at that moment, over alias `t`. */
export function sayOf(
  sql: string,
  from: { readonly columns: Readonly<Record<string, string>>; readonly table: Table },
  context: PlanContext,
): string {
  return `(${expressionIn({ sql, columns: from.columns }, { table: from.table, qualifier: 't' }, context)})`;
}

/** The drafts of a data change in their phase, in order. */
export function draftAt({ moment }: DataPlace, steps: readonly StepDraft[], risks: readonly Finding[]): Draft {
  return moment === 'migrate' ? { migrate: steps, risks } : { contract: steps, risks };
}

/** All columns whose values can be written, as an undo table keeps them. */
export function rowsUndoOf({ table, relation, key, undo }: DataPlace): RowsUndo {
  const columns = table.columns.filter(({ generated }) => generated === undefined);
  return { undo, table: relation, key, columns: columns.map(({ name, type }) => ({ name, type })) };
}

/** The step that makes the place for whole rows. It stays after the end of the plan, until its retention ends. */
export function rowsUndoStep(undo: RowsUndo, stage: StepDraft['stage'], { spelling, limits }: PlanContext): StepDraft {
  return {
    slug: `undo-${slugOf(undo.table.name)}`,
    stage,
    title: `Make a place that keeps rows of ${plainName(undo.table)}, so that this can be taken back`,
    action: sqlAction(createRowsUndo(undo, spelling), { limits, locks: [] }),
    rollback: sqlAction([dropUndo(undo.undo, spelling)], { limits, locks: [] }),
    verify: nothing,
    hazards: [],
  };
}

/**
 * Batches of the user's own statement: sync triggers see them, and the user's triggers fire as they would for the
 * statement itself. What may not be repeated is done exactly once, by the checkpoint of each batch.
 */
export function dataBatches(
  batches: UndoBatches,
  context: PlanContext,
  options: { readonly isIdempotent: boolean },
): Action {
  const action = undoBatchesAction(batches, context, { isQuiet: false });
  return actionSchema.parse({ ...action, isIdempotent: options.isIdempotent });
}

/** Says how many rows are kept; what the application writes meanwhile is its own matter. */
export function keptRows(undo: QualifiedName, said: string, spelling: NameSpelling): Action {
  const query = `SELECT true AS ok, count(*) || ${spelling.literal(` ${said}`)} AS detail FROM ${spelling.relation(undo)}`;
  return checkAction(query, 'Roll back and plan again.');
}
