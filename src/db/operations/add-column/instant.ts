import type { Finding } from '#core/finding';
import type { ChangeOf } from '../../diff.ts';
import * as hazards from '../../hazards.ts';
import type { Draft, PlanContext, StepDraft } from '../../operation.ts';
import { expressionIn } from '../../planning/expression.ts';
import { checkAction, lock, slugOf, sqlAction } from '../../planning/steps.ts';
import type { ColumnText } from '../../spelling.ts';

type Add = ChangeOf<'add-column'>;

/** The column as the intent states it, in one statement. */
export function instantSteps(change: Add, context: PlanContext, costs: readonly Finding[]): Draft {
  const step = addStep(change, inOldNames(change, context), context);
  return { expand: [{ ...step, hazards: [...step.hazards, ...costs] }] };
}

/** A generated column with the names that its table has now. */
function inOldNames({ column, table }: Add, context: PlanContext): ColumnText {
  const { generated } = column;
  if (generated === undefined) return column;
  const columns = Object.fromEntries(table.after.columns.map(({ name, id }) => [name, id]));
  const expression = expressionIn({ sql: generated.expression, columns }, { table: table.before }, context);
  return { ...column, generated: { ...generated, expression } };
}

/** Adds the column in one statement, or in several of one transaction. */
export function addStep(change: Add, text: ColumnText, context: PlanContext, also: readonly string[] = []): StepDraft {
  const { column, table } = change;
  const { spelling, limits } = context;
  const options = { limits, locks: [lock(table.before, 'ACCESS EXCLUSIVE')] };
  return {
    slug: `add-${slugOf(column.name)}`,
    stage: 'add',
    title: `Add ${column.name} to ${table.before.name}`,
    action: sqlAction([spelling.addColumn(table.before, text), ...also], options),
    rollback: sqlAction([spelling.dropColumn(table.before, column.name)], options),
    verify: checkAction(
      spelling.columnsAre(table.before, [
        { column: column.name, is: text.isNotNull === true ? 'not null' : 'present' },
      ]),
      'Roll back and plan again.',
    ),
    hazards: [hazards.preparedStatements(table.before), ...hazards.published(table.before)],
  };
}
