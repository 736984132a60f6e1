import type { InsertStmt, Node, RangeVar, SelectStmt } from 'libpg-query';
import { fail } from '#core/error';
import type { QualifiedName } from '../../../schema.ts';
import { bareColumns, columnsIn } from './expression.ts';
import { printExpression, printStatement } from './print.ts';
import { type Reader, type Reading, refused } from './reading.ts';
import { type Rows, refuseAcrossRows, refuseClauses } from './row-limits.ts';
import { isIdempotentAssignment, volatilityOfTree } from './volatility.ts';

/** Reads UPDATE of one table, row by row. Expressions come out with bare column names. */
export const readUpdate: Reader = (node, reading) => {
  if (!('UpdateStmt' in node)) return [];
  const update = node.UpdateStmt;
  refuseClauses(update, reading);
  const rows = rowsOf(update.relation, reading);
  const assignments = (update.targetList ?? []).map((target) => assignmentOf(target, rows, reading));
  const where = predicateOf(update.whereClause, rows, reading);
  refuseTwice(assignments, reading);
  const columnsRead = union([...assignments.map(({ expression }) => expression), where]);
  const isIdempotent = isIdempotentAssignment(assignments, reading.functionVolatility);
  const statement = printStatement({ UpdateStmt: { ...update, relation: withSchema(update.relation, rows.table) } });
  return [{ edit: { kind: 'update-rows', ...rows, assignments, where, columnsRead, isIdempotent, statement } }];
};

/** Reads DELETE from one table. */
export const readDelete: Reader = (node, reading) => {
  if (!('DeleteStmt' in node)) return [];
  const remove = node.DeleteStmt;
  refuseClauses(remove, reading);
  const rows = rowsOf(remove.relation, reading);
  const where = predicateOf(remove.whereClause, rows, reading);
  const statement = printStatement({ DeleteStmt: { ...remove, relation: withSchema(remove.relation, rows.table) } });
  return [{ edit: { kind: 'delete-rows', ...rows, where, columnsRead: union([where]), statement } }];
};

/** Reads INSERT … SELECT from one table, one row for one row. Without a column list `columns` is empty. */
export const readInsert: Reader = (node, reading) => {
  if (!('InsertStmt' in node)) return [];
  const insert = node.InsertStmt;
  refuseClauses(insert, reading);
  const select = selectOf(insert, reading);
  refuseClauses(select, reading);
  const table = reading.relation(insert.relation);
  const [source, ...others] = select.fromClause ?? [];
  if (source === undefined || !('RangeVar' in source) || others.length > 0) throw refusedSource(reading);
  const rows = rowsOf(source.RangeVar, reading);
  const columns = (insert.cols ?? []).map((target) => columnOf(target, reading));
  const selected = (select.targetList ?? []).map((target) => selectedValue(target, rows, reading));
  if (columns.length > 0 && columns.length !== selected.length) throw unequal(columns.length, selected.length, reading);
  const where = predicateOf(select.whereClause, rows, reading);
  const from: Node = { RangeVar: withSchema(source.RangeVar, rows.table) };
  const whole: InsertStmt = {
    ...insert,
    relation: withSchema(insert.relation, table),
    selectStmt: { SelectStmt: { ...select, fromClause: [from] } },
  };
  return [
    {
      edit: {
        kind: 'insert-rows',
        table,
        columns,
        source: rows.table,
        sourceAlias: rows.alias,
        select: selected,
        where,
        columnsRead: union([...selected, where]),
        statement: printStatement({ InsertStmt: whole }),
      },
    },
  ];
};

function rowsOf(relation: RangeVar | undefined, reading: Reading): Rows {
  const alias = relation?.alias;
  if ((alias?.colnames ?? []).length > 0) throw refusedSource(reading);
  return { table: reading.relation(relation), alias: alias?.aliasname };
}

function withSchema(relation: RangeVar | undefined, table: QualifiedName): RangeVar {
  return { ...relation, schemaname: table.schema };
}

type Assignment = { readonly column: string; readonly expression: string };

