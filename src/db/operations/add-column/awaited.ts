import { fail } from '#core/error';
import type { ChangeOf } from '../../diff.ts';
import type { Draft, PlanContext } from '../../operation.ts';
import { expressionIn } from '../../planning/expression.ts';
import { plainName } from '../../schema.ts';
import { fillStep, notNullOf, notNullSteps } from './filled.ts';
import { addStep } from './instant.ts';

/**
 * NOT NULL without a default: the old version leaves the column out, so that NOT NULL has to wait until it is gone; rows
 * that it wrote meanwhile are filled once more. Throws `unsafe-change` where nothing says what they shall hold.
 */
export function awaitedSteps(change: ChangeOf<'add-column'>, context: PlanContext): Draft {
  const { column, table, up } = change;
  if (up === undefined && table.before.rows > 0) throw noValue(change);
  const { name, type, collation } = column;
  const fill = (view: typeof table.before, stage: 'backfill' | 'tighten') =>
    up === undefined
      ? []
      : [
          fillStep(
            change,
            { table: view, value: expressionIn(up, { table: view, qualifier: 't' }, context), stage, mayBeNull: true },
            context,
          ),
        ];
  return {
    expand: [addStep(change, { name, type, collation }, context)],
    migrate: fill(table.before, 'backfill'),
    deployNeeds: [
      `Deploy the version that writes ${name} in every INSERT into ${table.after.name}, and end the last instance of the old one.`,
    ],
    contract: [
      ...fill(table.after, 'tighten'),
      ...notNullSteps(notNullOf(change, table.after, context), context, 'tighten'),
    ],
  };
}

function noValue({ column, table }: ChangeOf<'add-column'>) {
  return fail('unsafe-change', {
    what: `${plainName(table.before)} has rows, and ${column.name} shall be NOT NULL without a default.`,
    why: 'Nothing says what these rows shall hold.',
    next: `Give the column a default, or write "-- godwit: up <expression>" before the statement.`,
  });
}
