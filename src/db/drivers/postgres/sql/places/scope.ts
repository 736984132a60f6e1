import type { Node, RangeVar } from 'libpg-query';
import type { CatalogRelation, PlaceRequest } from '../../../../place-request.ts';
import { stringsOf } from '../walk.ts';

/** Columns that a source gives, each with the index of the change that it is of, or undefined. */
export type Columns = {
  readonly known: ReadonlyMap<string, number | undefined>;
  /** It may have others, of which nobody knows. */
  readonly isOpen: boolean;
};

/** What a FROM brings. */
export type Source = Columns & {
  readonly called: string;
  /** The relation that it is, where it is one and bears no other name. */
  readonly bare: CatalogRelation | undefined;
  /** The change of the table itself, where its own name qualifies columns. */
  readonly tableChange: number | undefined;
  /** Why its columns are not certain to be what their names say. */
  readonly doubt?: string;
};

/** What is in sight at a place of a statement. */
export type Scope = {
  readonly sources: Source[];
  readonly queries: ReadonlyMap<string, Columns>;
  readonly outer: Scope | undefined;
  /** Names that joins merged, so that they are of no single source. */
  readonly merged: Set<string>;
};

/** What a reference means: a column of a change, or the whole row of a source. */
export type Meaning =
  | { readonly kind: 'column'; readonly change: number; readonly doubt: string | undefined; readonly source: Source }
  | { readonly kind: 'qualified'; readonly source: Source }
  | { readonly kind: 'row'; readonly source: Source };

/** A scope within another. */
export function scopeIn(outer: Scope | undefined, queries?: ReadonlyMap<string, Columns>): Scope {
  return { sources: [], queries: queries ?? new Map(), outer, merged: new Set() };
}

/** Columns of a query of WITH that a bare name means, looked for from the inside out. */
export function queryNamed(scope: Scope | undefined, name: string): Columns | undefined {
  for (let place = scope; place !== undefined; place = place.outer) {
    const found = place.queries.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The relation that a name means along the search path, where a table that is renamed has both names. */
export function relationOf({ schemaname, relname = '' }: RangeVar, request: PlaceRequest): CatalogRelation | undefined {
  const { catalog, searchPath } = request;
  const known = catalog.filter(({ name }) => name === relname);
  const renamed = renamedTo(relname, request).filter(
    ({ schema }) => !known.some((one) => one.schema === schema && one.columns !== undefined),
  );
  const named = [...renamed, ...known];
  if (schemaname !== undefined) return named.find(({ schema }) => schema === schemaname);
  for (const schema of searchPath) {
    const found = named.find((one) => one.schema === schema);
    if (found !== undefined) return found;
  }
  return undefined;
}

function renamedTo(relname: string, { catalog, changes }: PlaceRequest): readonly CatalogRelation[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'rename-table' || change.to !== relname) return [];
    const { schema, name } = change.table;
    const table = catalog.find((one) => one.schema === schema && one.name === name);
    return table === undefined ? [] : [{ ...table, name: relname, after: [...table.after, { schema, name }] }];
  });
}

/** Columns of a relation with the changes that they are of; a partition has those of its table. */
export function columnsOf(relation: CatalogRelation | undefined, request: PlaceRequest): Columns {
  if (relation?.columns === undefined) return { known: new Map(), isOpen: true };
  const isOf = (table: { readonly schema: string; readonly name: string }) =>
    [relation, ...relation.after].some(({ schema, name }) => schema === table.schema && name === table.name);
  const known = new Map<string, number | undefined>(relation.columns.map((column) => [column, undefined]));
  for (const [index, change] of request.changes.entries()) {
    if ('column' in change && isOf(change.table)) known.set(change.column, index);
  }
  return { known, isOpen: false };
}

/** The change that takes a table's name away; undefined where none does. */
export function tableChangeOf(relation: CatalogRelation | undefined, { changes }: PlaceRequest): number | undefined {
  if (relation === undefined) return undefined;
  const index = changes.findIndex(
    ({ kind, table }) => kind.endsWith('-table') && table.schema === relation.schema && table.name === relation.name,
  );
  return index === -1 ? undefined : index;
}

/** What a reference means, or undefined where it has nothing to do with a change. */
export function meaningOf(fields: readonly Node[], scope: Scope): Meaning | undefined {
  const names = stringsOf(fields);
  if (fields.some((field) => 'A_Star' in field)) return undefined;
  if (names.length === 1) return bareMeaning(names[0] ?? '', scope);
  const [schema, called = '', column = ''] = names.length === 2 ? [undefined, ...names] : names.slice(-3);
  const source = sourceNamed(scope, called, schema);
  if (source === undefined) return undefined;
  const change = source.known.get(column);
  if (change !== undefined) return { kind: 'column', change, doubt: source.doubt, source };
  return { kind: 'qualified', source };
}

/** The source that a qualifier names, from the inside out. */
export function sourceNamed(scope: Scope | undefined, called: string, schema?: string): Source | undefined {
  for (let place = scope; place !== undefined; place = place.outer) {
    const found = place.sources.find(
      (source) => source.called === called && (schema === undefined || source.bare?.schema === schema),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

const severalHave = 'Several tables of the query have a column of this name.';
const mayHave = 'Another source of the query may have a column of this name.';

function bareMeaning(name: string, scope: Scope): Meaning | undefined {
  let isSure = true;
  for (let place: Scope | undefined = scope; place !== undefined; place = place.outer) {
    const owners = place.sources.filter(({ known }) => known.has(name));
    const source = owners.find(({ known }) => known.get(name) !== undefined);
    const change = source?.known.get(name);
    const others = place.sources.filter(({ isOpen }) => isOpen);
    if (source !== undefined && change !== undefined) {
      const isSeveral = owners.length > 1 && !place.merged.has(name);
      const doubt = isSeveral ? severalHave : others.length > 0 || !isSure ? mayHave : source.doubt;
      return { kind: 'column', change, doubt, source };
    }
    if (owners.length > 0) return undefined;
    const row = place.sources.find(({ called }) => called === name);
    if (row !== undefined) return { kind: 'row', source: row };
    if (others.length > 0) isSure = false;
  }
  return undefined;
}
