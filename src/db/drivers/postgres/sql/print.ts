import type { Node } from 'libpg-query';
import { fail, isFailure } from '#core/error';
import { parseExpression } from './expression-tree.ts';
import { comparable, deparse, parseTree } from './syntax-tree.ts';

/**
 * SQL text of an expression, on one line. It is parsed again and compared, because the deparser loses brackets in places
 * (18.3.8: `(NOT a) IS NULL`). Throws `not-built` where it does not come back the same.
 */
export function printExpression(node: Node): string {
  return proven(node, (text) => parseExpression(text).node);
}

/** SQL text of a whole statement, on one line, proven as `printExpression` does. */
export function printStatement(node: Node): string {
  return proven(node, (text) => {
    const { statements } = parseTree(text);
    return statements.length === 1 ? statements[0]?.stmt : undefined;
  });
}

function proven(node: Node, reparse: (text: string) => Node | undefined): string {
  const text = deparse(node);
  if (text !== undefined && isSame(node, text, reparse)) return text;
  throw fail('not-built', {
    what: `godwit cannot write down again what it read${text === undefined ? '' : `: ${text}`}.`,
    why: 'Printed and parsed again it is not the same, so that it cannot be trusted in a plan.',
    next: 'Write it in another way, for example with a plain function call instead of special syntax.',
  });
}

function isSame(node: Node, text: string, reparse: (text: string) => Node | undefined): boolean {
  try {
    return comparable(reparse(text)) === comparable(node);
  } catch (error) {
    if (isFailure(error, 'sql-syntax')) return false;
    throw error;
  }
}
