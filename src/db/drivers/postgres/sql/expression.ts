import { assert } from '#core/assert';
import { quoteName } from '../quote.ts';
import { type Expression, parseExpression, prefix } from './expression-tree.ts';
import { printExpression } from './print.ts';
import {
  type Reference,
  type Renames,
  type Replacement,
  referencesIn,
  renamed,
  renamedTree,
  replaceAt,
} from './reference.ts';
import { comparable } from './syntax-tree.ts';
import { printName } from './type-text.ts';
import { isNode, nodesIn, stringsOf } from './walk.ts';

/**
 * Names of the columns that an expression mentions, each once, in order; `t.name` counts as `name`, and `t.*` as `*`.
 * Throws `sql-syntax` for a text that is not one expression, as every function here does.
 */
export function columnsIn(expression: string): readonly string[] {
  const { node } = parseExpression(expression);
  return columnsOf(node);
}

/** The same of a tree. */
export function columnsOf(tree: unknown): readonly string[] {
  const names = [...nodesIn(tree)].flatMap((node) => {
    if (!('ColumnRef' in node)) return [];
    const fields = node.ColumnRef.fields ?? [];
    return fields.some((field) => 'A_Star' in field) ? ['*'] : stringsOf(fields).slice(-1);
  });
  return [...new Set(names)];
}

/**
 * The expression with columns renamed, `t.name` and `schema.t.name` too; all else stays as it was written. The result is
 * parsed again and must be the same tree under the new names.
 */
export function rewriteColumns(expression: string, renames: Renames): string {
  const parsed = parseExpression(expression);
  const written = edited(parsed, ({ names, tokens, hasStar }) => {
    const to = hasStar ? undefined : renamed(renames, names.at(-1));
    const last = tokens.at(-1);
    return to === undefined || last === undefined ? [] : [{ start: last.start, end: last.end, text: printName(to) }];
  });
  const expected = comparable(renamedTree(parsed.node, renames));
  assert(comparable(parseExpression(written).node) === expected, `columns of ${expression} came out as ${written}`);
  return written;
}

/** The expression with every column under one qualifier: `qualifyColumns('lower(u.name)', 't')` is `lower("t".name)`. */
export function qualifyColumns(expression: string, qualifier: string): string {
  return withQualifier(expression, `${quoteName(qualifier)}.`);
}

/** The expression with bare columns: `lower(u.name)` becomes `lower(name)`. */
export function bareColumns(expression: string): string {
  return withQualifier(expression, '');
}

/** Qualifiers that columns of an expression stand under, e.g. `u` or `public.users`; each once. */
export function qualifiersIn(expression: string): readonly string[] {
  const { node } = parseExpression(expression);
  const qualifiers = [...nodesIn(node)].flatMap((inner) => {
    if (!('ColumnRef' in inner)) return [];
    const fields = inner.ColumnRef.fields ?? [];
    return fields.length > 1 ? [stringsOf(fields.slice(0, -1)).join('.')] : [];
  });
  return [...new Set(qualifiers)];
}

/** Names of the functions that an expression calls, with their schema where it is written; each once. */
export function functionsIn(expression: string): readonly string[] {
  const { node } = parseExpression(expression);
  const names = [...nodesIn(node)].flatMap((inner) =>
    'FuncCall' in inner ? [stringsOf(inner.FuncCall.funcname).join('.')] : [],
  );
  return [...new Set(names)];
}

/** The expression in one spelling, for comparing: brackets, spaces, case of keywords and names of types do not count. */
export function normalExpression(expression: string): string {
  const node = shortTypes(parseExpression(expression).node);
  assert(isNode(node), `no expression any more: ${expression}`);
  return printExpression(node);
}

/** `int` is pg_catalog.int4 to the parser, and int4 is int4: both as the latter. */
function shortTypes(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(shortTypes);
  if (typeof tree !== 'object' || tree === null) return tree;
  const entries: [string, unknown][] = Object.entries(tree);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key === 'typeName' ? shortType(value) : shortTypes(value)]),
  );
}

function shortType(type: unknown): unknown {
  if (typeof type !== 'object' || type === null || !('names' in type) || !Array.isArray(type.names)) return type;
  const names: readonly unknown[] = type.names;
  const [schema] = names;
  const isShipped = isNode(schema) && 'String' in schema && schema.String.sval === 'pg_catalog';
  return isShipped && !('typmods' in type) ? { ...type, names: names.slice(1) } : type;
}

function withQualifier(expression: string, qualifier: string): string {
  const parsed = parseExpression(expression);
  return edited(parsed, ({ tokens }) => {
    const [first, last] = [tokens[0], tokens.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [{ start: first.start, end: last.start, text: qualifier }];
  });
}

function edited(parsed: Expression, edit: (reference: Reference) => readonly Replacement[]): string {
  const replacements = referencesIn(parsed.node, parsed.source).flatMap(edit);
  return replaceAt(
    parsed.text,
    replacements.map(({ start, end, text }) => ({ start: start - prefix, end: end - prefix, text })),
  );
}
