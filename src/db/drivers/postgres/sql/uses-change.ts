import type {
  DeleteStmt,
  InsertStmt,
  MergeStmt,
  Node,
  RangeVar,
  ReturningClause,
  UpdateStmt,
  WithClause,
} from 'libpg-query';
import { type Gathered, type Scope, scopeIn, type TableUse, useColumn, useTable } from './uses-scope.ts';

/** The walk through queries, which this file takes part in without importing it. */
export type Walk = {
  readonly useTree: (gathered: Gathered, tree: unknown, scope: Scope) => void;
  readonly useFrom: (gathered: Gathered, from: readonly Node[], scope: Scope) => void;
  readonly useQueries: (
    gathered: Gathered,
    clause: WithClause | undefined,
    outer: Scope | undefined,
  ) => Scope['queries'];
  readonly useQuery: (gathered: Gathered, node: Node, outer: Scope | undefined) => readonly TableUse[] | undefined;
};

type Change = {
  readonly gathered: Gathered;
  readonly outer: Scope | undefined;
  readonly walk: Walk;
};

/**
 * Counts what INSERT, UPDATE, DELETE or MERGE names, targets too, and gives the tables whose columns it passes on by
 * RETURNING. Undefined for any other node.
 */
export function useChange(
  gathered: Gathered,
  node: Node,
  outer: Scope | undefined,
  walk: Walk,
): readonly TableUse[] | undefined {
  const change = { gathered, outer, walk };
  if ('InsertStmt' in node) return useInsert(change, node.InsertStmt);
  if ('UpdateStmt' in node) return useUpdate(change, node.UpdateStmt);
  if ('DeleteStmt' in node) return useDelete(change, node.DeleteStmt);
  return 'MergeStmt' in node ? useMerge(change, node.MergeStmt) : undefined;
}

function useInsert({ gathered, outer, walk }: Change, insert: InsertStmt): readonly TableUse[] {
  const { cols = [], selectStmt, onConflictClause, returningClause, withClause } = insert;
  const scope = scopeIn(outer, walk.useQueries(gathered, withClause, outer));
  if (selectStmt !== undefined) walk.useQuery(gathered, selectStmt, scope);
  const target = useTarget(gathered, insert.relation, scope);
  // Values without a column list go by the places of all columns.
  if (cols.length === 0 && selectStmt !== undefined) gathered.star = true;
  useTargets({ gathered, outer, walk }, cols, { target, scope });
  scope.sources.push({ alias: 'excluded', tables: [target] });
  const { targetList = [], infer, ...others } = onConflictClause ?? {};
  useTargets({ gathered, outer, walk }, targetList, { target, scope });
  for (const element of infer?.indexElems ?? []) {
    if ('IndexElem' in element && element.IndexElem.name !== undefined)
      useColumn(gathered, element.IndexElem.name, [target]);
  }
  walk.useTree(gathered, [infer, others], scope);
  return useReturning({ gathered, outer, walk }, returningClause, { target, scope });
}

function useUpdate(change: Change, update: UpdateStmt): readonly TableUse[] {
  const { gathered, outer, walk } = change;
  const scope = scopeIn(outer, walk.useQueries(gathered, update.withClause, outer));
  const target = useTarget(gathered, update.relation, scope);
  walk.useFrom(gathered, update.fromClause ?? [], scope);
  useTargets(change, update.targetList ?? [], { target, scope });
  walk.useTree(gathered, update.whereClause, scope);
  return useReturning(change, update.returningClause, { target, scope });
}

function useDelete(change: Change, remove: DeleteStmt): readonly TableUse[] {
  const { gathered, outer, walk } = change;
  const scope = scopeIn(outer, walk.useQueries(gathered, remove.withClause, outer));
  const target = useTarget(gathered, remove.relation, scope);
  walk.useFrom(gathered, remove.usingClause ?? [], scope);
  walk.useTree(gathered, remove.whereClause, scope);
  return useReturning(change, remove.returningClause, { target, scope });
}

function useMerge(change: Change, merge: MergeStmt): readonly TableUse[] {
  const { gathered, outer, walk } = change;
  const scope = scopeIn(outer, walk.useQueries(gathered, merge.withClause, outer));
  const target = useTarget(gathered, merge.relation, scope);
  walk.useFrom(gathered, merge.sourceRelation === undefined ? [] : [merge.sourceRelation], scope);
  walk.useTree(gathered, merge.joinCondition, scope);
  for (const clause of merge.mergeWhenClauses ?? []) {
    if (!('MergeWhenClause' in clause)) continue;
    const { targetList = [], values, condition, commandType } = clause.MergeWhenClause;
    if (commandType === 'CMD_INSERT' && targetList.length === 0) gathered.star = true;
    useTargets(change, targetList, { target, scope });
    walk.useTree(gathered, [values, condition], scope);
  }
  return useReturning(change, merge.returningClause, { target, scope });
}

type Place = { readonly target: TableUse; readonly scope: Scope };

function useTarget(gathered: Gathered, relation: RangeVar | undefined, scope: Scope): TableUse {
  const target = { schema: relation?.schemaname, name: relation?.relname ?? '' };
  useTable(gathered, target);
  scope.sources.push({ alias: relation?.alias?.aliasname ?? target.name, tables: [target] });
  return target;
}

/** Columns that are written, and the values for them. */
function useTargets({ gathered, walk }: Change, targets: readonly Node[], { target, scope }: Place): void {
  for (const node of targets) {
    if (!('ResTarget' in node)) continue;
    if (node.ResTarget.name !== undefined) useColumn(gathered, node.ResTarget.name, [target]);
    walk.useTree(gathered, [node.ResTarget.val, node.ResTarget.indirection], scope);
  }
}

/** RETURNING also knows the row as `old` and `new`: https://www.postgresql.org/docs/18/dml-returning.html */
function useReturning(
  { gathered, walk }: Change,
  clause: ReturningClause | undefined,
  { target, scope }: Place,
): readonly TableUse[] {
  const named = (clause?.options ?? []).flatMap((node) =>
    'ReturningOption' in node ? (node.ReturningOption.value ?? []) : [],
  );
  for (const alias of ['old', 'new', ...named]) scope.sources.push({ alias, tables: [target] });
  const before = gathered.star;
  gathered.star = false;
  walk.useTree(gathered, clause?.exprs, scope);
  const passesAll = gathered.star;
  gathered.star = before || passesAll;
  return passesAll ? [target] : [];
}
