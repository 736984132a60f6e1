import type { ChangeOf } from '../../diff.ts';
import type { NewColumn } from '../../edit.ts';
import type { PlanContext } from '../../operation.ts';
import { type Column, plainName, type Snapshot, type Table } from '../../schema.ts';
import type { ColumnText } from '../../spelling.ts';

type Create = ChangeOf<'create-table'>;

/** CREATE TABLE as it was stated; written anew where later statements of the intent changed its name or columns. */
export function tableStatements(
  { table, stated }: Create,
  isWhole: boolean,
  { spelling, target, before }: PlanContext,
): readonly string[] {
  if (isWhole) return [stated.statement];
  const { schema } = table;
  const taken = takenIn(before, schema);
  const sequenceName = (name: string, column: string) =>
    spelling.sequenceName({ schema, name }, column, (other) => taken.has(other));
  const sequences = table.columns.flatMap((column) => {
    const known = target.newColumns[column.id];
    if (known?.isSerial !== true) return [];
    const from = sequenceName(table.name, column.name);
    const to = sequenceName(tableNameIn(column.id, { schema, column: known.name }), known.name);
    return plainName(from) === plainName(to) ? [] : [spelling.renameSequence(from, to.name)];
  });
  const columns = table.columns.map((column) => columnText(column, table, target.newColumns[column.id]));
  return [spelling.createTable(table, columns), ...sequences];
}

/** The lineage of a new column holds what its table was called when it came, and so what its sequence is called. */
function tableNameIn(id: string, { schema, column }: { readonly schema: string; readonly column: string }): string {
  return id.slice(`+${schema}.`.length, -`.${column}`.length);
}

function takenIn({ tables, sequences, views }: Snapshot, schema: string): ReadonlySet<string> {
  const all = [...tables, ...sequences, ...views].filter((one) => one.schema === schema).map(({ name }) => name);
  const indexes = tables.filter((one) => one.schema === schema).flatMap((table) => table.indexes);
  return new Set([...all, ...indexes.map(({ name }) => name)]);
}

/** True when no later statement changed what CREATE TABLE itself says. */
export function isAsStated({ table, stated }: Create): boolean {
  const names = new Set(table.constraints.map(({ name }) => name));
  return (
    plainName(table) === plainName(stated.table) &&
    table.columns.length === stated.columns.length &&
    table.columns.every((column, place) => isSame(column, stated.columns[place], keyOf(table))) &&
    stated.constraints.every(({ name }) => name !== undefined && names.has(name))
  );
}

function keyOf({ constraints }: Table): readonly string[] {
  return constraints.find(({ kind }) => kind === 'primary-key')?.columns ?? [];
}

function isSame(column: Column, stated: NewColumn | undefined, key: readonly string[]): boolean {
  if (stated === undefined) return false;
  const { name, type, collation, defaultExpression, identity, generated } = stated;
  const isSameDefault = column.defaultExpression === defaultExpression;
  const isSameKind = column.identity === identity && column.generated?.expression === generated?.expression;
  const isSameType = column.name === name && column.type === type && column.collation === collation;
  const isRequired = column.isNotNull === stated.isNotNull || key.includes(column.id);
  return isSameType && isSameKind && isSameDefault && isRequired;
}

const serials: Readonly<Record<string, string>> = { smallint: 'smallserial', integer: 'serial', bigint: 'bigserial' };

function columnText(column: Column, table: Table, stated: NewColumn | undefined): ColumnText {
  const { name, type, collation, defaultExpression, identity, generated } = column;
  const isNotNull = column.isNotNull && !keyOf(table).includes(column.id);
  const isSerial = stated?.isSerial === true && defaultExpression === stated.defaultExpression;
  return {
    name,
    type: isSerial ? (serials[type] ?? type) : type,
    collation,
    isNotNull,
    defaultExpression: isSerial ? undefined : defaultExpression,
    identity,
    generated,
  };
}
