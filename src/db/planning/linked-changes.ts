import type { Change, ChangeOf, TablePair } from '../diff.ts';
import type { PlanContext } from '../operation.ts';
import { type Constraint, columnNamed, type Table } from '../schema.ts';
import { standing } from './dependents.ts';
import { foreignKeysTo } from './foreign-keys.ts';

type Retyping = ChangeOf<'change-type'>;
type Known = Pick<PlanContext, 'before' | 'after' | 'changes'>;

/** A foreign key that the intent leaves standing, with both its tables; columns by lineage id, in pairs. */
export type LinkedKey = {
  readonly constraint: Constraint;
  readonly from: TablePair;
  readonly to: TablePair;
  readonly columns: readonly string[];
  readonly referenced: readonly string[];
};

/** Changes of type that foreign keys tie to each other: their columns change places in one transaction. */
export type LinkedChanges = {
  /** In the order of the plan. The first of them carries the steps that belong to all. */
  readonly members: readonly Retyping[];
  readonly keys: readonly LinkedKey[];
};

/** The changes tied to this one, itself among them, and every foreign key on their columns. */
export function linkedChanges(change: Retyping, context: Known): LinkedChanges {
  const known = keysOfAll(context);
  const retyped = context.changes.filter(isReplacing);
  const reached = reach([change.before.id], known, new Set(retyped.map(({ before }) => before.id)));
  return {
    members: retyped.filter(({ before }) => reached.has(before.id)),
    keys: known.filter((key) => endsOf(key).some((id) => reached.has(id))),
  };
}

/** The foreign keys on one column, at either end. */
export function keysOn(column: string, context: Known): readonly LinkedKey[] {
  return keysOfAll(context).filter((key) => endsOf(key).includes(column));
}

/** Every column of a foreign key, at both ends. */
export function endsOf({ columns, referenced }: LinkedKey): readonly string[] {
  return [...columns, ...referenced];
}

function isReplacing(change: Change): change is Retyping {
  return change.kind === 'change-type' && !change.isFree;
}

/** Each round reaches at least one column more, or is the last. */
function reach(from: readonly string[], keys: readonly LinkedKey[], retyped: ReadonlySet<string>): ReadonlySet<string> {
  const touching = keys.map(endsOf).filter((ends) => ends.some((id) => from.includes(id)));
  const reached = new Set([...from, ...touching.flat().filter((id) => retyped.has(id))]);
  return reached.size === from.length ? reached : reach([...reached], keys, retyped);
}

function keysOfAll(context: Known): readonly LinkedKey[] {
  const { tables } = context.before;
  return tables.flatMap((table) =>
    foreignKeysTo(context.before, table)
      .filter(({ constraint }) => standing([constraint], context).length === 1)
      .map(({ from, constraint }) => ({
        constraint,
        from: pairOf(from, context),
        to: pairOf(table, context),
        columns: constraint.columns,
        referenced: (constraint.references?.columns ?? []).flatMap((name) => columnNamed(table, name)?.id ?? []),
      })),
  );
}

function pairOf(before: Table, { after }: Known): TablePair {
  return { before, after: after.tables.find(({ id }) => id === before.id) ?? before };
}
