import type { Fact } from '#core/plan';
import { type Column, plainName, primaryKeyOf, type Snapshot, type Table } from './schema.ts';

/** What a table is, for the heads "Current State" and "Target State": its size, and the columns that are named. */
export function tableFacts(table: Table, columnIds: readonly string[]): readonly Fact[] {
  const columns = table.columns.filter(({ id }) => columnIds.includes(id));
  return [
    { subject: plainName(table), detail: tableDetail(table) },
    ...columns.map((column) => ({
      subject: `${plainName(table)}.${column.name}`,
      detail: columnDetail(table, column),
    })),
  ];
}

/** Every column of a snapshot, told as `tableFacts` tells it. */
export function columnFacts(snapshot: Snapshot): readonly Fact[] {
  return snapshot.tables.flatMap((table) =>
    tableFacts(
      table,
      table.columns.map(({ id }) => id),
    ).slice(1),
  );
}

function tableDetail(table: Table): string {
  const key = primaryKeyOf(table);
  const keyNames = table.columns.filter(({ id }) => key?.columns.includes(id)).map(({ name }) => name);
  const parts = [
    `about ${count(table.rows, 'row')}, ${bytes(table.bytes)}`,
    count(table.columns.length, 'column'),
    count(table.indexes.length, 'index', 'indexes'),
    keyNames.length > 0 ? `primary key ${keyNames.join(', ')}` : 'no primary key',
    ...(table.triggers.length > 0 ? [count(table.triggers.length, 'trigger')] : []),
    ...(table.rowSecurity === 'off' ? [] : [`row security ${table.rowSecurity}`]),
  ];
  return parts.join('; ');
}

/** A column in words that SQL has: type, NOT NULL, default, and what stands on it. */
function columnDetail(table: Table, column: Column): string {
  const on = [
    ...table.constraints.filter(({ columns }) => columns.includes(column.id)).map(({ name }) => `constraint ${name}`),
    ...table.indexes
      .filter((index) => index.constraint === undefined && index.dependsOn.includes(column.id))
      .map(({ name }) => `index ${name}`),
  ];
  const words = [
    column.type,
    ...(column.collation === undefined ? [] : [`COLLATE ${column.collation}`]),
    ...(column.isNotNull ? ['NOT NULL'] : []),
    ...(column.identity === undefined ? [] : [`GENERATED ${column.identity.toUpperCase()} AS IDENTITY`]),
    ...(column.generated === undefined
      ? []
      : [`GENERATED ALWAYS AS (${column.generated.expression}) ${column.generated.kind.toUpperCase()}`]),
    ...(column.defaultExpression === undefined ? [] : [`DEFAULT ${column.defaultExpression}`]),
  ];
  return [words.join(' '), ...on].join('; ');
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${Math.round(number).toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

function bytes(size: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, size)) / 10)));
  const scaled = size / 1024 ** power;
  return `${scaled >= 10 || power === 0 ? Math.round(scaled) : scaled.toFixed(1)} ${units[power]}`;
}
