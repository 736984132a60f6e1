import type { CreateStmt } from 'libpg-query';
import { columnType } from '../../lint/column-type.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

/** Bytes and alignment of types of a fixed size (pg_type.typlen and typalign). */
const sizes: Readonly<Record<string, { readonly bytes: number; readonly align: number }>> = {
  bool: { bytes: 1, align: 1 },
  int2: { bytes: 2, align: 2 },
  int4: { bytes: 4, align: 4 },
  int8: { bytes: 8, align: 8 },
  float4: { bytes: 4, align: 4 },
  float8: { bytes: 8, align: 8 },
  date: { bytes: 4, align: 4 },
  time: { bytes: 8, align: 8 },
  timetz: { bytes: 12, align: 8 },
  timestamp: { bytes: 8, align: 8 },
  timestamptz: { bytes: 8, align: 8 },
  interval: { bytes: 16, align: 8 },
  uuid: { bytes: 16, align: 1 },
  oid: { bytes: 4, align: 4 },
  money: { bytes: 8, align: 8 },
  macaddr: { bytes: 6, align: 4 },
};

/** Rows begin at multiples of this (MAXALIGN of a server for 64 bits). */
const rowAlign = 8;

export const columnOrderPadding: Rule = {
  id: 'pg/column-order-padding',
  severity: 'advice',
  summary: 'The order of the columns makes every row longer',
  why: 'A value of 8 bytes begins at a multiple of 8: after a boolean or an integer the server leaves a gap in every row. The order of columns cannot be changed later without a new table.',
  instead:
    'Name columns of 8 bytes first (bigint, timestamptz, double precision), then those of 4, 2 and 1, then text and the like.',
  aliases: { atlas: ['PG110'], MigrationPilot: ['MP061'] },
  needs: 'static',
  isOptIn: true,
  claims: [],
  bad: [
    { sql: 'CREATE TABLE flags (is_on boolean, id bigint, is_old boolean, made_at timestamptz);' },
    { sql: 'CREATE TABLE points (a integer, b bigint, c integer, d bigint, e text);' },
  ],
  good: [
    { sql: 'CREATE TABLE flags (id bigint, made_at timestamptz, is_on boolean, is_old boolean);' },
    { sql: 'CREATE TABLE pairs (id bigint, kind integer, count integer, name text);' },
    { sql: 'CREATE TABLE one (is_on boolean, id bigint);' },
    { sql: 'CREATE TABLE texts (a text, b bigint, c text, d boolean);' },
  ],
  on: ['CreateStmt'],
  check({ node }) {
    if (!('CreateStmt' in node)) return [];
    const { now, best } = rowBytes(node.CreateStmt);
    if (now - best < rowAlign) return [];
    const table = writtenName(node.CreateStmt.relation);
    return [{ message: `Every row of ${table} is ${now - best} bytes longer than its columns need, for their order.` }];
  },
};

/** Bytes of the columns before the first one of no fixed size, and of the same in the best order. */
function rowBytes({ tableElts }: CreateStmt): { readonly now: number; readonly best: number } {
  const columns = (tableElts ?? []).flatMap((element) => ('ColumnDef' in element ? [element.ColumnDef] : []));
  const found = columns.map((column) => {
    const type = columnType(column.typeName);
    return type.isArray || type.schema !== undefined ? undefined : sizes[type.name];
  });
  const firstOpen = found.indexOf(undefined);
  const fixed = found.slice(0, firstOpen === -1 ? found.length : firstOpen).flatMap((size) => size ?? []);
  return { now: laidOut(fixed), best: laidOut(fixed.toSorted((one, other) => other.align - one.align)) };
}

function laidOut(columns: readonly { readonly bytes: number; readonly align: number }[]): number {
  const end = columns.reduce((at, { bytes, align }) => Math.ceil(at / align) * align + bytes, 0);
  return Math.ceil(end / rowAlign) * rowAlign;
}
