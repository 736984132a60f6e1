import type { Value } from './value.ts';

/**
 * What the CHECK constraints (as pg_get_constraintdef prints them) leave of a column, as far as their form is a simple
 * one: a list of values, bounds of a number, a pattern with `%`, a length. Undefined where they say nothing of that kind.
 */
export function allowedValue(
  column: { readonly name: string; readonly type: string },
  checks: readonly string[],
  i: string,
): Value | undefined {
  const name = `\\(*"?${column.name.replace(/[^\w]/g, '\\$&')}"?\\)*(?:::[a-z ]+)?`;
  const text = checks.join(' AND ');
  return listed(column.type, name, text, i) ?? bounded(column.type, name, text, i) ?? like(column.type, name, text, i);
}

/** `(kind = ANY (ARRAY['a'::text, 'b'::text]))`. */
function listed(type: string, name: string, text: string, i: string): Value | undefined {
  const found = new RegExp(`(?<![\\w"])${name} = ANY \\(\\(?ARRAY\\[([^\\]]*)\\]`).exec(text)?.[1];
  const items = found?.match(/'(?:[^']|'')*'|(?<![\w:])-?\d+(?:\.\d+)?/g);
  if (items === null || items === undefined || items.length === 0) return undefined;
  return { sql: `((ARRAY[${items.join(', ')}])[1 + (${i}) % ${items.length}])::${type}`, capacity: items.length };
}

const numbers = /^(?:smallint|integer|bigint|numeric|real|double precision)/;

/** `((age >= 18) AND (age <= 99))`, `(price > (0)::numeric)`. */
function bounded(type: string, name: string, text: string, i: string): Value | undefined {
  if (!numbers.test(type)) return undefined;
  const limits = new RegExp(`(?<![\\w"])${name} (>=|>|<=|<) \\(?'?(-?\\d+(?:\\.\\d+)?)`, 'g');
  let [low, high]: [number | undefined, number | undefined] = [undefined, undefined];
  for (const [, sign, number] of text.matchAll(limits)) {
    const limit = Number(number);
    if (sign === '>=' || sign === '>')
      low = Math.max(low ?? -Infinity, sign === '>' ? Math.floor(limit) + 1 : Math.ceil(limit));
    else high = Math.min(high ?? Infinity, sign === '<' ? Math.ceil(limit) - 1 : Math.floor(limit));
  }
  if (low === undefined && high === undefined) return undefined;
  if (high === undefined) return { sql: `(${low} + (${i}))::${type}`, capacity: Number.MAX_SAFE_INTEGER };
  if (low === undefined) return { sql: `(${high} - (${i}))::${type}`, capacity: Number.MAX_SAFE_INTEGER };
  const room = Math.max(1, high - low + 1);
  return { sql: `(${low} + (${i}) % ${room})::${type}`, capacity: room };
}

/** `(email ~~ '%@%'::text)`. */
function like(type: string, name: string, text: string, i: string): Value | undefined {
  const pattern = new RegExp(`(?<![\\w"])${name} ~~\\*? '((?:[^']|'')*)'`).exec(text)?.[1];
  if (pattern === undefined || !pattern.includes('%')) return undefined;
  const parts = pattern
    .replaceAll('_', 'x')
    .split('%')
    .map((part) => `'${part}'`);
  return { sql: `(${parts.join(` || (${i})::text || `)})::${type}`, capacity: Number.MAX_SAFE_INTEGER };
}
