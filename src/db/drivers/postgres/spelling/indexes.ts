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
  addConstraintUsingIndex: (table, constraint, { kind, index, definition = '' }) => {
    const word = kind === 'unique' ? 'UNIQUE' : 'PRIMARY KEY';
    const deferred = /\bDEFERRABLE.*$/.exec(definition)?.[0] ?? '';
    return addConstraint(table, constraint, `${word} USING INDEX ${quoteName(index)} ${deferred}`.trimEnd());
  },
  renameConstraint: (table, constraint, to) =>
    `${alter(table)} RENAME CONSTRAINT ${quoteName(constraint)} TO ${quoteName(to)}`,
  commentOnConstraint: (table, constraint, comment) =>
    `COMMENT ON CONSTRAINT ${quoteName(constraint)} ON ${quoteQualified(table)} IS ${commentText(comment)}`,
  copyIndex: (definition, { isConcurrent = true, ...copy }) =>
    rewriteIndexDefinition(definition, { ...copy, isConcurrent }),
  renameInDefinition: (definition, columns, other) =>
    rewriteConstraintDefinition(definition, columns, other?.columns, other?.table),
  renameIndex: (schema, index, to) =>
    `ALTER INDEX ${quoteQualified({ schema, name: index })} RENAME TO ${quoteName(to)}`,
  commentOnIndex: (schema, index, comment) =>
    `COMMENT ON INDEX ${quoteQualified({ schema, name: index })} IS ${commentText(comment)}`,
};

function commentText(comment: string | undefined): string {
  return comment === undefined ? 'NULL' : quoteLiteral(comment);
}

function alter(table: QualifiedName): string {
  return `ALTER TABLE ${quoteQualified(table)}`;
}

function addConstraint(table: QualifiedName, constraint: string, definition: string): string {
  return `${alter(table)} ADD CONSTRAINT ${quoteName(constraint)} ${definition}`;
}
