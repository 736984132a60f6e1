import type { Action } from '#core/plan';
import type { PlanContext } from '../operation.ts';
import { type Constraint, plainName, type Table } from '../schema.ts';
import { rangeOf, undoBatchesAction } from './ranges.ts';
import { lock, sequence, sqlAction } from './steps.ts';
import { breaking, checkedExpression, keyText } from './violations.ts';

/**
 * A check or foreign key as it was before the plan, by the names from before: first for new rows, then proven. Rows that
 * were written against it meanwhile are counted and told, and it stays not valid because of them.
 */
export function constrainAgain(table: Table, constraint: Constraint, context: PlanContext): Action {
  const { spelling, limits } = context;
  const { name, definition, isValidated, references, comment } = constraint;
  const locks = [table, ...(references === undefined ? [] : [references.table])].map((relation) =>
    lock(relation, references === undefined ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE'),
  );
  const add = [
    spelling.addConstraint(table, name, definition, { notValid: isValidated }),
    ...(comment === undefined ? [] : [spelling.commentOnConstraint(table, name, comment)]),
  ];
  const adding = sqlAction(add, { limits, locks });
  if (!isValidated) return adding;
  const against = conditionAgainst(table, constraint, context);
  const count = `SELECT count(*) AS count, (array_agg(${keyText(table, context)}))[1:5] AS samples FROM ${spelling.relation(table)} AS t WHERE $range AND ${against}`;
  const message = `of ${plainName(table)} against ${name}, which therefore is back for new rows only, NOT VALID`;
  const isKept = `NOT EXISTS (SELECT FROM ${spelling.relation(table)} AS t WHERE ${against})`;
  return sequence([
    adding,
    undoBatchesAction(
      { over: rangeOf(table), statements: [count], counted: 0, exceptions: { statement: 0, message } },
      context,
    ),
    sqlAction([spelling.when(isKept, [spelling.validateConstraint(table, name)])], {
      limits,
      locks: [
        lock(table, 'SHARE UPDATE EXCLUSIVE'),
        ...(references === undefined ? [] : [lock(references.table, 'ROW SHARE')]),
      ],
      scans: true,
    }),
  ]);
}

function conditionAgainst(table: Table, { definition, references, columns }: Constraint, context: PlanContext): string {
  if (references === undefined) return `(${checkedExpression(definition)}) IS FALSE`;
  const own = columns.flatMap((id) => table.columns.find((column) => column.id === id)?.name ?? []);
  return breaking({ columns: own, table: references.table, referenced: references.columns }, context);
}