function assignmentOf(target: Node, rows: Rows, reading: Reading): Assignment {
  const column = columnOf(target, reading);
  const value = 'ResTarget' in target ? assignedValue(target.ResTarget.val) : undefined;
  if (value === undefined) {
    throw refused(reading.statement, {
      what: `The value for column ${column} in this UPDATE`,
      why: 'godwit batches values that stand as one expression for each column; DEFAULT and rows from a query do not.',
      next: 'Write one expression for each column.',
    });
  }
  return { column, expression: expressionOf(value, rows, reading) };
}

/** The value of one column, also out of `(a, b) = (1, 2)`. */
function assignedValue(value: Node | undefined): Node | undefined {
  if (value === undefined || 'SetToDefault' in value) return undefined;
  if (!('MultiAssignRef' in value)) return value;
  const { source, colno = 0 } = value.MultiAssignRef;
  const part = source !== undefined && 'RowExpr' in source ? source.RowExpr.args?.[colno - 1] : undefined;
  return part === undefined || 'SetToDefault' in part ? undefined : part;
}

function columnOf(target: Node, reading: Reading): string {
  if ('ResTarget' in target && (target.ResTarget.indirection ?? []).length === 0) return target.ResTarget.name ?? '';
  throw refused(reading.statement, {
    what: 'A part of a column (an element or field) as a target',
    why: 'godwit keeps whole values for undo.',
    next: 'Assign the whole column, for example with jsonb_set or array functions.',
  });
}

function selectedValue(target: Node, rows: Rows, reading: Reading): string {
  const value = 'ResTarget' in target ? target.ResTarget.val : undefined;
  if (value !== undefined) return expressionOf(value, rows, reading);
  throw refusedSource(reading);
}

function predicateOf(where: Node | undefined, rows: Rows, reading: Reading): string | undefined {
  if (where === undefined) return undefined;
  const predicate = expressionOf(where, rows, reading);
  if (volatilityOfTree(where, reading.functionVolatility) === 'volatile') {
    throw refused(reading.statement, {
      what: 'A data step with a condition that may say something else each time it is asked',
      why: 'Functions such as random() and clock_timestamp(), and functions that are not known to be stable, choose other rows when a batch is done again.',
      next: 'Choose the rows by their own values; mark a function of yours STABLE or IMMUTABLE where it is.',
    });
  }
  return predicate;
}

function expressionOf(node: Node, rows: Rows, reading: Reading): string {
  refuseAcrossRows(node, rows, reading);
  return bareColumns(printExpression(node));
}

function union(expressions: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(expressions.flatMap((expression) => (expression === undefined ? [] : columnsIn(expression))))];
}

function selectOf(insert: InsertStmt, reading: Reading): SelectStmt {
  const select = insert.selectStmt;
  const query = select !== undefined && 'SelectStmt' in select ? select.SelectStmt : undefined;
  if (query !== undefined && query.valuesLists === undefined) return query;
  throw refused(reading.statement, {
    what: query === undefined ? 'INSERT … DEFAULT VALUES' : 'INSERT … VALUES',
    why: 'godwit plans INSERT … SELECT from one table; single rows hold no lock worth planning.',
    next: 'Insert single rows by yourself, or select them from a table.',
  });
}

function refuseTwice(assignments: readonly Assignment[], reading: Reading): void {
  const columns = assignments.map(({ column }) => column);
  const twice = columns.find((column, place) => columns.indexOf(column) !== place);
  if (twice === undefined) return;
  throw fail('bad-input', {
    what: `Column ${twice} is assigned twice in the UPDATE on line ${reading.statement.line}.`,
    why: 'PostgreSQL refuses such a statement.',
    next: 'Assign each column once.',
  });
}

function unequal(columns: number, values: number, reading: Reading): Error {
  return fail('bad-input', {
    what: `The INSERT on line ${reading.statement.line} names ${columns} columns and selects ${values} values.`,
    why: 'Each column needs one value.',
    next: 'Make the two lists equally long.',
  });
}

function refusedSource(reading: Reading): Error {
  return refused(reading.statement, {
    what: 'INSERT … SELECT from anything but one table by name',
    why: 'Rows are copied range after range of one table; joins, functions and column aliases have no such range.',
    next: 'Select from one table, and name the columns.',
  });
}
