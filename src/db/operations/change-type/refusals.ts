import { type Failure, fail } from '#core/error';
import type { ChangeOf } from '../../diff.ts';
import type { PlanContext } from '../../operation.ts';
import { plainColumn } from '../../planning/shadow.ts';
import { plainName, type Table } from '../../schema.ts';

type Retype = ChangeOf<'change-type'>;

/**
 * Throws `not-built` by the name of whatever stands in the way: the server refuses a new type below views, rules, policies
 * and triggers that name the column, and foreign keys tie it to a column of another table.
 */
export function refuseAttached(change: Retype, context: PlanContext): void {
  const { table, before } = change;
  const found = [
    ...dependents(table.before, before.id, context),
    ...foreignKeys(change, context),
    ...within(table.before, before, context),
  ];
  const [first, ...others] = found;
  if (first === undefined) return;
  throw refused(change, [first, ...others]);
}

function dependents(table: Table, columnId: string, { before }: PlanContext): readonly string[] {
  const reads = (used: {
    readonly table: { readonly schema: string; readonly name: string };
    readonly columns: readonly string[];
  }) => plainName(used.table) === plainName(table) && used.columns.includes(columnId);
  return [
    ...before.views.filter(({ dependsOn }) => dependsOn.some(reads)).map((view) => `view ${plainName(view)}`),
    ...before.functions
      .filter(({ dependsOn = [] }) => dependsOn.some(reads))
      .map((found) => `function ${plainName(found)}`),
    ...table.triggers.filter(({ dependsOn }) => dependsOn.includes(columnId)).map(({ name }) => `trigger ${name}`),
    ...table.policies.filter(({ dependsOn }) => dependsOn.includes(columnId)).map(({ name }) => `policy ${name}`),
    ...(table.rules ?? []).filter(({ dependsOn }) => dependsOn.includes(columnId)).map(({ name }) => `rule ${name}`),
    ...(table.statistics ?? [])
      .filter(({ dependsOn }) => dependsOn.includes(columnId))
      .map(({ name }) => `extended statistics ${name}`),
  ];
}

function foreignKeys({ table, before: column, isFree }: Retype, { before }: PlanContext): readonly string[] {
  if (isFree) return [];
  const own = table.before.constraints
    .filter(({ kind, columns }) => kind === 'foreign-key' && columns.includes(column.id))
    .map(({ name }) => `foreign key ${name}`);
  const theirs = before.tables.flatMap((other) =>
    other.constraints
      .filter(({ references }) => references !== undefined && plainName(references.table) === plainName(table.before))
      .filter(({ references }) => references?.columns.includes(column.name))
      .map(({ name }) => `foreign key ${name} of ${plainName(other)}`),
  );
  return [...own, ...theirs];
}

function within(table: Table, column: Retype['before'], { spelling }: PlanContext): readonly string[] {
  const generated = table.columns
    .filter(
      (other) => other.generated !== undefined && spelling.columnsIn(other.generated.expression).includes(column.name),
    )
    .map(({ name }) => `generated column ${name}`);
  const exclusions = table.constraints
    .filter(({ kind, columns }) => kind === 'exclusion' && columns.includes(column.id))
    .map(({ name }) => `exclusion constraint ${name}`);
  const identity = table.indexes
    .filter(({ name, dependsOn }) => dependsOn.includes(column.id) && table.replicaIdentity.includes(name))
    .map(({ name }) => `replica identity ${name}`);
  return [
    ...generated,
    ...exclusions,
    ...identity,
    ...(column.generated === undefined ? [] : ['its generation expression']),
  ];
}

function refused({ table, before }: Retype, attached: readonly string[]): Failure {
  return fail('not-built', {
    what: `The type of ${plainColumn(table.before, before.name)} cannot be changed yet: ${attached.join(', ')} ${attached.length === 1 ? 'depends' : 'depend'} on it.`,
    why: 'Replacing the column would have to replace these too, in step with it, and that is not built.',
    next: `Drop ${attached.join(', ')} first and put ${attached.length === 1 ? 'it' : 'them'} back afterwards, by hand or in plans of their own.`,
  });
}
