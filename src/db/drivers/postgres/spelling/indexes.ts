import { assert } from '#core/assert';
import type { QualifiedName } from '../../../schema.ts';
import type { IndexSpelling } from '../../../spelling.ts';
import { quoteLiteral, quoteName, quoteQualified } from '../quote.ts';
import { printStatement } from '../sql/print.ts';
import { renamedTree } from '../sql/reference.ts';
import { parseTree } from '../sql/syntax-tree.ts';
import { isNode } from '../sql/walk.ts';

export const indexSpelling: IndexSpelling = {
  addNotNullCheck: (table, constraint, column) =>
    `${addConstraint(table, constraint, `CHECK (${quoteName(column)} IS NOT NULL)`)} NOT VALID`,
  validateConstraint: (table, constraint) => `${alter(table)} VALIDATE CONSTRAINT ${quoteName(constraint)}`,
  dropConstraint: (table, constraint) => `${alter(table)} DROP CONSTRAINT ${quoteName(constraint)}`,
  addConstraint: (table, constraint, definition, options) =>
    `${addConstraint(table, constraint, definition)}${options?.notValid === true ? ' NOT VALID' : ''}`,
  addConstraintUsingIndex: (table, constraint, kind, index) =>
    addConstraint(table, constraint, `${kind === 'unique' ? 'UNIQUE' : 'PRIMARY KEY'} USING INDEX ${quoteName(index)}`),
  copyIndex,
  renameInDefinition,
  renameIndex: (schema, index, to) =>
    `ALTER INDEX ${quoteQualified({ schema, name: index })} RENAME TO ${quoteName(to)}`,
  commentOnIndex: (schema, { name, comment }) =>
    comment === undefined ? [] : [`COMMENT ON INDEX ${quoteQualified({ schema, name })} IS ${quoteLiteral(comment)}`],
};

function alter(table: QualifiedName): string {
  return `ALTER TABLE ${quoteQualified(table)}`;
}

function addConstraint(table: QualifiedName, constraint: string, definition: string): string {
  return `${alter(table)} ADD CONSTRAINT ${quoteName(constraint)} ${definition}`;
}

function copyIndex(definition: string, copy: Parameters<IndexSpelling['copyIndex']>[1]): string {
  const { statements } = parseTree(definition);
  const statement = statements[0]?.stmt;
  assert(statement !== undefined && 'IndexStmt' in statement, `not an index: ${definition}`);
  const { relation } = statement.IndexStmt;
  assert(relation !== undefined, `an index of no table: ${definition}`);
  const renamed = renamedTree(
    {
      ...statement.IndexStmt,
      idxname: copy.name,
      concurrent: true,
      relation: { ...relation, schemaname: copy.table.schema, relname: copy.table.name, inh: true },
    },
    copy.columns,
  );
  const node = { IndexStmt: renamed };
  assert(isNode(node), 'an index is no node');
  return printStatement(node);
}

const constraintOpening = 'ALTER TABLE t ADD CONSTRAINT c ';

function renameInDefinition(definition: string, columns: Readonly<Record<string, string>>): string {
  const node = renamedTree(parseTree(constraintOpening + definition).statements[0]?.stmt, columns);
  assert(isNode(node), `not a constraint: ${definition}`);
  const text = printStatement(node);
  return text.slice(text.search(/\b(CHECK|UNIQUE|PRIMARY KEY|FOREIGN KEY|EXCLUDE)\b/));
}
