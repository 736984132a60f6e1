import type { Node } from 'libpg-query';
import { nodesIn } from '../../drivers/postgres/sql/walk.ts';
import { columnsIn } from './add-constraint.ts';
import type { LintIndex, Relation } from './catalog.ts';

type Renaming = { readonly from: string; readonly to: string };

/** Renames a column of a relation and of its partitions, and wherever constraints, indexes, keys of others and views name it. */
export function renameColumn(relation: Relation, renaming: Renaming): void {
  const { from, to } = renaming;
  const named = (column: string): string => (column === from ? to : column);
  renameIn(relation.columns, from, to);
  for (const [name, index] of relation.indexes) relation.indexes.set(name, indexWith(index, renaming));
  for (const [name, constraint] of relation.constraints) {
    const expression = expressionWith(constraint.expression, renaming);
    relation.constraints.set(name, { ...constraint, columns: constraint.columns.map(named), expression });
  }
  const partitionKey = relation.partitionKey?.map(named);
  Object.assign(relation, { partitionKey });
  for (const other of relation.referrers) renameReferences(other, relation, named);
  for (const view of relation.readers) renameReads(view, relation, renaming);
  for (const part of relation.partitions) renameColumn(part, renaming);
}

/** Gives what is listed by name another one, at the place where it stands: columns have an order. */
export function renameIn<T extends { readonly name: string }>(things: Map<string, T>, from: string, to: string): void {
  if (!things.has(from)) return;
  const all = [...things];
  things.clear();
  for (const [name, thing] of all) {
    if (name === from) things.set(to, { ...thing, name: to });
    else things.set(name, thing);
  }
}

function indexWith(index: LintIndex, renaming: Renaming): LintIndex {
  const { from, to } = renaming;
  const named = (column: string): string => (column === from ? to : column);
  return {
    ...index,
    columns: index.columns.map((column) => (column === undefined ? undefined : named(column))),
    include: index.include.map(named),
    ...(index.mentions === undefined ? {} : { mentions: index.mentions.map(named) }),
    predicate: expressionWith(index.predicate, renaming),
  };
}

/** The server keeps numbers of columns and no names, so that an expression goes on to mean the same column. */
function expressionWith(expression: Node | undefined, { from, to }: Renaming): Node | undefined {
  if (expression === undefined || !columnsIn(expression).includes(from)) return expression;
  const copy = structuredClone(expression);
  for (const node of nodesIn(copy)) {
    const last = 'ColumnRef' in node ? node.ColumnRef.fields?.at(-1) : undefined;
    if (last !== undefined && 'String' in last && last.String.sval === from) last.String.sval = to;
  }
  return copy;
}

function renameReferences(other: Relation, relation: Relation, named: (column: string) => string): void {
  for (const [name, constraint] of other.constraints) {
    const { references } = constraint;
    if (references?.relation !== relation) continue;
    const columns = references.columns.map(named);
    other.constraints.set(name, { ...constraint, references: { ...references, columns } });
  }
}

function renameReads(view: Relation, relation: Relation, { from, to }: Renaming): void {
  const read = view.readsColumns.get(relation);
  if (read === undefined || read === 'all' || !read.has(from)) return;
  const columns = new Set([...read].map((column) => (column === from ? to : column)));
  Object.assign(view, { readsColumns: new Map([...view.readsColumns, [relation, columns]]) });
}
