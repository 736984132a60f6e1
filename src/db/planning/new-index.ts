import type { Action } from '#core/plan';
import type { IndexAction } from '../action.ts';
import type { NewIndex } from '../edit.ts';
import type { PlanContext } from '../operation.ts';
import type { Index, QualifiedName, Table } from '../schema.ts';
import { namesAt } from './moment.ts';
import { asAction, lock } from './steps.ts';
import { duplicatesQuery } from './violations.ts';

/** An index of an intent as the catalog would hold it. Its definition is in the names of the statement. */
export function indexFrom(table: Table, stated: NewIndex & { readonly name: string }, id: string): Index {
  const idOf = (name: string): readonly string[] =>
    table.columns.flatMap((column) => (column.name === name ? [column.id] : []));
  return {
    id,
    name: stated.name,
    definition: indexDefinition(table, stated),
    method: stated.method,
    isUnique: stated.isUnique,
    columns: stated.keys.flatMap(({ column }) => (column === undefined ? [] : idOf(column))),
    include: stated.include.flatMap(idOf),
    dependsOn: stated.columnsRead.flatMap(idOf),
    hasExpressions: stated.keys.some(({ column }) => column === undefined),
    predicate: stated.predicate,
    isValid: true,
    constraint: undefined,
    comment: undefined,
    bytes: 0,
  };
}

/** CREATE INDEX as the server would print it, but for white space: parsed again before it is used. */
export function indexDefinition(table: Table, stated: NewIndex & { readonly name: string }): string {
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const parts = [
    `CREATE ${stated.isUnique ? 'UNIQUE ' : ''}INDEX ${quote(stated.name)} ON ${quote(table.schema)}.${quote(table.name)} USING ${stated.method}`,
    `(${stated.keys.map(({ text }) => text).join(', ')})`,
    stated.include.length === 0 ? undefined : `INCLUDE (${stated.include.map(quote).join(', ')})`,
    stated.nullsNotDistinct ? 'NULLS NOT DISTINCT' : undefined,
    stated.with === undefined ? undefined : `WITH (${stated.with})`,
    stated.tablespace === undefined ? undefined : `TABLESPACE ${quote(stated.tablespace)}`,
    stated.predicate === undefined ? undefined : `WHERE ${stated.predicate}`,
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}

/** Builds an index without stopping writers; without `build` it is removed. */
export function indexAction(
  index: string,
  { schema, name }: QualifiedName,
  { limits }: Pick<PlanContext, 'limits'>,
  build?: Pick<IndexAction, 'create' | 'duplicates'>,
): Action {
  return asAction({
    kind: 'db/index',
    want: build === undefined ? 'absent' : 'present',
    table: { schema, name },
    index,
    ...build,
    deadlineMs: limits.indexDeadlineMs,
    locks: [lock({ schema, name }, 'SHARE UPDATE EXCLUSIVE')],
  });
}

/** Builds an index again that was there before the plan, by the names that hold in this view of its table. */
export function rebuildAction(index: Index, view: Table, before: Table, context: PlanContext): Action {
  const { spelling } = context;
  const columns = namesAt(view, before);
  const create = spelling.copyIndex(index.definition, { name: index.name, table: view, columns });
  if (!index.isUnique || index.hasExpressions) return indexAction(index.name, view, context, { create });
  const unique = {
    keys: index.columns.map((id) => spelling.name(view.columns.find((column) => column.id === id)?.name ?? id)),
    predicate: index.predicate === undefined ? undefined : spelling.rewriteColumns(index.predicate, columns),
    nullsNotDistinct: /\) NULLS NOT DISTINCT/.test(index.definition),
  };
  return indexAction(index.name, view, context, { create, duplicates: duplicatesQuery(view, unique, context) });
}
