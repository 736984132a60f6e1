import { type Failure, fail } from '#core/error';
import type { Change, TablePair } from '../diff.ts';
import type { PlanContext } from '../operation.ts';
import { plainName, type Table } from '../schema.ts';
import type { DataStatement, TouchedColumn } from '../target.ts';

export type DataChange = Extract<Change, { readonly kind: 'update-rows' | 'delete-rows' | 'insert-rows' }>;

/**
 * When a data step runs: `migrate` after the backfills; `contract` when columns have their final types and what the intent
 * drops is still there; `end` when that is gone, and no old column has to take what the statement writes any more.
 */
export type DataMoment = (typeof moments)[number];
const moments = ['migrate', 'contract', 'end'] as const;

/**
 * The moment at which a data statement means what it means on an empty system: as early as can be, but late where it
 * touches a column that an earlier statement of the intent gave another type or filled, and not before another such
 * statement on the same table that it follows. Throws `unsafe-change` where no moment fits.
 */
export function momentOf(change: DataChange, context: PlanContext): DataMoment {
  const { touched } = statementOf(change, context);
  const sides = touched.map((column) => ({ column, side: sideOf(column, context) }));
  const cleaned = sides.find(({ column, side }) => column.isWritten && side === 'before');
  if (cleaned !== undefined) throw cleansFirst(change, cleaned.column);
  const readsDropped = touched.some(({ id }) => !isKept(id, change)) || isTableDropped(change, context);
  const own = !sides.some(({ side }) => side === 'after') ? 'migrate' : readsDropped ? 'contract' : 'end';
  const moment = latest([own, ...momentsBefore(change, context)]);
  const needsOld = sides.some(({ side }) => side === 'before') && moment !== 'migrate';
  if (needsOld || (readsDropped && moment === 'end')) throw noMoment(change);
  return moment;
}

/** The table as it is at that moment: every column that is there then, by its name then, and the keys that stay. */
export function viewAt({ before, after }: TablePair, moment: DataMoment): Table {
  const [main, other] = moment === 'migrate' ? [before, after] : [after, before];
  const isIn = (parts: readonly { readonly id: string }[], part: { readonly id: string }) =>
    parts.some(({ id }) => id === part.id);
  const others = moment === 'end' ? [] : other.columns.filter((column) => !isIn(main.columns, column));
  return {
    ...main,
    columns: [...main.columns, ...others],
    indexes: main.indexes.filter((index) => isIn(other.indexes, index)),
    constraints: main.constraints.filter((constraint) => isIn(other.constraints, constraint)),
  };
}

function isKept(id: string, change: DataChange): boolean {
  const pairs = change.kind === 'insert-rows' ? [change.table, change.source.table] : [change.table];
  return pairs.some(({ after }) => after.columns.some((column) => column.id === id));
}

function isTableDropped(change: DataChange, { changes }: PlanContext): boolean {
  const own = tablesOf(change);
  return changes.some((other) => other.kind === 'drop-table' && own.includes(other.table.id));
}

function latest(all: readonly DataMoment[]): DataMoment {
  return all.reduce((one, other) => (moments.indexOf(other) > moments.indexOf(one) ? other : one));
}

/** Whether a column that the intent replaces or fills is meant as it was, or as it shall be. */
function sideOf(column: TouchedColumn, { changes }: PlanContext): 'before' | 'after' | undefined {
  for (const change of changes) {
    if (change.kind === 'change-type' && !change.isFree && change.before.id === column.id) {
      return change.before.type === column.type ? 'before' : 'after';
    }
    const isFilled = change.kind === 'set-not-null' && change.fill !== undefined && change.before.id === column.id;
    if (isFilled && column.isNotNull) return 'after';
  }
  return undefined;
}

/** Data statements on one table keep their order. */
function momentsBefore(change: DataChange, context: PlanContext): readonly DataMoment[] {
  const own = tablesOf(change);
  return context.changes
    .filter(isData)
    .filter((other) => other.place < change.place && tablesOf(other).some((id) => own.includes(id)))
    .map((other) => momentOf(other, context));
}

function isData(change: Change): change is DataChange {
  return change.kind === 'update-rows' || change.kind === 'delete-rows' || change.kind === 'insert-rows';
}

function tablesOf(change: DataChange): readonly string[] {
  const own = change.table.before.id;
  return change.kind === 'insert-rows' ? [own, change.source.table.before.id] : [own];
}

function statementOf({ place }: DataChange, { target }: PlanContext): DataStatement {
  const found = target.data.find((statement) => statement.place === place);
  if (found === undefined) throw new Error(`the data statement ${place} is not part of the target`);
  return found;
}

function cleansFirst({ table, kind }: DataChange, column: TouchedColumn): Failure {
  const name = table.before.columns.find(({ id }) => id === column.id)?.name ?? column.id;
  return fail('unsafe-change', {
    what: `The intent changes rows of ${plainName(table.before)} (${kind}) and then the type of ${name}, which that statement writes.`,
    why: 'The new type is filled from the rows as they are, beside the application, before data steps run.',
    next: 'Make it two plans: the first changes the rows, the second the type.',
  });
}

function noMoment({ table, kind }: DataChange): Failure {
  return fail('unsafe-change', {
    what: `The ${kind} on ${plainName(table.before)} needs one column as it was and another as the intent makes it.`,
    why: 'The two are never there at the same time.',
    next: 'Make it two plans, and put the data statement where both columns are as it needs them.',
  });
}
