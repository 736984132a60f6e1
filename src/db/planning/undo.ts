import type { PlanContext, StepDraft } from '../operation.ts';
import type { Table } from '../schema.ts';
import type { Forgetting } from '../spelling.ts';
import { createValuesUndo, dropUndo, forgettingName, undoTable, type ValuesUndo } from '../undo.ts';
import { rangeOf } from './ranges.ts';
import { nothing, slugOf, sqlAction } from './steps.ts';

/** Where values of one column are kept, by the key of the table in the names of this view of it; none without a key. */
export function valuesUndoOf(
  table: Table,
  value: ValuesUndo['values'][number],
  of: { readonly ordinal: number; readonly tag: string },
): ValuesUndo | undefined {
  const { key } = rangeOf(table);
  if (key.length === 0) return undefined;
  const name = { schema: table.schema, name: table.name };
  return { undo: undoTable(of.tag, of.ordinal), table: name, key, values: [value] };
}

/** The step that makes the place. It stays after the end of the plan, until its retention ends. */
export function undoStep(undo: ValuesUndo, stage: StepDraft['stage'], { spelling, limits }: PlanContext): StepDraft {
  const columns = undo.values.map(({ column }) => column).join(', ');
  return {
    slug: `undo-${slugOf(columns)}`,
    stage,
    title: `Make a place that keeps values of ${columns}, so that this can be taken back`,
    action: sqlAction(createValuesUndo(undo, spelling), { limits, locks: [] }),
    rollback: sqlAction([dropUndo(undo.undo, spelling)], { limits, locks: [] }),
    verify: nothing,
    hazards: [],
  };
}

/** What forgets the values of rows that are deleted, named after the undo table. */
export function forgettingOf({ undo, table, key }: ValuesUndo): Forgetting {
  return { table, name: forgettingName(undo.name), key, undo };
}
