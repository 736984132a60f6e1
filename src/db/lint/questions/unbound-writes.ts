import type { InsertStmt, Node, RangeVar, SelectStmt } from 'libpg-query';
import { nodesIn, stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { type Relation, relationOf } from '../catalog/catalog.ts';
import { isNew, type LintContext } from '../context.ts';
import type { Unit } from '../unit.ts';
import { isBound, isLimited, isLimitedItem } from './row-bound.ts';

/** A statement, or a query in a WITH, that writes a number of rows which nothing bounds. */
export type UnboundWrite = {
  readonly kind: 'update' | 'delete' | 'insert' | 'merge';
  readonly table: RangeVar | undefined;
  /** What an INSERT or MERGE reads its rows from. */
  readonly source: RangeVar | undefined;
  /** There is no condition at all. */
  readonly isWhole: boolean;
  /** Each time it is bound, but it stands in a loop that commits nothing. */
  readonly isLooped: boolean;
};

/** Kinds of units among which unbound writes are found. */
export const writingKinds = ['UpdateStmt', 'DeleteStmt', 'InsertStmt', 'MergeStmt', 'SelectStmt'] as const;

/** What of a statement writes rows without a bound that its text or the size of the table shows; new tables are left out. */
export function unboundWrites(
  { node, statement }: Pick<Unit, 'node' | 'statement'>,
  context: LintContext,
): readonly UnboundWrite[] {
  const common = withOf(node);
  const isLooped = statement.isLooped === true;
  return [node, ...commonQueries(node)].flatMap((one) => unboundIn(one, { context, common, isLooped }));
}

/** Where a write stands: queries of a WITH see those before them. */
type Standing = { readonly context: LintContext; readonly common: readonly Node[]; readonly isLooped: boolean };

/** Queries in a WITH may write too. */
function commonQueries(node: Node): readonly Node[] {
  return withOf(node).flatMap((one) => {
    const query = 'CommonTableExpr' in one ? one.CommonTableExpr.ctequery : undefined;
    return query === undefined ? [] : [query];
  });
}

function withOf(node: Node): readonly Node[] {
  if ('UpdateStmt' in node) return node.UpdateStmt.withClause?.ctes ?? [];
  if ('DeleteStmt' in node) return node.DeleteStmt.withClause?.ctes ?? [];
  if ('InsertStmt' in node) return node.InsertStmt.withClause?.ctes ?? [];
  if ('MergeStmt' in node) return node.MergeStmt.withClause?.ctes ?? [];
  return 'SelectStmt' in node ? (node.SelectStmt.withClause?.ctes ?? []) : [];
}

function unboundIn(node: Node, { context, common: outer, isLooped }: Standing): readonly UnboundWrite[] {
  const common = [...outer, ...withOf(node)];
  const { catalog } = context;
  if ('UpdateStmt' in node || 'DeleteStmt' in node) {
    const stmt = 'UpdateStmt' in node ? node.UpdateStmt : node.DeleteStmt;
    const { relation: table, whereClause: where } = stmt;
    const joined = ('UpdateStmt' in node ? node.UpdateStmt.fromClause : node.DeleteStmt.usingClause) ?? [];
    const isBounded = isBound({ table, relation: relationOf(catalog, table), where, joined, common });
    if (isSmall(table, context) || (isBounded && !isLooped)) return [];
    const kind = 'UpdateStmt' in node ? 'update' : 'delete';
    return [{ kind, table, source: undefined, isWhole: where === undefined, isLooped: isBounded }];
  }
  if ('InsertStmt' in node) return insertIn(node.InsertStmt, common, context);
  if (!('MergeStmt' in node)) return [];
  const { relation: table, sourceRelation: source } = node.MergeStmt;
  const isUnbound = source !== undefined && 'RangeVar' in source && !isSmall(source.RangeVar, context);
  if (isSmall(table, context) || !isUnbound) return [];
  return [{ kind: 'merge', table, source: source.RangeVar, isWhole: true, isLooped: false }];
}

/** Rows below which a statement of that kind takes no time worth a word. */
const smallRows = 1000;

/** New tables, those that a connection says to be small, and the server's own, whose rows are objects. */
function isSmall(table: RangeVar | undefined, context: LintContext): boolean {
  const relation = relationOf(context.catalog, table);
  const rows = relation?.rows;
  const isView = relation?.kind === 'view';
  return (
    isNew(context, table) ||
    isView ||
    isSystem(table, relation) ||
    (rows !== undefined && rows >= 0 && rows < smallRows)
  );
}

function isSystem(table: RangeVar | undefined, relation: Relation | undefined): boolean {
  const { schemaname, relname = '' } = table ?? {};
  if (schemaname !== undefined) return schemaname === 'pg_catalog' || schemaname === 'information_schema';
  return relation === undefined && relname.startsWith('pg_');
}

function insertIn(
  { relation: table, selectStmt }: InsertStmt,
  common: readonly Node[],
  context: LintContext,
): readonly UnboundWrite[] {
  if (selectStmt === undefined || !('SelectStmt' in selectStmt) || isSmall(table, context)) return [];
  const query = selectStmt.SelectStmt;
  const source = unboundSource(query, { common, context, depth: 0 });
  if (source === undefined) return [];
  return [{ kind: 'insert', table, source, isWhole: query.whereClause === undefined, isLooped: false }];
}

/** Queries of a WITH that are made of one another; nobody chains more of them. */
const depthMax = 10;

/**
 * The table of which a query reads a number of rows that nothing bounds, also by way of a query of a WITH; undefined where
 * it reads functions or values alone, or is bound. The first table that it names stands for all.
 */
function unboundSource(
  query: SelectStmt,
  place: { readonly common: readonly Node[]; readonly context: LintContext; readonly depth: number },
): RangeVar | undefined {
  const { context, depth } = place;
  const { catalog } = context;
  const from = query.fromClause ?? [];
  const common = [...place.common, ...(query.withClause?.ctes ?? [])];
  if (depth > depthMax || isLimited(query) || isOneRow(query)) return undefined;
  if (from.some((item) => isLimitedItem(item, common))) return undefined;
  for (const item of nodesIn(from)) {
    if (!('RangeVar' in item)) continue;
    const name = item.RangeVar;
    const before = name.schemaname === undefined ? common.findIndex((one) => isNamed(one, name.relname)) : -1;
    const inner = selectOf(common[before]);
    if (before !== -1) {
      const source = inner && unboundSource(inner, { common: common.slice(0, before), context, depth: depth + 1 });
      if (source !== undefined) return source;
      continue;
    }
    const relation = relationOf(catalog, name);
    if (relation === undefined && catalog.isWhole) continue;
    const joined = from.filter((one) => !('RangeVar' in one && one.RangeVar === name));
    const isBounded = isBound({ table: name, relation, where: query.whereClause, joined, common });
    return isBounded || isSmall(name, context) ? undefined : name;
  }
  return undefined;
}

function isNamed(node: Node, name: string | undefined): boolean {
  return 'CommonTableExpr' in node && node.CommonTableExpr.ctename === name;
}

function selectOf(node: Node | undefined): SelectStmt | undefined {
  const query = node !== undefined && 'CommonTableExpr' in node ? node.CommonTableExpr.ctequery : undefined;
  return query !== undefined && 'SelectStmt' in query ? query.SelectStmt : undefined;
}

const aggregates = new Set(['count', 'max', 'min', 'sum', 'avg', 'array_agg', 'string_agg', 'bool_or', 'bool_and']);

/** Aggregates without GROUP BY give one row. */
function isOneRow({ groupClause, targetList }: SelectStmt): boolean {
  if ((groupClause ?? []).length > 0) return false;
  return [...nodesIn(targetList)].some(
    (node) =>
      'FuncCall' in node &&
      node.FuncCall.over === undefined &&
      aggregates.has(stringsOf(node.FuncCall.funcname).at(-1) ?? ''),
  );
}
