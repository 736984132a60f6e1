import { fail } from '#core/error';
import type { ChangeOf } from '../../diff.ts';
import type { Draft, PlanContext, StepDraft } from '../../operation.ts';
import { ordinalOf } from '../../planning/names.ts';
import { statedNames } from '../../planning/stated-names.ts';
import { checkAction, lock, slugOf, sqlAction } from '../../planning/steps.ts';
import { type Constraint, columnNamed, plainName, type QualifiedName, type Table, tableNamed } from '../../schema.ts';
import { undoTable } from '../../undo.ts';
import { isAsStated, tableStatements } from './statement.ts';

type Create = ChangeOf<'create-table'>;

/** Foreign keys that are not part of the statement come after all new tables, which may refer to each other. */
export function makeSteps(change: Create, context: PlanContext): Draft {
  const { table } = change;
  const isWhole = isAsStated(change);
  const stated = new Set(change.stated.constraints.map(({ name }) => name));
  const more = table.constraints.filter(({ name }) => !isWhole || !stated.has(name));
  const keys = more.filter(({ kind }) => kind === 'foreign-key');
  const others = more.filter(({ kind }) => kind !== 'foreign-key');
  for (const constraint of table.constraints) refuseRenamed(constraint, context);
  return {
    expand: [
      tableStep(change, [...tableStatements(change, isWhole, context), ...additions(change, others, context)], context),
      ...(keys.length === 0 ? [] : [keysStep(change, keys, context)]),
    ],
  };
}

/** Indexes and constraints of later statements, on a table that is empty. */
function additions(change: Create, constraints: readonly Constraint[], context: PlanContext): readonly string[] {
  const { table } = change;
  const { spelling, target } = context;
  const indexes = table.indexes.flatMap((index) => {
    const stated = target.newIndexes[index.id];
    if (stated === undefined) return [];
    const columns = statedNames(stated.columns, table, { before: table, after: table });
    return [spelling.copyIndex(index.definition, { name: index.name, table, columns, isConcurrent: false })];
  });
  return [...indexes, ...constraints.map((constraint) => constraintStatement(table, constraint, context))];
}

function constraintStatement(table: Table, constraint: Constraint, { spelling, target }: PlanContext): string {
  const { id, kind, name, definition } = constraint;
  const stated = target.newConstraints[id];
  if (stated?.constraint.usingIndex !== undefined) {
    const key = kind === 'primary-key' ? 'primary-key' : 'unique';
    return spelling.addConstraintUsingIndex(table, name, { kind: key, index: name, definition });
  }
  const columns = statedNames(stated?.columns ?? {}, table, { before: table, after: table });
  const notValid = stated?.constraint.isNotValid ?? false;
  return spelling.addConstraint(table, name, spelling.renameInDefinition(definition, columns), { notValid });
}

function tableStep(change: Create, statements: readonly string[], context: PlanContext): StepDraft {
  const { table } = change;
  const { spelling, limits } = context;
  const aside = undoTable(context.tag, ordinalOf(change, context));
  const referenced = referencedBy(table.constraints, context);
  return {
    slug: `create-${slugOf(table.name)}`,
    stage: 'create',
    title: `Create ${table.name}`,
    action: sqlAction(statements, { limits, locks: referenced.map((other) => lock(other, 'SHARE ROW EXCLUSIVE')) }),
    rollback: sqlAction([spelling.putAside(table, aside)], {
      limits,
      locks: [table, ...referenced].map((other) => lock(other, 'ACCESS EXCLUSIVE')),
    }),
    verify: checkAction(spelling.relationIs(table, 'table'), 'Roll back and plan again.'),
    hazards: [],
  };
}

function keysStep({ table }: Create, keys: readonly Constraint[], context: PlanContext): StepDraft {
  const { spelling, limits } = context;
  const referenced = referencedBy(keys, context);
  const locks = (mode: 'SHARE ROW EXCLUSIVE' | 'ACCESS EXCLUSIVE') =>
    [table, ...referenced].map((other) => lock(other, mode));
  return {
    slug: `keys-${slugOf(table.name)}`,
    stage: 'add',
    title: `Add ${keys.map(({ name }) => name).join(', ')} to ${table.name}`,
    action: sqlAction(
      keys.map((key) => constraintStatement(table, key, context)),
      { limits, locks: locks('SHARE ROW EXCLUSIVE') },
    ),
    rollback: sqlAction(
      keys.map(({ name }) => spelling.dropConstraint(table, name)),
      { limits, locks: locks('ACCESS EXCLUSIVE') },
    ),
    verify: checkAction(spelling.constraintIs(table, keys[0]?.name ?? '', 'valid'), 'Roll back and plan again.'),
    hazards: [],
  };
}

/** Tables that are there already and that these constraints refer to: a writer waits there for an instant. */
function referencedBy(constraints: readonly Constraint[], { before }: PlanContext): readonly QualifiedName[] {
  const names = constraints.flatMap(({ references }) => references?.table ?? []);
  const found = names.flatMap((name) => tableNamed(before, name) ?? []);
  return [...new Map(found.map((table) => [table.id, table])).values()];
}

/** The table is made before anything is renamed, so that its foreign keys must name what is there then. */
function refuseRenamed({ id, name, references }: Constraint, { before, after, target }: PlanContext): void {
  const stated = target.newConstraints[id]?.constraint.references;
  if (references === undefined || stated === undefined) return;
  const found = tableNamed(before, stated.table);
  const isNew = target.newTables[tableNamed(after, references.table)?.id ?? ''] !== undefined;
  const isThere = found !== undefined && references.columns.every((column) => columnNamed(found, column) !== undefined);
  if (isThere || (isNew && plainName(stated.table) === plainName(references.table))) return;
  throw fail('not-built', {
    what: `The foreign key ${name} refers to something that the same intent renames or adds.`,
    why: 'The new table is made before that, while the old names hold.',
    next: 'Make it two plans.',
  });
}
