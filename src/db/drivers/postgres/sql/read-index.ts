import type { IndexStmt, Node } from 'libpg-query';
import type { NewIndex } from '../../../edit.ts';
import { automaticIndexName, indexParts } from './automatic-name.ts';
import { elementText, optionsText } from './definition-text.ts';
import { columnsOf } from './expression.ts';
import { printExpression } from './print.ts';
import type { Reader } from './reading.ts';

/** Reads CREATE INDEX; CONCURRENTLY is taken as said, since no index is built in another way. */
export const readCreateIndex: Reader = (node, reading) => {
  if (!('IndexStmt' in node)) return [];
  const statement = node.IndexStmt;
  const table = reading.relation(statement.relation);
  const elements = [...(statement.indexParams ?? []), ...(statement.indexIncludingParams ?? [])];
  const name =
    statement.idxname ??
    reading.automatic(table.schema, (isTaken) => automaticIndexName(table.name, indexParts(elements), isTaken));
  const index = { ...indexOf(statement), name };
  return [{ edit: { kind: 'create-index', table, index, ifNotExists: statement.if_not_exists === true } }];
};

function indexOf(statement: IndexStmt): Omit<NewIndex, 'name'> {
  const keys = statement.indexParams ?? [];
  const including = statement.indexIncludingParams ?? [];
  return {
    isUnique: statement.unique === true,
    method: statement.accessMethod ?? 'btree',
    keys: keys.map((element) => ({
      column: columnOf(element),
      expression: expressionOf(element),
      text: elementText(element),
    })),
    include: including.flatMap((element) => columnOf(element) ?? []),
    nullsNotDistinct: statement.nulls_not_distinct === true,
    with: optionsText(statement.options),
    tablespace: statement.tableSpace,
    predicate: statement.whereClause === undefined ? undefined : printExpression(statement.whereClause),
    columnsRead: columnsRead([...keys, ...including], statement.whereClause),
  };
}

function columnOf(element: Node): string | undefined {
  return 'IndexElem' in element ? element.IndexElem.name : undefined;
}

function expressionOf(element: Node): string | undefined {
  const expression = 'IndexElem' in element ? element.IndexElem.expr : undefined;
  return expression === undefined ? undefined : printExpression(expression);
}

function columnsRead(elements: readonly Node[], predicate: Node | undefined): readonly string[] {
  const keys = elements.flatMap((element) => columnOf(element) ?? columnsOf(element));
  return [...new Set([...keys, ...columnsOf(predicate)])];
}
