import type { QualifiedName } from '../../schema.ts';

/**
 * A name as an identifier in SQL. Always quoted, so that no list of keywords has to be kept for each version
 * (https://www.postgresql.org/docs/18/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS).
 */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as a literal in SQL; backslashes make it an escape string, whatever standard_conforming_strings says. */
export function quoteLiteral(text: string): string {
  const doubled = text.replaceAll("'", "''");
  return doubled.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

/** `"schema"."name"`. */
export function quoteQualified(name: QualifiedName): string {
  return `${quoteName(name.schema)}.${quoteName(name.name)}`;
}

/** `"a", "b"`. */
export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(', ');
}

/** A piece of SQL that stands as it is: made by `sql`, `raw` or `join`, never from a user's value. */
export type SqlText = { readonly kind: 'sql-text'; readonly text: string };

/** What may stand in a hole of `sql`: a qualified name, a literal, or SQL that is already built. */
export type SqlPart =
  | SqlText
  | QualifiedName
  | { readonly kind: 'name'; readonly name: string }
  | string
  | number
  | boolean;

/**
 * Builds SQL text. In a hole a qualified name is quoted as such, `name('x')` as an identifier, a string becomes a
 * literal, a number or boolean stands as it is, and `sql`, `raw` and `join` are put in unchanged.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly SqlPart[]): SqlText {
  const text = strings.map((string, place) => (place === 0 ? string : `${spell(parts[place - 1])}${string}`)).join('');
  return { kind: 'sql-text', text };
}

/** An identifier for a hole of `sql`. */
export function name(text: string): SqlPart {
  return { kind: 'name', name: text };
}

/** SQL that the server printed or a user wrote as SQL: an expression, a type, a definition. */
export function raw(text: string): SqlText {
  return { kind: 'sql-text', text };
}

/** Parts with a separator between them, `, ` unless another is named. */
export function join(parts: readonly SqlPart[], separator = ', '): SqlText {
  return { kind: 'sql-text', text: parts.map(spell).join(separator) };
}

function spell(part: SqlPart | undefined): string {
  if (part === undefined) return '';
  if (typeof part === 'string') return quoteLiteral(part);
  if (typeof part === 'number' || typeof part === 'boolean') return String(part);
  if ('text' in part) return part.text;
  return 'schema' in part ? quoteQualified(part) : quoteName(part.name);
}
