import type { LintContext } from '../context.ts';
import type { Unit } from '../unit.ts';

const beforeWord =
  /^(create\s+(?:unique\s+)?index|drop\s+index|reindex\s+(?:\([^()]*\)\s*)?(?:index|table|schema|database))\b/i;

/**
 * The statement of CREATE INDEX, DROP INDEX or REINDEX with CONCURRENTLY put in. Undefined where it may run in a
 * transaction with others or in a function, or where comments stand among its first words.
 */
export function insertConcurrently({ statement }: Unit, { file }: Pick<LintContext, 'file'>): string | undefined {
  const text = file.text.slice(statement.start, statement.end);
  const isAlone = statement.isAlone && !statement.isInTransaction && statement.within === undefined;
  return isAlone && beforeWord.test(text) ? text.replace(beforeWord, '$1 CONCURRENTLY') : undefined;
}
