import type { TypeName } from 'libpg-query';
import { stringsOf } from '../drivers/postgres/sql/walk.ts';

/** A type as a statement names it, in the server's own short names: `int4`, `varchar`, `timestamptz`. */
export type ColumnType = {
  /** Without pg_catalog; a user's type as it is written, with its schema where one is given. */
  readonly name: string;
  readonly schema: string | undefined;
  /** Length, or precision and scale; undefined elements are not plain numbers. */
  readonly modifiers: readonly (number | undefined)[];
  readonly isArray: boolean;
  /** smallserial, serial and bigserial are an integer with a sequence. */
  readonly isSerial: boolean;
};

const serials: Readonly<Record<string, string>> = {
  smallserial: 'int2',
  serial2: 'int2',
  serial: 'int4',
  serial4: 'int4',
  bigserial: 'int8',
  serial8: 'int8',
};

const spelledAs: Readonly<Record<string, string>> = { int: 'int4', integer: 'int4', bigint: 'int8', smallint: 'int2' };

/** The type that a tree names; what is missing is the type of no name. */
export function columnType(type: TypeName | undefined): ColumnType {
  const names = stringsOf(type?.names);
  const own = names[0] === 'pg_catalog' ? names.slice(1) : names;
  const last = own.at(-1) ?? '';
  const base = own.length === 1 ? serials[last] : undefined;
  return {
    name: base ?? spelledAs[last] ?? last,
    schema: own.length > 1 ? own[0] : undefined,
    modifiers: (type?.typmods ?? []).map((node) =>
      'A_Const' in node && node.A_Const.ival !== undefined ? (node.A_Const.ival.ival ?? 0) : undefined,
    ),
    isArray: (type?.arrayBounds ?? []).length > 0,
    isSerial: base !== undefined,
  };
}

/** As people write it: `varchar(20)`, `bigint`, `app.mood[]`. */
export function typeWords({ name, schema, modifiers, isArray }: ColumnType): string {
  const said = schema === undefined ? (plainWords[name] ?? name) : `${schema}.${name}`;
  const inBrackets = modifiers.length === 0 ? '' : `(${modifiers.map((one) => one ?? '?').join(',')})`;
  return `${said}${inBrackets}${isArray ? '[]' : ''}`;
}

const plainWords: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  bpchar: 'char',
};
