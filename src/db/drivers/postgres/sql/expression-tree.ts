import type { Node } from 'libpg-query';
import { fail } from '#core/error';
import type { SourceText } from './source-text.ts';
import { type Naming, parseTree } from './syntax-tree.ts';

/** An expression that was parsed. Places in `source` are shifted by `prefix`. */
export type Expression = { readonly text: string; readonly node: Node; readonly source: SourceText };

const before = 'SELECT (';
/** The bracket stands on a line of its own, so that a comment at the end of an expression does not swallow it. */
const after = '\n)';

/** Characters that stand before the expression in its `source`. */
export const prefix = before.length;

/**
 * Parses one scalar expression. Throws `sql-syntax` when it does not parse, or when the text is more than one
 * expression and would break out of the place where it is put (`1), (2`, `a) FROM t --`).
 */
export function parseExpression(text: string, naming: Naming = { what: 'The expression' }): Expression {
  if (text.trim() === '') throw notOne(text, naming);
  const written = { text, start: prefix };
  const { source, statements } = parseTree(`${before}${text}${after}`, { ...naming, written });
  const node = statements.length === 1 ? onlyTarget(statements[0]?.stmt) : undefined;
  if (node === undefined) throw notOne(text, naming);
  return { text, node, source };
}

function onlyTarget(statement: Node | undefined): Node | undefined {
  if (statement === undefined || !('SelectStmt' in statement)) return undefined;
  // A bare SELECT has these three keys; any further one (fromClause, whereClause …) came out of the text.
  const { targetList, limitOption, op, ...others } = statement.SelectStmt;
  const [target, ...more] = targetList ?? [];
  const isBare = limitOption === 'LIMIT_OPTION_DEFAULT' && op === 'SETOP_NONE' && Object.keys(others).length === 0;
  if (!isBare || more.length > 0 || target === undefined || !('ResTarget' in target)) return undefined;
  const { val, name } = target.ResTarget;
  return name === undefined ? val : undefined;
}

function notOne(text: string, naming: Naming): Error {
  return fail('sql-syntax', {
    what: `${naming.what} is not one expression: ${text.trim() === '' ? '(empty)' : text}`,
    why: 'It is put into SQL as a single value, so exactly one expression is wanted.',
    next: 'Write one expression, such as lower(name).',
  });
}
