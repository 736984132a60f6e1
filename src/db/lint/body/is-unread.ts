import { parseQuickly } from '../../drivers/postgres/sql/syntax-tree.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { isBounded } from '../catalog/doubt.ts';
import type { LintStatement } from '../unit.ts';
import { bodiesOf, type CalledBody } from './inner-statements.ts';
import { readBody } from './read-body.ts';

/**
 * Can nobody tell what a statement leaves? What is taken back was never done, and what code builds at run time is read by
 * nobody.
 */
export function isUnread({ node, within }: LintStatement, catalog: Catalog): boolean {
  if ('TransactionStmt' in node) return within !== undefined || /ROLLBACK/.test(node.TransactionStmt.kind ?? '');
  if ('DropOwnedStmt' in node || (within !== undefined && !isBounded(node))) return true;
  if (!('DoStmt' in node || 'CallStmt' in node || 'SelectStmt' in node)) return false;
  const bodies = bodiesOf(node, catalog);
  return ('CallStmt' in node && bodies.length === 0) || bodies.some(isHidden);
}

/** Does a body have parts that cannot be read? */
function isHidden({ language, text, create }: CalledBody): boolean {
  if (language === 'sql') return !('statements' in parseQuickly(text));
  if (language !== 'plpgsql') return true;
  const pieces = readBody(text, create);
  return pieces === undefined || pieces.some(({ kind }) => kind === 'dynamic');
}
