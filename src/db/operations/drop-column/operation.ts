import { type Failure, fail } from '#core/error';
import type { ChangeOf } from '../../diff.ts';
import * as hazards from '../../hazards.ts';
import type { Draft, Operation, PlanContext, StepDraft } from '../../operation.ts';
import { dependentsOf, leaningOn, referringTo } from '../../planning/dependents.ts';
import { expressionIn } from '../../planning/expression.ts';
import { ordinalOf, ownName } from '../../planning/names.ts';
import { tightenIfPossible } from '../../planning/not-null.ts';
import { batchesAction } from '../../planning/ranges.ts';
import { columnOf, tableOf } from '../../planning/resolve.ts';
import { plainColumn } from '../../planning/shadow.ts';
import { checkAction, lock, sequence, slugOf, sqlAction } from '../../planning/steps.ts';
import { columnNamed, primaryKeyOf } from '../../schema.ts';
import { watchedDeletes } from '../../table-hazards.ts';
import { expressionOver, withTable, withTransformation } from '../../target.ts';
import { userTriggersFireBack } from '../../trigger-hazards.ts';
import { examples } from './examples.ts';
import { dropSteps } from './keep.ts';

type Drop = ChangeOf<'drop-column'>;

/** The new version may leave the column out; then its values are kept beside, by key, and only then it goes. */
export const dropColumn: Operation<'drop-column'> = {
  id: 'drop-column',
  summary: 'ALTER TABLE … DROP COLUMN …',
  examples,

  simulate(target, edit, { down }) {
    const table = tableOf(target, edit.table);
    if (edit.ifExists && columnNamed(table, edit.column) === undefined) return target;
    const { id } = columnOf(table, edit.column);
    const dropped = withTable(target, {
      ...table,
      columns: table.columns.filter((column) => column.id !== id),
      constraints: table.constraints.filter(({ columns }) => !columns.includes(id)),
      indexes: table.indexes.filter(({ dependsOn }) => !dependsOn.includes(id)),
    });
    if (down === undefined) return dropped;
    return withTransformation(dropped, id, { down: down === 'none' ? 'none' : expressionOver(table, down) });
  },

  plan(change, context): Draft {
    refuseAttached(change, context);
    const { table, column } = change;
    const isRequired = column.isNotNull && column.defaultExpression === undefined && column.generated === undefined;
    return {
      expand: isRequired ? [loosenStep(change, context)] : [],
      contract: dropSteps(change, { isNotNull: column.isNotNull && !isRequired }, context),
      deployNeeds: [
        `Deploy the version that no longer uses ${column.name} of ${table.after.name}, and end the last instance of the old one.`,
      ],
      deployNeedsBack: [`Deploy the version that uses ${column.name} of ${table.before.name} again.`],
      retires: [{ table: { schema: table.before.schema, name: table.before.name }, column: column.name }],
      risks: [
        ...hazards.textFunctions(context, table.before, column.name),
        ...(column.generated === undefined && change.down !== 'none' ? [watchedDeletes(table.after, column.name)] : []),
      ],
    };
  },
};

/** The new version leaves the column out; what it then misses is filled by `down` on the way back. */
function loosenStep(change: Drop, context: PlanContext): StepDraft {
  const { table, column, down } = change;
  const { spelling, limits } = context;
  const view = table.before;
  const name = spelling.name(column.name);
  const value =
    down === undefined || down === 'none'
      ? undefined
      : `(${expressionIn(down, { table: view, qualifier: 't' }, context)})`;
  const fill = `UPDATE ${spelling.relation(view)} AS t SET ${name} = ${value} WHERE $range AND t.${name} IS NULL AND ${value} IS NOT NULL`;
  const notNull = { table: view, column: column.name, guard: ownName(context, 'not_null', ordinalOf(change, context)) };
  return {
    slug: `nullable-${slugOf(column.name)}`,
    stage: 'loosen',
    title: `Let ${column.name} be left out`,
    action: sqlAction([spelling.dropNotNull(view, column.name)], { limits, locks: [lock(view, 'ACCESS EXCLUSIVE')] }),
    rollback: sequence([
      ...(value === undefined ? [] : [batchesAction(view, fill, context, { isQuiet: false, isSelfLimiting: true })]),
      ...tightenIfPossible(notNull, view, context),
    ]),
    verify: checkAction(
      spelling.columnsAre(view, [{ column: column.name, is: 'nullable' }]),
      'Roll back and plan again.',
    ),
    hazards:
      value === undefined
        ? [hazards.withoutValue(view, column.name)]
        : userTriggersFireBack(view, { isQuiet: false, columnId: column.id }),
  };
}

/** Throws `not-built` by the name of what would go with the column and is not brought back yet. */
function refuseAttached(change: Drop, context: PlanContext): void {
  const { table, column } = change;
  const isKey = primaryKeyOf(table.before)?.columns.includes(column.id) === true;
  const owned = context.before.sequences.some(
    ({ ownedBy }) =>
      ownedBy?.column === column.name &&
      ownedBy.table.schema === table.before.schema &&
      ownedBy.table.name === table.before.name,
  );
  const found = [
    ...dependentsOf(table.before, column, context),
    ...leaningOn(table.before, column, context),
    ...referringTo(table.before, column, context),
    ...(isKey ? ['the primary key'] : []),
    ...(owned ? ['its sequence'] : []),
  ];
  if (found.length > 0) throw refused(change, found);
}

function refused({ table, column }: Drop, attached: readonly string[]): Failure {
  return fail('not-built', {
    what: `${plainColumn(table.before, column.name)} cannot be dropped yet: ${attached.join(', ')} would go with it.`,
    why: 'A rollback could not bring this back as it was.',
    next: `Take away ${attached.join(', ')} first, by hand or in a plan of its own.`,
  });
}
