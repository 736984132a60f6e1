import type { QualifiedName } from '../../../schema.ts';
import type { IndexSpelling } from '../../../spelling.ts';
import { quoteLiteral, quoteName, quoteQualified } from '../quote.ts';
import { rewriteConstraintDefinition, rewriteIndexDefinition } from '../sql/definition.ts';

export const indexSpelling: IndexSpelling = {
  addNotNullCheck: (table, constraint, column) =>
    `${addConstraint(table, constraint, `CHECK (${quoteName(column)} IS NOT NULL)`)} NOT VALID`,
  validateConstraint: (table, constraint) => `${alter(table)} VALIDATE CONSTRAINT ${quoteName(constraint)}`,
  dropConstraint: (table, constraint) => `${alter(table)} DROP CONSTRAINT IF EXISTS ${quoteName(constraint)}`,
  addConstraint: (table, constraint, definition, options) =>
    `${addConstraint(table, constraint, definition)}${options?.notValid === true ? ' NOT VALID' : ''}`,
  addConstraintUsingIndex: (table, constraint, kind, index) =>
    addConstraint(table, constraint, `${kind === 'unique' ? 'UNIQUE' : 'PRIMARY KEY'} USING INDEX ${quoteName(index)}`),
  copyIndex: (definition, { name, table, columns }) =>
    rewriteIndexDefinition(definition, { name, table, columns, isConcurrent: true }),
  renameInDefinition: rewriteConstraintDefinition,
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
