import type { Action } from '#core/plan';
import type { ChangeOf } from '../../diff.ts';
import type { PlanContext } from '../../operation.ts';
import { expressionIn } from '../../planning/expression.ts';
import { namesAt } from '../../planning/moment.ts';
import { ordinalOf, ownName } from '../../planning/names.ts';
import { tightenIfPossible } from '../../planning/not-null.ts';
import { batchesAction, undoBatchesAction } from '../../planning/ranges.ts';
import { copyIndexAction } from '../../planning/shadow.ts';
import { lock, sequence, sqlAction } from '../../planning/steps.ts';
import type { Constraint } from '../../schema.ts';
import type { Capture } from '../../spelling.ts';
import { restoreValues, type ValuesUndo } from '../../undo.ts';
import { countMovedRows } from '../../undo-gone.ts';

export type Gone = {
  readonly change: ChangeOf<'drop-column'>;
  readonly undo: ValuesUndo | undefined;
  readonly capture: Capture | undefined;
  readonly isNotNull: boolean;
};

/** The column comes back empty, takes its values by key, and then its indexes and constraints, without stopping writers. */
export function bringBack(gone: Gone, context: PlanContext): Action {
  const { change, undo, isNotNull } = gone;
  const { table, column } = change;
  const { spelling } = context;
  const notNull = {
    table: table.after,
    column: column.name,
    guard: ownName(context, 'back', ordinalOf(change, context)),
  };
  const filling = fillOthers(gone, context);
  const moved = { column: column.name, tellsNulls: filling.length > 0 };
  return sequence([
    addAgain(gone, context),
    ...(undo === undefined ? [] : [undoBatchesAction(restoreValues(undo, {}, spelling), context)]),
    ...filling,
    ...(undo === undefined ? [] : [undoBatchesAction(countMovedRows(undo, moved, spelling), context)]),
    ...indexesAgain(gone, context),
    ...constraintsAgain(gone, context),
    ...(isNotNull && column.generated === undefined ? tightenIfPossible(notNull, table.after, context) : []),
  ]);
}

function addAgain({ change, capture }: Gone, { spelling, limits }: PlanContext): Action {
  const { table, column } = change;
  const { name, type, collation, generated, defaultExpression } = column;
  const renames = namesAt(table.after, table.before);
  const expression = generated && spelling.rewriteColumns(generated.expression, renames);
  const text = {
    name,
    type,
    collation,
    ...(generated && expression ? { generated: { ...generated, expression } } : {}),
  };
  return sqlAction(
    [
      spelling.addColumn(table.after, text),
      ...(defaultExpression === undefined || generated
        ? []
        : [spelling.setDefault(table.after, name, defaultExpression)]),
      ...spelling.decorations(table.after, column, name),
      ...(capture === undefined ? [] : spelling.createCapture(capture)),
    ],
    { limits, locks: [lock(table.after, 'ACCESS EXCLUSIVE')] },
  );
}

/** Rows that were written without the column take what `down` says, or else its default. */
function fillOthers({ change, undo }: Gone, context: PlanContext): readonly Action[] {
  const { table, column, down } = change;
  const { spelling } = context;
  const said =
    down === undefined || down === 'none'
      ? undefined
      : expressionIn(down, { table: table.after, qualifier: 't' }, context);
  const value = said ?? column.defaultExpression;
  if (value === undefined || column.generated !== undefined) return [];
  const name = spelling.name(column.name);
  const matching = undo?.key.map((key, place) => `u.key_${place + 1} = t.${spelling.name(key.name)}`).join(' AND ');
  const others =
    undo === undefined ? '' : ` AND NOT EXISTS (SELECT FROM ${spelling.relation(undo.undo)} AS u WHERE ${matching})`;
  const update = `UPDATE ${spelling.relation(table.after)} AS t SET ${name} = ${value} WHERE $range AND t.${name} IS NULL${others}`;
  return [batchesAction(table.after, update, context)];
}

function indexesAgain({ change }: Gone, context: PlanContext): readonly Action[] {
  const { table, column } = change;
  const place = { table: table.after, columns: namesAt(table.after, table.before) };
  const indexes = table.before.indexes.filter(({ dependsOn, isValid }) => isValid && dependsOn.includes(column.id));
  const comments = indexes.flatMap(({ name, comment }) =>
    comment === undefined ? [] : [context.spelling.commentOnIndex(table.after.schema, name, comment)],
  );
  return [
    ...indexes.map((index) => copyIndexAction({ index, name: index.name }, place, context)),
    ...(comments.length === 0 ? [] : [sqlAction(comments, { limits: context.limits, locks: [] })]),
  ];
}

function constraintsAgain({ change }: Gone, context: PlanContext): readonly Action[] {
  const { table, column } = change;
  return table.before.constraints
    .filter(({ columns }) => columns.includes(column.id))
    .flatMap((constraint) => constraintAgain(change, constraint, context));
}

function constraintAgain(
  { table }: Gone['change'],
  constraint: Constraint,
  { spelling, limits }: PlanContext,
): readonly Action[] {
  const { name, definition, index, isValidated, comment, references } = constraint;
  const relation = table.after;
  const others = references === undefined ? [] : [references.table];
  const brief = {
    limits,
    locks: [lock(relation, 'ACCESS EXCLUSIVE'), ...others.map((other) => lock(other, 'SHARE ROW EXCLUSIVE'))],
  };
  const said = comment === undefined ? [] : [spelling.commentOnConstraint(relation, name, comment)];
  if (constraint.kind === 'unique') {
    const using = { kind: 'unique' as const, index: index ?? name, definition };
    return [sqlAction([spelling.addConstraintUsingIndex(relation, name, using), ...said], brief)];
  }
  const text = spelling.renameInDefinition(definition.replace(/ NOT VALID$/, ''), namesAt(relation, table.before));
  const add = sqlAction([spelling.addConstraint(relation, name, text, { notValid: true }), ...said], brief);
  const locks = [lock(relation, 'SHARE UPDATE EXCLUSIVE'), ...others.map((other) => lock(other, 'ROW SHARE'))];
  return isValidated
    ? [add, sqlAction([spelling.validateConstraint(relation, name)], { limits, locks, scans: true })]
    : [add];
}
