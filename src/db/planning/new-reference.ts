import { fail } from '#core/error';
import type { NewConstraint } from '../edit.ts';
import type { PlanContext } from '../operation.ts';
import { type Constraint, columnNamed, plainName, primaryKeyOf, type Table, tableById } from '../schema.ts';
import type { Target } from '../target.ts';
import { columnOf, tableOf } from './resolve.ts';

/**
 * What a stated foreign key refers to, its columns written out. Throws `unknown-object`, and `unsafe-change` where the
 * server would refuse it: no unique key over these columns, or types that do not compare.
 */
export function referenceOf(target: Target, table: Table, stated: NewConstraint): Constraint['references'] {
  const { references, name } = stated;
  if (references === undefined) return undefined;
  const other = plainName(references.table) === plainName(table) ? table : tableOf(target, references.table);
  const columns = references.columns.length > 0 ? references.columns : keyColumns(other);
  for (const column of columns) columnOf(other, column);
  const refusal = refusalOf({ table, own: stated.columns, other, columns });
  if (refusal === undefined) return { ...references, columns };
  throw fail('unsafe-change', {
    what: `The foreign key ${name ?? ''} of ${plainName(table)} cannot be made.`,
    ...refusal,
  });
}

function keyColumns(table: Table): readonly string[] {
  const ids = primaryKeyOf(table)?.columns ?? [];
  return ids.flatMap((id) => table.columns.find((column) => column.id === id)?.name ?? []);
}

type Pairing = {
  readonly table: Table;
  readonly own: readonly string[];
  readonly other: Table;
  readonly columns: readonly string[];
};

function refusalOf(pairing: Pairing): { readonly why: string; readonly next: string } | undefined {
  const { table, own, other, columns } = pairing;
  if (columns.length === 0 || columns.length !== own.length) {
    return {
      why: `It has ${own.length} columns and refers to ${columns.length} of ${plainName(other)}.`,
      next: 'Name as many columns on both sides.',
    };
  }
  if (!isUniqueOver(other, columns)) {
    return {
      why: `${plainName(other)} has no primary key or unique index over ${columns.join(', ')}.`,
      next: 'Add it first, in the same intent.',
    };
  }
  const odd = own.findIndex((name, place) => !typesCompare(typeOf(table, name), typeOf(other, columns[place] ?? '')));
  if (odd === -1) return undefined;
  return {
    why: `${own[odd]} is of type ${typeOf(table, own[odd] ?? '')}, and ${columns[odd]} of ${plainName(other)} is of type ${typeOf(other, columns[odd] ?? '')}.`,
    next: 'Give both the same type first.',
  };
}

function isUniqueOver(table: Table, columns: readonly string[]): boolean {
  const ids = columns.flatMap((name) => columnNamed(table, name)?.id ?? []);
  return table.indexes.some(
    (index) =>
      index.isUnique &&
      index.isValid &&
      index.predicate === undefined &&
      !index.hasExpressions &&
      index.columns.length === ids.length &&
      ids.every((id) => index.columns.includes(id)),
  );
}

function typeOf(table: Table, column: string): string {
  return columnNamed(table, column)?.type ?? '';
}

const families = [/^(smallint|integer|bigint|numeric)$/, /^(text|character varying)$/];

/** Types with an equality between them, without regard to lengths. */
export function typesCompare(one: string, other: string): boolean {
  const [first, second] = [one, other].map((type) => type.replace(/\(.*?\)/, ''));
  if (first === undefined || second === undefined || first === second) return true;
  return families.some((family) => family.test(first) && family.test(second));
}

/** The table that a foreign key of the intent refers to: as it is before the plan, and as it is after. */
export type Referenced = { readonly before: Table | undefined; readonly after: Table };

/**
 * Finds the table that a foreign key refers to. Throws `not-built` when the same intent renames it, or what the key
 * refers to, after the key was stated: its text names the table by another name than the one that holds at contract.
 */
export function referencedTable(constraint: Constraint, context: PlanContext): Referenced {
  const { references, name, id } = constraint;
  const stated = context.target.newConstraints[id]?.constraint.references?.table;
  const isRenamed = stated !== undefined && references && plainName(stated) !== plainName(references.table);
  const after = context.after.tables.find((table) => references && plainName(table) === plainName(references.table));
  const isWhole = references?.columns.every((column) => after && columnNamed(after, column) !== undefined) ?? false;
  if (after !== undefined && isWhole && isRenamed !== true)
    return { before: tableById(context.before, after.id), after };
  throw fail('not-built', {
    what: `The foreign key ${name} refers to something that the same intent renames afterwards.`,
    why: 'Its text would name what is not there under that name.',
    next: 'Rename first and add the foreign key after it, or make it two plans.',
  });
}
