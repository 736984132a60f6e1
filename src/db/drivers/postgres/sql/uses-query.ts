import type { JoinExpr, Node, RangeVar, SelectStmt, WithClause } from 'libpg-query';
import { useChange } from './uses-change.ts';
import {
  type Gathered,
  ownersIn,
  queryNamed,
  type Scope,
  scopeIn,
  sourceNamed,
  sourcesInSight,
  type TableUse,
  useColumn,
  useReference,
  useTable,
} from './uses-scope.ts';
import { isNode, stringsOf } from './walk.ts';

/** Counts what a SELECT names, and gives the tables whose columns it passes on by `*`. */
export function useSelect(gathered: Gathered, select: SelectStmt, outer: Scope | undefined): readonly TableUse[] {
  const { fromClause = [], withClause, larg, rarg, sortClause = [], targetList = [], ...others } = select;
  const scope = scopeIn(outer, useQueries(gathered, withClause, outer));
  useFrom(gathered, fromClause, scope);
  useTree(gathered, [targetList, others], scope);
  const aliases = targetList.flatMap((target) => ('ResTarget' in target ? (target.ResTarget.name ?? []) : []));
  // A bare name in ORDER BY means the result column of that name first:
  // https://www.postgresql.org/docs/18/sql-select.html#SQL-ORDERBY
  useTree(
    gathered,
    sortClause.filter((sort) => !aliases.includes(bareSort(sort) ?? '')),
    scope,
  );
  const halves = [larg, rarg].flatMap((half) => (half === undefined ? [] : useSelect(gathered, half, scope)));
  return [...halves, ...targetList.flatMap((target) => passedOn(target, scope))];
}

/** Counts everything in a part of a statement under one scope, queries within it under scopes of their own. */
export function useTree(gathered: Gathered, tree: unknown, scope: Scope): void {
  if (typeof tree !== 'object' || tree === null) return;
  if (!isNode(tree)) {
    for (const child of Object.values(tree)) useTree(gathered, child, scope);
    return;
  }
  if ('ColumnRef' in tree) useReference(gathered, tree.ColumnRef.fields ?? [], scope);
  else if (!useQuery(gathered, tree, scope)) {
    useFields(gathered, tree, scope);
    for (const child of Object.values(tree)) useTree(gathered, child, scope);
  }
}

/** Counts a whole query or data statement; undefined for any other node. */
export function useQuery(gathered: Gathered, node: Node, outer: Scope | undefined): readonly TableUse[] | undefined {
  if ('SelectStmt' in node) return useSelect(gathered, node.SelectStmt, outer);
  return useChange(gathered, node, outer, { useTree, useFrom, useQueries, useQuery });
}

/** Puts what a FROM list names into a scope, then counts conditions of joins, which see all of it. */
export function useFrom(gathered: Gathered, from: readonly Node[], scope: Scope): void {
  const conditions = from.flatMap((node) => useSource(gathered, node, scope));
  useTree(gathered, conditions, scope);
}

/** Counts the queries of WITH, each of which sees those before it, and itself where it is recursive. */
export function useQueries(
  gathered: Gathered,
  clause: WithClause | undefined,
  outer: Scope | undefined,
): Scope['queries'] {
  const queries = new Map<string, readonly TableUse[]>();
  for (const node of clause?.ctes ?? []) {
    if (!('CommonTableExpr' in node)) continue;
    const { ctename = '', ctequery } = node.CommonTableExpr;
    if (clause?.recursive === true) queries.set(ctename, []);
    const scope = scopeIn(outer, new Map(queries));
    queries.set(ctename, ctequery === undefined ? [] : (useQuery(gathered, ctequery, scope) ?? []));
  }
  return queries;
}

