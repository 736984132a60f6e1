import type { Node } from 'libpg-query';
import { stringsOf } from './walk.ts';

/** A table as a statement names it; without a schema it is found along the search path. */
export type TableUse = { readonly schema: string | undefined; readonly name: string };

/** A column with the table it may belong to; without one it may be of any table of the statement. */
export type ColumnUse = { readonly table: TableUse | undefined; readonly column: string };

/**
 * What stands in a FROM list: its name, and the tables whose columns it may show under their own names. A function is
 * opaque: it may return rows of any table.
 */
export type Source = { readonly alias: string; readonly tables: readonly TableUse[]; readonly isOpaque?: boolean };

/** What column names may mean at one place of a statement; `outer` is the query around it. */
export type Scope = {
  readonly sources: Source[];
  /** Queries of WITH by name, with the tables whose columns they pass on by `*`. */
  readonly queries: ReadonlyMap<string, readonly TableUse[]>;
  readonly outer: Scope | undefined;
};

/** Gathers uses; each once. */
export type Gathered = {
  readonly tables: Map<string, TableUse>;
  readonly columns: Map<string, ColumnUse>;
  star: boolean;
};

/** A scope within another. */
export function scopeIn(outer: Scope | undefined, queries: Scope['queries'] = new Map()): Scope {
  return { sources: [], queries, outer };
}

/** The tables behind a query of WITH, from the nearest scope that has one of that name. */
export function queryNamed(scope: Scope | undefined, name: string): readonly TableUse[] | undefined {
  for (let at = scope; at !== undefined; at = at.outer) {
    const tables = at.queries.get(name);
    if (tables !== undefined) return tables;
  }
  return undefined;
}

/** The nearest source of that name. */
export function sourceNamed(scope: Scope | undefined, alias: string): Source | undefined {
  for (let at = scope; at !== undefined; at = at.outer) {
    const source = at.sources.find((candidate) => candidate.alias === alias);
    if (source !== undefined) return source;
  }
  return undefined;
}

/** Everything whose columns can be meant by a bare name here. */
export function sourcesInSight(scope: Scope | undefined): readonly Source[] {
  const sources: Source[] = [];
  for (let at = scope; at !== undefined; at = at.outer) sources.push(...at.sources);
  return sources;
}

/** Counts a column for each table that it may belong to; `undefined` is a table that the text does not tell. */
export function useColumn(gathered: Gathered, column: string, tables: readonly (TableUse | undefined)[]): void {
  for (const table of tables) {
    gathered.columns.set(JSON.stringify([table?.schema ?? '', table?.name ?? '', column]), { table, column });
  }
}

/** Counts a table. */
export function useTable(gathered: Gathered, table: TableUse): void {
  gathered.tables.set(JSON.stringify([table.schema ?? '', table.name]), table);
}

/** Counts what a column reference may mean in a scope. A `*` or a whole row is no use by name. */
export function useReference(gathered: Gathered, fields: readonly Node[], scope: Scope): void {
  const names = stringsOf(fields);
  if (fields.some((field) => 'A_Star' in field)) {
    gathered.star = true;
    return;
  }
  const [column = '', qualifier, schema] = [...names].reverse();
  if (qualifier === undefined) {
    if (sourceNamed(scope, column) !== undefined) gathered.star = true;
    useColumn(gathered, column, ownersIn(sourcesInSight(scope)));
  } else if (schema !== undefined) {
    useColumn(gathered, column, [{ schema, name: qualifier }]);
  } else {
    const source = sourceNamed(scope, qualifier);
    useColumn(gathered, column, ownersIn(source === undefined ? [] : [source]));
  }
}

/**
 * The tables that a column of these sources may belong to. Columns of a subquery are counted within it, unless it passes
 * them on by `*`; without any source the text does not tell.
 */
export function ownersIn(sources: readonly Source[]): readonly (TableUse | undefined)[] {
  const isUntold = sources.length === 0 || sources.some(({ isOpaque }) => isOpaque === true);
  return [...sources.flatMap(({ tables }) => tables), ...(isUntold ? [undefined] : [])];
}
