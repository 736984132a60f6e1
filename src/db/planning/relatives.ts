import type { PlanContext } from '../operation.ts';
import {
  type Constraint,
  plainName,
  type QualifiedName,
  type Snapshot,
  type Table,
  tableById,
  tableNamed,
} from '../schema.ts';
import type { Relative } from '../undo.ts';
import { type DataMoment, viewAt } from './data-moment.ts';

type Snapshots = Pick<PlanContext, 'before' | 'after'>;

/** A foreign key of another table, or of the table itself, that refers to a table. */
export type Incoming = { readonly from: Table; readonly key: Constraint };

/** Foreign keys that refer to the table, in a snapshot in which it goes by that name. */
export function incomingKeys(snapshot: Pick<Snapshot, 'tables'>, name: QualifiedName): readonly Incoming[] {
  return snapshot.tables.flatMap((from) =>
    from.constraints
      .filter(({ references }) => references !== undefined && plainName(references.table) === plainName(name))
      .map((key) => ({ from, key })),
  );
}

/** Tables to which rows of this one refer, in the names of the moment. */
export function parentsOf(table: Table, moment: DataMoment, context: Snapshots): readonly Relative[] {
  return table.constraints.flatMap((key) => relative(key, table, { moment, context, looks: 'up' }));
}

/** Tables whose rows refer to rows of this one, in the names of the moment. */
export function childrenOf(table: Table, moment: DataMoment, context: Snapshots): readonly Relative[] {
  const snapshot = moment === 'migrate' ? context.before : context.after;
  return snapshot.tables.flatMap((child) =>
    child.constraints
      .filter((key) => referenced(key, context)?.id === table.id)
      .flatMap((key) => relative(key, viewOf(child.id, moment, context) ?? child, { moment, context, looks: 'down' })),
  );
}

function relative(
  key: Constraint,
  from: Table,
  {
    moment,
    context,
    looks,
  }: { readonly moment: DataMoment; readonly context: Snapshots; readonly looks: 'up' | 'down' },
): readonly Relative[] {
  const known = referenced(key, context);
  const target = known === undefined ? undefined : viewOf(known.id, moment, context);
  if (key.references === undefined || known === undefined || target === undefined) return [];
  const ids = key.references.columns.map((name) => known.columns.find((column) => column.name === name)?.id);
  const there = ids.flatMap((id) => target.columns.filter((column) => column.id === id).map(({ name }) => name));
  const here = key.columns.flatMap((id) => from.columns.filter((column) => column.id === id).map(({ name }) => name));
  return looks === 'up'
    ? [{ table: nameOf(target), columns: there, own: here }]
    : [{ table: nameOf(from), columns: here, own: there }];
}

/** What a foreign key refers to was named when it was read or stated: before the intent, or within it. */
function referenced({ references }: Constraint, { before, after }: Snapshots): Table | undefined {
  return references === undefined
    ? undefined
    : (tableNamed(before, references.table) ?? tableNamed(after, references.table));
}

function viewOf(id: string, moment: DataMoment, context: Snapshots): Table | undefined {
  const [before, after] = [tableById(context.before, id), tableById(context.after, id)];
  const pair = { before: before ?? after, after: after ?? before };
  return pair.before === undefined || pair.after === undefined
    ? undefined
    : viewAt({ before: pair.before, after: pair.after }, moment);
}

function nameOf({ schema, name }: Table): QualifiedName {
  return { schema, name };
}