/** Adds one source and gives the expressions that are to be counted when all sources are there. */
function useSource(gathered: Gathered, node: Node, scope: Scope): readonly unknown[] {
  if ('RangeVar' in node) useRange(gathered, node.RangeVar, scope);
  else if ('JoinExpr' in node) return useJoin(gathered, node.JoinExpr, scope);
  else if ('RangeSubselect' in node) {
    const { alias, subquery, lateral } = node.RangeSubselect;
    const sight = lateral === true ? scope : scopeIn(scope.outer, scope.queries);
    const tables = subquery === undefined ? undefined : useQuery(gathered, subquery, sight);
    scope.sources.push({ alias: alias?.aliasname ?? '', tables: tables ?? [] });
  } else if ('RangeTableSample' in node) {
    const { relation, args = [], repeatable } = node.RangeTableSample;
    return [...(relation === undefined ? [] : useSource(gathered, relation, scope)), args, repeatable];
  } else {
    const [inner] = Object.values(node);
    const alias: unknown = inner === undefined || !('alias' in inner) ? undefined : inner.alias;
    const name = typeof alias === 'object' && alias !== null && 'aliasname' in alias ? alias.aliasname : '';
    const isOpaque = 'RangeFunction' in node && (node.RangeFunction.coldeflist ?? []).length === 0;
    scope.sources.push({ alias: typeof name === 'string' ? name : '', tables: [], isOpaque });
    return [inner];
  }
  return [];
}

function useRange(gathered: Gathered, { schemaname, relname = '', alias }: RangeVar, scope: Scope): void {
  const named = schemaname === undefined ? queryNamed(scope, relname) : undefined;
  const table = { schema: schemaname, name: relname };
  if (named === undefined) useTable(gathered, table);
  // Columns renamed by their place (users u (a, b)) are used as by `*`.
  if ((alias?.colnames ?? []).length > 0) gathered.star = true;
  scope.sources.push({ alias: alias?.aliasname ?? relname, tables: named ?? [table] });
}

function useJoin(gathered: Gathered, join: JoinExpr, scope: Scope): readonly unknown[] {
  const before = scope.sources.length;
  const sides = [join.larg, join.rarg].filter((side) => side !== undefined);
  const conditions = sides.flatMap((side) => useSource(gathered, side, scope));
  const joined = scope.sources.slice(before).flatMap(({ tables }) => tables);
  for (const column of stringsOf(join.usingClause)) useColumn(gathered, column, joined);
  // NATURAL compares whatever columns have one name.
  if (join.isNatural === true) gathered.star = true;
  for (const alias of [join.alias?.aliasname, join.join_using_alias?.aliasname]) {
    if (alias !== undefined) scope.sources.push({ alias, tables: joined });
  }
  return [...conditions, join.quals];
}

/** Columns that are not spelled as references: `(users).name`, and `name(users)`, which means the same. */
function useFields(gathered: Gathered, node: Node, scope: Scope): void {
  if ('A_Indirection' in node) {
    for (const field of stringsOf(node.A_Indirection.indirection))
      useColumn(gathered, field, ownersIn(sourcesInSight(scope)));
  }
  if ('FuncCall' in node) {
    const [argument, ...others] = node.FuncCall.args ?? [];
    const row = argument !== undefined && 'ColumnRef' in argument ? stringsOf(argument.ColumnRef.fields) : [];
    const source = row.length === 1 && others.length === 0 ? sourceNamed(scope, row[0] ?? '') : undefined;
    const name = stringsOf(node.FuncCall.funcname).at(-1);
    if (source !== undefined && name !== undefined && source.tables.length > 0)
      useColumn(gathered, name, source.tables);
  }
}

function passedOn(target: Node, scope: Scope): readonly TableUse[] {
  const value = 'ResTarget' in target ? target.ResTarget.val : undefined;
  const fields = value !== undefined && 'ColumnRef' in value ? (value.ColumnRef.fields ?? []) : [];
  if (!fields.some((field) => 'A_Star' in field)) return [];
  const qualifier = stringsOf(fields).at(-1);
  if (qualifier === undefined) return scope.sources.flatMap(({ tables }) => tables);
  return sourceNamed(scope, qualifier)?.tables ?? [];
}

function bareSort(sort: Node): string | undefined {
  const value = 'SortBy' in sort ? sort.SortBy.node : undefined;
  const names = value !== undefined && 'ColumnRef' in value ? stringsOf(value.ColumnRef.fields) : [];
  return names.length === 1 ? names[0] : undefined;
}
