import { fail } from '#core/error';
import type { NewConstraint, NewIndex } from '../edit.ts';
import {
  type Column,
  type Constraint,
  columnNamed,
  type Index,
  plainName,
  primaryKeyOf,
  type Table,
  tableById,
} from '../schema.ts';
import { columnIds, type Target, withTable } from '../target.ts';
import { checkName } from './names.ts';
import { indexFrom } from './new-index.ts';
import { referenceOf } from './new-reference.ts';
import { checkRelationFree } from './relations.ts';
import { columnOf } from './resolve.ts';

/** The target with a constraint that an intent adds, the index that backs it, and what a primary key makes NOT NULL. */
export function withConstraint(target: Target, table: Table, said: NewConstraint): Target {
  const { stated, name, used } = resolved(target, table, said);
  const isKey = stated.kind === 'unique' || stated.kind === 'primary-key';
  const constraint = constraintFrom(table, { ...stated, name }, target);
  const rest = table.indexes.filter(({ id }) => id !== used?.id);
  const backing = used === undefined ? [keyIndex(table, stated, name)] : [{ ...used, name, constraint: name }];
  const added = withTable(target, {
    ...table,
    columns:
      stated.kind === 'primary-key' ? table.columns.map((column) => required(column, constraint)) : table.columns,
    indexes: isKey ? [...rest, ...backing] : table.indexes,
    constraints: [...table.constraints, constraint],
  });
  const known = { constraint: { ...stated, name }, columns: columnIds(table) };
  return { ...added, newConstraints: { ...added.newConstraints, [constraint.id]: known } };
}

type Resolved = { readonly stated: NewConstraint; readonly name: string; readonly used: Index | undefined };

function resolved(target: Target, table: Table, stated: NewConstraint): Resolved {
  const name = stated.name ?? '';
  checkName(name, 63);
  refuseTaken(table, name);
  for (const column of [...stated.columns, ...stated.include]) columnOf(table, column);
  if (stated.kind !== 'unique' && stated.kind !== 'primary-key') return { stated, name, used: undefined };
  if (stated.kind === 'primary-key') refuseSecondKey(target, table);
  const used = stated.usingIndex === undefined ? undefined : usableIndex(table, stated.usingIndex);
  if (used?.name !== name) checkRelationFree(target, { schema: table.schema, name }, 'index');
  const columns = used === undefined ? stated.columns : namesOf(table, used.columns);
  return { stated: { ...stated, columns }, name, used };
}

function constraintFrom(table: Table, stated: NewConstraint & { readonly name: string }, target: Target): Constraint {
  const isKey = stated.kind === 'unique' || stated.kind === 'primary-key';
  return {
    id: `+${table.id}.${stated.name}`,
    name: stated.name,
    kind: stated.kind,
    definition: stated.definition,
    columns: stated.columns.flatMap((column) => columnNamed(table, column)?.id ?? []),
    references: stated.references === undefined ? undefined : referenceOf(target, table, stated),
    index: isKey ? stated.name : undefined,
    isValidated: !stated.isNotValid,
    isDeferrable: stated.isDeferrable,
    isInherited: false,
    comment: undefined,
  };
}

/** The index of a unique constraint or primary key, as CREATE INDEX would state it. */
export function keyIndexOf(stated: NewConstraint, name: string): NewIndex & { readonly name: string } {
  const { columns, include, nullsNotDistinct, tablespace } = stated;
  return {
    name,
    isUnique: true,
    method: 'btree',
    keys: columns.map((column) => ({ column, expression: undefined, text: `"${column.replaceAll('"', '""')}"` })),
    include,
    nullsNotDistinct,
    with: stated.with,
    tablespace,
    predicate: undefined,
    columnsRead: [...columns, ...include],
  };
}

function keyIndex(table: Table, stated: NewConstraint, name: string): Index {
  return { ...indexFrom(table, keyIndexOf(stated, name), `+${table.schema}.${name}`), constraint: name };
}

function required(column: Column, key: Constraint): Column {
  return key.columns.includes(column.id) ? { ...column, isNotNull: true } : column;
}

function namesOf(table: Table, ids: readonly string[]): readonly string[] {
  return ids.flatMap((id) => table.columns.find((column) => column.id === id)?.name ?? []);
}

function refuseTaken(table: Table, name: string): void {
  if (!table.constraints.some((other) => other.name === name)) return;
  throw fail('name-taken', {
    what: `Table ${plainName(table)} already has a constraint ${name}.`,
    why: 'A table cannot hold two constraints of one name.',
    next: 'Choose another name, or drop the other constraint first.',
  });
}

/** The old key stays until the end of the plan, so that one is never replaced by another within it. */
function refuseSecondKey({ before }: Target, table: Table): void {
  const old = tableById(before, table.id);
  const key = primaryKeyOf(table) ?? (old === undefined ? undefined : primaryKeyOf(old));
  if (key === undefined) return;
  throw fail('name-taken', {
    what: `Table ${plainName(table)} already has the primary key ${key.name}.`,
    why: 'A table has one primary key at most.',
    next: 'Add a unique constraint instead, or drop the primary key first, in a plan of its own.',
  });
}

function usableIndex(table: Table, name: string): Index {
  const index = table.indexes.find((one) => one.name === name);
  if (index === undefined) {
    throw fail('unknown-object', {
      what: `Table ${plainName(table)} has no index ${name}.`,
      why: 'USING INDEX names an index that is there at this point of the intent.',
      next: 'Create the unique index first, or name the columns instead.',
    });
  }
  const isWhole = index.isUnique && index.predicate === undefined && !index.hasExpressions && index.isValid;
  if (isWhole && index.constraint === undefined) return index;
  throw fail('unsafe-change', {
    what: `Index ${name} of ${plainName(table)} cannot become a constraint.`,
    why: 'The server takes a valid unique index over whole columns, without WHERE, that belongs to no other constraint.',
    next: 'Create such an index, or name the columns instead.',
  });
}
