import { parseSync, scanSync } from 'libpg-query';
import { fail } from '#core/error';
import { quoteName } from '../quote.ts';

type Reference = { readonly start: number; readonly parts: readonly string[] };

const opening = 'SELECT ';

/**
 * An expression over one table with its columns said by other name parts; see `NameSpelling.rewriteColumns`. What the
 * user wrote stays byte for byte around them. Throws `not-built` for a query within the expression, whose names only
 * the server could tell apart.
 */
export function rewriteColumns(expression: string, columns: Readonly<Record<string, readonly string[]>>): string {
  const text = opening + expression;
  const references = referencesIn(parseSync(text), expression);
  let bytes = Buffer.from(text);
  for (const { start, parts } of [...references].sort((one, other) => other.start - one.start)) {
    const said = columns[parts.at(-1) ?? ''];
    if (said === undefined) continue;
    const end = endOf(text, start, parts.length);
    const spelled = Buffer.from(said.map(quoteName).join('.'));
    bytes = Buffer.concat([bytes.subarray(0, start), spelled, bytes.subarray(end)]);
  }
  return bytes.toString().slice(opening.length);
}

function referencesIn(node: unknown, expression: string): readonly Reference[] {
  if (Array.isArray(node)) return node.flatMap((part) => referencesIn(part, expression));
  if (!isRecord(node)) return [];
  if ('SubLink' in node) throw queryInside(expression);
  const own = 'ColumnRef' in node ? referenceOf(node['ColumnRef']) : undefined;
  const inner = Object.values(node).flatMap((part) => referencesIn(part, expression));
  return own === undefined ? inner : [own, ...inner];
}

function referenceOf(node: unknown): Reference | undefined {
  if (!isRecord(node) || !Array.isArray(node['fields'])) return undefined;
  const start = node['location'];
  const parts = node['fields'].flatMap((field: unknown) => {
    const text = isRecord(field) && isRecord(field['String']) ? field['String']['sval'] : undefined;
    return typeof text === 'string' ? [text] : [];
  });
  return typeof start === 'number' && parts.length > 0 ? { start, parts } : undefined;
}

/** A reference of n parts ends with the token that follows n - 1 dots. */
function endOf(text: string, start: number, parts: number): number {
  const tokens = scanSync(text).tokens.filter((token) => token.start >= start);
  return tokens[2 * (parts - 1)]?.end ?? start;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function queryInside(expression: string) {
  return fail('not-built', {
    what: `The expression ${expression} has a query within it.`,
    why: 'A transformation is carried out row by row, in a trigger too, and may read the columns of its own row only.',
    next: 'Put the query into a function of your own and call that with the columns that it needs.',
  });
}
