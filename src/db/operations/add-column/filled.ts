import type { ChangeOf } from '../../diff.ts';
import * as hazards from '../../hazards.ts';
import type { Draft, PlanContext, StepDraft } from '../../operation.ts';
import { expressionIn } from '../../planning/expression.ts';
import { ordinalOf, ownName } from '../../planning/names.ts';
import {
  guardNotNull,
  loosenNotNull,
  type NotNull,
  noNulls,
  setNotNull,
  validateNotNull,
} from '../../planning/not-null.ts';
import { batchesAction, rangeOf } from '../../planning/ranges.ts';
import { checkAction, nothing, sequence, slugOf } from '../../planning/steps.ts';
import type { Table } from '../../schema.ts';
import { userTriggersFire } from '../../trigger-hazards.ts';
import { addStep } from './instant.ts';

type Add = ChangeOf<'add-column'>;

/** New rows get the default at once; rows that are there are filled by `up`, or by the default itself. */
export function filledSteps(change: Add, context: PlanContext): Draft {
  const { column, table, up } = change;
  const { name, type, collation, defaultExpression } = column;
  const value =
    up === undefined ? defaultExpression : expressionIn(up, { table: table.before, qualifier: 't' }, context);
  const also =
    defaultExpression === undefined ? [] : [context.spelling.setDefault(table.before, name, defaultExpression)];
  return {
    expand: [addStep(change, { name, type, collation }, context, also)],
    migrate: [
      fillStep(
        change,
        { table: table.before, value: value ?? 'NULL', stage: 'backfill', mayBeNull: up !== undefined },
        context,
      ),
      ...(column.isNotNull ? notNullSteps(notNullOf(change, table.before, context), context) : []),
    ],
    risks: [
      ...(rangeOf(table.before).key.length === 0 ? [hazards.noKey(table.before)] : []),
      ...(up !== undefined ? [hazards.laterRows(table.before, name)] : []),
    ],
  };
}

/** Gives a value to rows that hold NULL. Nothing is lost, so there is nothing to take back. */
export function fillStep(
  { column }: Add,
  fill: {
    readonly table: Table;
    readonly value: string;
    readonly stage: StepDraft['stage'];
    readonly mayBeNull: boolean;
  },
  context: PlanContext,
): StepDraft {
  const { spelling, rights } = context;
  const name = spelling.name(column.name);
  const update = `UPDATE ${spelling.relation(fill.table)} AS t SET ${name} = ${fill.value} WHERE $range AND t.${name} IS NULL${fill.mayBeNull ? ` AND (${fill.value}) IS NOT NULL` : ''}`;
  return {
    slug: `fill-${slugOf(column.name)}`,
    stage: fill.stage,
    title: `Fill ${column.name} where it holds NULL, batch by batch`,
    action: batchesAction(fill.table, update, context, { isSelfLimiting: true }),
    rollback: nothing,
    verify: nothing,
    hazards: userTriggersFire(fill.table, { isQuiet: rights.mayQuietTriggers }),
  };
}

/** The column by the name that its table has at that point, and the check that guards it. */
export function notNullOf(change: Add, table: Table, context: PlanContext): NotNull {
  return { table, column: change.column.name, guard: ownName(context, 'not_null', ordinalOf(change, context)) };
}

/** Steps that make a filled column NOT NULL without a scan under a strong lock. */
export function notNullSteps(
  notNull: NotNull,
  context: PlanContext,
  stage: StepDraft['stage'] = 'prove',
): readonly StepDraft[] {
  const { column, table } = notNull;
  return [
    {
      slug: `guard-${slugOf(column)}`,
      stage,
      title: `Let no more NULL into ${column}`,
      action: guardNotNull(notNull, context),
      rollback: loosenNotNull(notNull, context),
      verify: noNulls(notNull, `Fill them, and apply again.`, context),
      hazards: [],
    },
    {
      slug: `not-null-${slugOf(column)}`,
      stage,
      title: `Prove that ${column} holds no NULL, and make it NOT NULL`,
      action: sequence([validateNotNull(notNull, context), setNotNull(notNull, context)]),
      rollback: loosenNotNull(notNull, context),
      verify: checkAction(
        context.spelling.columnsAre(table, [{ column, is: 'not null' }]),
        'Roll back and plan again.',
      ),
      hazards: [],
    },
  ];
}
