import { parseSync } from 'libpg-query';
import { deparseSync } from 'pgsql-deparser';
import { assert } from '#core/assert';
import type { QualifiedName } from '../../../schema.ts';
import type { IndexSpelling } from '../../../spelling.ts';
import { quoteLiteral, quoteName, quoteQualified } from '../quote.ts';

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

type Names = Readonly<Record<string, string>>;

function copyIndex(definition: string, copy: Parameters<IndexSpelling['copyIndex']>[1]): string {
  const tree = parseSync(definition);
  const statement = tree.stmts?.[0]?.stmt;
  assert(statement !== undefined && 'IndexStmt' in statement, `not an index: ${definition}`);
  const index = statement.IndexStmt;
  index.idxname = copy.name;
  index.concurrent = true;
  if (index.relation !== undefined) {
    index.relation.schemaname = copy.table.schema;
    index.relation.relname = copy.table.name;
    index.relation.inh = true;
  }
  renameIn(index, copy.columns);
  return deparseSync(tree);
}

function renameInDefinition(definition: string, columns: Names): string {
  const opening = 'ALTER TABLE t ADD CONSTRAINT c ';
  const tree = parseSync(opening + definition);
  renameIn(tree, columns);
  const text = deparseSync(tree);
  const start = text.search(/\b(CHECK|UNIQUE|PRIMARY KEY|FOREIGN KEY|EXCLUDE)\b/);
  return text.slice(start);
}

/** Renames columns in index keys, INCLUDE lists, key lists of constraints and expressions of a tree, in place. */
function renameIn(node: unknown, columns: Names): void {
  if (Array.isArray(node)) {
    for (const part of node) renameIn(part, columns);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'IndexElem') renameKey(value, columns);
    else if (['keys', 'fk_attrs', 'including'].includes(key)) renameStrings(value, columns);
    else if (key === 'ColumnRef') renameReference(value, columns);
    renameIn(value, columns);
  }
}

function renameKey(element: unknown, columns: Names): void {
  if (!isRecord(element) || typeof element['name'] !== 'string') return;
  element['name'] = columns[element['name']] ?? element['name'];
}

function renameReference(reference: unknown, columns: Names): void {
  if (!isRecord(reference) || !Array.isArray(reference['fields'])) return;
  renameStrings(reference['fields'].slice(-1), columns);
}

function renameStrings(list: unknown, columns: Names): void {
  if (!Array.isArray(list)) return;
  for (const item of list) {
    const text: unknown = isRecord(item) ? item['String'] : undefined;
    if (!isRecord(text) || typeof text['sval'] !== 'string') continue;
    text['sval'] = columns[text['sval']] ?? text['sval'];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
