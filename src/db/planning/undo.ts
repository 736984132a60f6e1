import type { Action } from '#core/plan';
import type { PlanContext, StepDraft } from '../operation.ts';
import type { Table } from '../schema.ts';
import { rangeOf } from './ranges.ts';
import { nothing, sqlAction } from './steps.ts';

/** Where overwritten or removed values of a table are kept, by its key: `k1`, `k2` …, `old`, `new`. */
export type Undo = {
  readonly name: string;
  /** The table by the names that hold where the values are kept and put back. */
  readonly table: Table;
  readonly types: { readonly old?: string; readonly new?: string };
};

/** The step that makes the place. It stays after the end of the plan, until its retention ends. */
export function undoStep(undo: Undo, about: string, context: PlanContext): Omit<StepDraft, 'stage'> {
  const { spelling, limits } = context;
  const { key } = rangeOf(undo.table);
  return {
    slug: 'undo-place',
    title: `Make a place for ${about}, so that this can be taken back`,
    action: sqlAction([spelling.createUndo(undo.name, key, undo.types)], { limits, locks: [] }),
    rollback: dropUndo(undo, context),
    verify: nothing,
    hazards: [],
  };
}

function dropUndo({ name }: Undo, { spelling, limits }: PlanContext): Action {
  return sqlAction([spelling.dropUndo(name)], { limits, locks: [] });
}

/** Key columns over an alias, `t."id", t."part"`, in the order of k1, k2 … */
export function keyOver(alias: string, { table }: Undo, { spelling }: PlanContext): readonly string[] {
  return rangeOf(table).key.map(({ name }) => `${alias}.${spelling.name(name)}`);
}

/** Names of the key columns of the undo table: k1, k2 … */
export function undoKeys({ table }: Undo): readonly string[] {
  return rangeOf(table).key.map((_, place) => `k${place + 1}`);
}

/** The predicate that joins a row `t` of the table with its row `u` of the undo table. */
export function joinUndo(undo: Undo, context: PlanContext): string {
  const keys = undoKeys(undo);
  return keyOver('t', undo, context)
    .map((column, place) => `u.${keys[place] ?? ''} = ${column}`)
    .join(' AND ');
}
