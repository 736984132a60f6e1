import type { ChangeOf } from '../../diff.ts';
import * as hazards from '../../hazards.ts';
import type { Draft, PlanContext, StepDraft } from '../../operation.ts';
import { ordinalOf, ownName } from '../../planning/names.ts';
import { guardNotNull, loosenNotNull, type NotNull, noNulls, validateNotNull } from '../../planning/not-null.ts';
import { rangeOf } from '../../planning/ranges.ts';
import { checkAction, lock, sequence, slugOf, sqlAction } from '../../planning/steps.ts';
import type { QualifiedName, Table } from '../../schema.ts';
import { fillStep, notNullOf, notNullSteps } from './filled.ts';
import { addStep } from './instant.ts';

type Add = ChangeOf<'add-column'>;

/**
 * Serial and identity: a sequence gives new rows their number from the start, rows that are there are numbered batch by
 * batch. An identity takes the place of that sequence at the end and goes on where it stands.
 */
export function numberedSteps(change: Add, context: PlanContext): Draft {
  const { column, table } = change;
  const { spelling } = context;
  const { name, type } = column;
  const isIdentity = column.identity !== undefined;
  const sequenceName = isIdentity
    ? { schema: table.before.schema, name: ownName(context, 'numbers', ordinalOf(change, context)) }
    : spelling.sequenceName(table.before, name, isTakenIn(table.before.schema, context));
  const value = spelling.nextValue(sequenceName);
  const notNull = notNullOf(change, table.before, context);
  const add = addStep(change, { name, type }, context, [
    spelling.createSequence(sequenceName, type),
    ...spelling.grantSequence(sequenceName, isIdentity ? ['PUBLIC'] : insertersOf(table.before)),
    spelling.ownSequence(sequenceName, table.before, name),
    spelling.setDefault(table.before, name, value),
  ]);
  return {
    expand: [add],
    migrate: [
      fillStep(change, { table: table.before, value, stage: 'backfill', mayBeNull: false }, context),
      ...(isIdentity ? identitySteps(change, { notNull, sequenceName }, context) : notNullSteps(notNull, context)),
    ],
    risks: rangeOf(table.before).key.length === 0 ? [hazards.noKey(table.before)] : [],
  };
}

type Numbers = { readonly notNull: NotNull; readonly sequenceName: QualifiedName };

function identitySteps(change: Add, { notNull, sequenceName }: Numbers, context: PlanContext): readonly StepDraft[] {
  const { column, table } = change;
  const { spelling, limits } = context;
  const options = { limits, locks: [lock(table.before, 'ACCESS EXCLUSIVE')] };
  const swap = [
    spelling.setNotNull(table.before, column.name),
    spelling.dropConstraint(table.before, notNull.guard),
    spelling.dropDefault(table.before, column.name),
    spelling.addIdentity(table.before, column.name, column.identity ?? 'by default'),
    spelling.continueIdentity(table.before, column.name, sequenceName),
    spelling.dropSequence(sequenceName),
  ];
  const loosen = loosenNotNull(notNull, context);
  // In one transaction: NOT NULL without the numbers would refuse every insert that leaves the column out.
  const takeBack = [
    spelling.dropIdentity(table.before, column.name),
    spelling.dropConstraint(table.before, notNull.guard),
    spelling.dropNotNull(table.before, column.name),
  ];
  return [
    {
      slug: `guard-${slugOf(column.name)}`,
      stage: 'prove',
      title: `Let no NULL into ${column.name}`,
      action: guardNotNull(notNull, context),
      rollback: loosen,
      verify: noNulls(notNull, 'Apply again.', context),
      hazards: [],
    },
    {
      slug: `identity-${slugOf(column.name)}`,
      stage: 'prove',
      title: `Make ${column.name} an identity that goes on where its numbers stand`,
      action: sequence([validateNotNull(notNull, context), sqlAction(swap, options)]),
      rollback: sqlAction(takeBack, options),
      verify: checkAction(
        spelling.columnsAre(table.before, [{ column: column.name, is: 'not null' }]),
        'Roll back and plan again.',
      ),
      hazards: [],
    },
  ];
}

/** Roles that may insert, and so have to take numbers. */
function insertersOf({ grants, owner }: Table): readonly string[] {
  return [...new Set(grants.filter(({ privilege }) => privilege === 'INSERT').map(({ role }) => role))].filter(
    (role) => role !== owner,
  );
}

function isTakenIn(schema: string, { before }: PlanContext): (name: string) => boolean {
  const tables = before.tables.filter((table) => table.schema === schema);
  const names = [
    ...tables.flatMap((table) => [table.name, ...table.indexes.map(({ name }) => name)]),
    ...[...before.sequences, ...before.views].filter((other) => other.schema === schema).map(({ name }) => name),
  ];
  return (name) => names.includes(name);
}
