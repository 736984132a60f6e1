import type { DeleteStmt, FuncCall, InsertStmt, Node, SelectStmt, UpdateStmt } from 'libpg-query';
import { fail } from '#core/error';
import type { QualifiedName } from '../../../schema.ts';
import { aggregateFunctions, setFunctions } from './known-functions.ts';
import { type Reading, refused } from './reading.ts';
import { nodesIn, stringsOf } from './walk.ts';

/** The one table whose rows a data statement goes through. */
export type Rows = { readonly table: QualifiedName; readonly alias: string | undefined };

/** Clauses of data statements that cannot be right when the statement is done range by range. */
const clauses: Readonly<Record<string, string>> = {
  withClause: 'WITH',
  fromClause: 'FROM',
  usingClause: 'USING',
  returningClause: 'RETURNING',
  onConflictClause: 'ON CONFLICT',
  distinctClause: 'DISTINCT',
  intoClause: 'INTO',
  groupClause: 'GROUP BY',
  havingClause: 'HAVING',
  windowClause: 'WINDOW',
  sortClause: 'ORDER BY',
  limitCount: 'LIMIT',
  limitOffset: 'OFFSET',
  lockingClause: 'FOR UPDATE',
  larg: 'UNION, INTERSECT or EXCEPT',
};

/** Throws `not-built` for a data statement with a clause that looks beyond single rows of one table. */
export function refuseClauses(statement: UpdateStmt | DeleteStmt | InsertStmt | SelectStmt, reading: Reading): void {
  const isSelect = 'limitOption' in statement;
  const found = Object.keys(statement).find((key) => key in clauses && !(isSelect && key === 'fromClause'));
  if (found !== undefined) throw refusedForm(clauses[found] ?? found, reading);
  if ('override' in statement && statement.override !== 'OVERRIDING_NOT_SET') throw refusedForm('OVERRIDING', reading);
}

/**
 * Throws `not-built` for an expression that looks at other rows or tables, or makes several rows of one, `bad-input`
 * for parameters, and `unknown-object` for a column of a table that is not there.
 */
export function refuseAcrossRows(expression: Node, rows: Rows, reading: Reading): void {
  for (const node of nodesIn(expression)) {
    if ('SubLink' in node) throw refusedForm('a subquery', reading);
    if ('CurrentOfExpr' in node) throw refusedForm('WHERE CURRENT OF', reading);
    if ('GroupingFunc' in node || 'MergeSupportFunc' in node) throw refusedForm('GROUPING or MERGE_ACTION', reading);
    if ('ParamRef' in node) throw parameter(node.ParamRef.number ?? 0, reading);
    if ('FuncCall' in node) refuseCall(node.FuncCall, reading);
    if ('ColumnRef' in node) refuseColumn(node.ColumnRef.fields ?? [], rows, reading);
  }
}

function refuseCall(call: FuncCall, reading: Reading): void {
  const name = stringsOf(call.funcname).at(-1) ?? '';
  if (call.over !== undefined) throw refusedForm(`the window function ${name}`, reading);
  const isMarked = call.agg_star ?? call.agg_distinct ?? call.agg_within_group ?? false;
  if (isMarked || call.agg_order !== undefined || call.agg_filter !== undefined || aggregateFunctions.has(name)) {
    throw refusedForm(`the aggregate ${name}`, reading);
  }
  if (setFunctions.has(name)) throw refusedForm(`${name}, which makes many rows of one`, reading);
}

function refuseColumn(fields: readonly Node[], rows: Rows, reading: Reading): void {
  const names = stringsOf(fields);
  if (fields.some((field) => 'A_Star' in field)) throw refusedForm('*', reading);
  const own = rows.alias === undefined ? [rows.table.name, `${rows.table.schema}.${rows.table.name}`] : [rows.alias];
  if (names.length === 1 && own.includes(names[0] ?? '')) throw refusedForm(`the whole row ${names[0]}`, reading);
  const qualifier = names.slice(0, -1).join('.');
  if (qualifier === '' || own.includes(qualifier)) return;
  throw fail('unknown-object', {
    what: `${names.join('.')} on line ${reading.statement.line} belongs to no table of the statement.`,
    why: `The statement goes through ${own[0]} alone.`,
    next: `Name a column of ${own[0]}.`,
  });
}

function refusedForm(form: string, reading: Reading): Error {
  return refused(reading.statement, {
    what: `A data step with ${form}`,
    why: 'It is done range after range of one table, each range once, so it can look at single rows of that table only.',
    next: 'Write it as UPDATE, DELETE or INSERT … SELECT over one table whose values depend on their own row.',
  });
}

function parameter(number: number, reading: Reading): Error {
  return fail('bad-input', {
    what: `The parameter $${number} on line ${reading.statement.line} has no value.`,
    why: 'An intent is SQL that stands by itself.',
    next: 'Write the value in its place.',
  });
}
