import type { Node, TypeName } from 'libpg-query';
import { fail } from '#core/error';
import { quoteName } from '../quote.ts';
import { sourceText } from './source-text.ts';
import { deparse, parseTree, scanTokens } from './syntax-tree.ts';
import { stringsOf } from './walk.ts';

/** Names that the grammar or the catalog has for a type, and how format_type() prints it: before and after the modifier. */
const printedAs: Readonly<Record<string, readonly [string, string?]>> = {
  int2: ['smallint'],
  int4: ['integer'],
  int8: ['bigint'],
  float4: ['real'],
  float8: ['double precision'],
  bool: ['boolean'],
  varchar: ['character varying'],
  bpchar: ['character'],
  varbit: ['bit varying'],
  bit: ['bit'],
  numeric: ['numeric'],
  time: ['time', ' without time zone'],
  timetz: ['time', ' with time zone'],
  timestamp: ['timestamp', ' without time zone'],
  timestamptz: ['timestamp', ' with time zone'],
};

const serials: Readonly<Record<string, string>> = {
  smallserial: 'smallint',
  serial2: 'smallint',
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
};

/**
 * A type as format_type() prints it (`character varying(40)`, `timestamp with time zone`, `integer[]`); a user's own
 * type as it is written, quoted where needed. Throws `not-built` for `%TYPE` and SETOF.
 */
export function typeText(type: TypeName): string {
  if (type.pct_type === true || type.setof === true) {
    throw fail('not-built', {
      what: `A column cannot take its type from ${stringsOf(type.names).join('.')}.`,
      why: 'godwit plans with the type itself, not with a reference to another column.',
      next: 'Name the type.',
    });
  }
  const arrays = (type.arrayBounds ?? []).length > 0 ? '[]' : '';
  return `${serials[serialName(type) ?? ''] ?? scalarText(type)}${arrays}`;
}

/** True for smallserial, serial and bigserial, which are no types but a sequence with a default. */
export function isSerial(type: TypeName): boolean {
  return serialName(type) !== undefined;
}

/** A name as the server prints it: quoted only where it is not plain lower case, or a reserved word. */
export function printName(name: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) return quoteName(name);
  return scanTokens(sourceText(name))[0]?.isReserved === true ? quoteName(name) : name;
}

function serialName(type: TypeName): string | undefined {
  const [name, ...others] = stringsOf(type.names);
  return name !== undefined && others.length === 0 && Object.hasOwn(serials, name) ? name : undefined;
}

function scalarText(type: TypeName): string {
  const names = stringsOf(type.names);
  const name = names.length === 1 ? names[0] : names[0] === 'pg_catalog' ? names[1] : undefined;
  const written = (type.typmods ?? []).map(modifierText);
  const modifiers = name === 'numeric' && written.length === 1 ? [...written, '0'] : written;
  if (name === 'interval' && modifiers.length > 0) return intervalText(type);
  const inBrackets = modifiers.length === 0 ? '' : `(${modifiers.join(',')})`;
  const printed = name !== undefined && Object.hasOwn(printedAs, name) ? printedAs[name] : undefined;
  if (printed !== undefined && (name === 'bpchar' || name === 'bit') && modifiers.length === 0) {
    // Without a length these are not char(1) and bit(1): format_type() prints them so that they parse back.
    return name === 'bit' ? '"bit"' : 'bpchar';
  }
  if (printed !== undefined) return `${printed[0]}${inBrackets}${printed[1] ?? ''}`;
  const shown = names[0] === 'pg_catalog' && names[1] !== undefined ? [names[1]] : names;
  return `${shown.map(typeName).join('.')}${inBrackets}`;
}

/** `interval` and `json` are reserved words that stand as types unquoted; `"char"` is not `char`. */
function typeName(name: string): string {
  return ['interval', 'json'].includes(name) ? name : printName(name);
}

function modifierText(node: Node): string {
  if ('A_Const' in node && node.A_Const.ival !== undefined) return String(node.A_Const.ival.ival ?? 0);
  return deparse(node) ?? '';
}

/** `interval day to second(3)`: its fields stand in a bit mask, which the deparser spells. */
function intervalText(type: TypeName): string {
  const text = deparse({ TypeName: { ...type, arrayBounds: [] } }) ?? '';
  parseTree(`SELECT NULL::${text}`);
  return text;
}

/** A name without quotes as the server takes it: only ASCII letters are folded in a UTF-8 database. */
export function foldCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
