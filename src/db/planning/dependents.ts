import type { PlanContext } from '../operation.ts';
import { type Column, type Constraint, plainName, type QualifiedName, type Table } from '../schema.ts';

type Reading = { readonly table: QualifiedName; readonly columns: readonly string[] };

/** What names a column from outside or as a program, and so is not carried over: said as a user knows it. */
export function dependentsOf(table: Table, column: Column, { before }: Pick<PlanContext, 'before'>): readonly string[] {
  const reads = (used: Reading) => plainName(used.table) === plainName(table) && used.columns.includes(column.id);
  const named = (kind: string, things: readonly { readonly name: string; readonly dependsOn: readonly string[] }[]) =>
    things.filter(({ dependsOn }) => dependsOn.includes(column.id)).map(({ name }) => `${kind} ${name}`);
  return [
    ...before.views.filter(({ dependsOn }) => dependsOn.some(reads)).map((view) => `view ${plainName(view)}`),
    ...before.functions
      .filter(({ dependsOn = [] }) => dependsOn.some(reads))
      .map((found) => `function ${plainName(found)}`),
    ...named('trigger', table.triggers),
    ...named('policy', table.policies),
    ...named('rule', table.rules ?? []),
    ...named('extended statistics', table.statistics ?? []),
  ];
}

/** What of the table itself leans on a column: generated columns, exclusion constraints, INCLUDE of keys, replica identity. */
export function leaningOn(
  table: Table,
  column: Column,
  { spelling }: Pick<PlanContext, 'spelling'>,
): readonly string[] {
  const generated = table.columns.filter(
    (other) => other.generated !== undefined && spelling.columnsIn(other.generated.expression).includes(column.name),
  );
  const exclusions = table.constraints.filter(
    ({ kind, columns }) => kind === 'exclusion' && columns.includes(column.id),
  );
  // The server drops the whole key when a column goes that its index merely includes (measured on PostgreSQL 18).
  const including = table.constraints.filter(
    ({ columns, index }) =>
      !columns.includes(column.id) &&
      table.indexes.some(({ name, include }) => name === index && include.includes(column.id)),
  );
  const identities = table.indexes.filter(
    ({ name, dependsOn }) => dependsOn.includes(column.id) && table.replicaIdentity.includes(name),
  );
  return [
    ...generated.map(({ name }) => `generated column ${name}`),
    ...exclusions.map(({ name }) => `exclusion constraint ${name}`),
    ...including.map(({ name }) => `INCLUDE of ${name}`),
    ...identities.map(({ name }) => `replica identity ${name}`),
  ];
}

/** Foreign keys of other tables, or of the same, that refer to a column and that the intent does not drop. */
export function referringTo(
  table: Table,
  column: Column,
  context: Pick<PlanContext, 'before' | 'changes'>,
): readonly string[] {
  return context.before.tables.flatMap((other) =>
    standing(other.constraints, context)
      .filter(({ references }) => references !== undefined && plainName(references.table) === plainName(table))
      .filter(({ references }) => references?.columns.includes(column.name))
      .map(({ name }) => `foreign key ${name} of ${plainName(other)}`),
  );
}

/** Constraints that the same intent does not drop. */
export function standing(
  constraints: readonly Constraint[],
  { changes }: Pick<PlanContext, 'changes'>,
): readonly Constraint[] {
  const dropped = changes.flatMap((change) => (change.kind === 'drop-constraint' ? [change.constraint.id] : []));
  return constraints.filter(({ id }) => !dropped.includes(id));
}
