import type {
  DeleteStmt,
  InsertStmt,
  MergeStmt,
  Node,
  OnConflictClause,
  RangeVar,
  ResTarget,
  UpdateStmt,
  WithClause,
} from 'libpg-query';
import type { CatalogRelation } from '../../../../place-request.ts';
import { type Gathering, nameIn, noteRead, tokenAt } from './gathering.ts';
import { noteAssigned } from './note-assigned.ts';
import { noteInserted } from './note-inserted.ts';
import { type Columns, columnsOf, type Scope, type Source, scopeIn, tableChangeOf } from './scope.ts';

/** The walk through queries, which this file takes part in without importing it. */
export type Walk = {
  readonly walkTree: (gathering: Gathering, tree: unknown, scope: Scope) => void;
  readonly walkFrom: (gathering: Gathering, from: readonly Node[], scope: Scope) => void;
  readonly walkWith: (
    gathering: Gathering,
    clause: WithClause | undefined,
    outer: Scope | undefined,
  ) => ReadonlyMap<string, Columns>;
  readonly walkStatement: (
    gathering: Gathering,
    node: Node,
    outer: Scope | undefined,
    outputs: 'named' | 'placed',
  ) => Columns | undefined;
  readonly walkOutputs: (
    gathering: Gathering,
    targets: readonly Node[],
    scope: Scope,
    outputs: 'named' | 'placed',
  ) => Columns;
  readonly noteTable: (gathering: Gathering, range: RangeVar) => CatalogRelation | undefined;
};

type Changing = { readonly gathering: Gathering; readonly outer: Scope | undefined; readonly walk: Walk };

/** Notes what INSERT, UPDATE, DELETE or MERGE uses; gives the columns that it returns. Undefined for any other node. */
export function walkChange(
  gathering: Gathering,
  node: Node,
  outer: Scope | undefined,
  walk: Walk,
): Columns | undefined {
  const changing = { gathering, outer, walk };
  if ('InsertStmt' in node) return walkInsert(changing, node.InsertStmt);
  if ('UpdateStmt' in node) return walkUpdate(changing, node.UpdateStmt);
  if ('DeleteStmt' in node) return walkDelete(changing, node.DeleteStmt);
  return 'MergeStmt' in node ? walkMerge(changing, node.MergeStmt) : undefined;
}

function walkInsert(changing: Changing, insert: InsertStmt): Columns {
  const { gathering, outer, walk } = changing;
  const { cols = [], selectStmt, onConflictClause, returningClause, withClause } = insert;
  const scope = scopeIn(outer, walk.walkWith(gathering, withClause, outer));
  if (selectStmt !== undefined) walk.walkStatement(gathering, selectStmt, scope, 'placed');
  const target = targetOf(changing, insert.relation);
  for (const [place, node] of cols.entries()) {
    const change = 'ResTarget' in node ? target.known.get(node.ResTarget.name ?? '') : undefined;
    if (!('ResTarget' in node) || change === undefined) continue;
    const values =
      selectStmt !== undefined && 'SelectStmt' in selectStmt ? selectStmt.SelectStmt.valuesLists : undefined;
    noteInserted(gathering, { change, at: tokenAt(gathering, node.ResTarget.location ?? 0), place, values });
  }
  scope.sources.push(target);
  if (onConflictClause !== undefined) walkConflict(changing, onConflictClause, { target, scope });
  return walkReturning(changing, returningClause?.exprs, { target, scope });
}

type Place = { readonly target: Source; readonly scope: Scope };

function walkConflict(changing: Changing, clause: OnConflictClause, { target, scope }: Place): void {
  const { gathering, walk } = changing;
  const { infer, targetList = [], whereClause, location = 0 } = clause;
  const names = new Set(
    (infer?.indexElems ?? []).flatMap((node) => ('IndexElem' in node ? (node.IndexElem.name ?? []) : [])),
  );
  const { tokens } = gathering;
  let depth = 0;
  for (let at = tokenAt(gathering, location); at < tokens.length && names.size > 0; at += 1) {
    const { text } = tokens[at] ?? { text: '' };
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (text === ')' && depth === 0) break;
    const name = nameIn(tokens[at]) ?? '';
    const change = depth === 1 && names.has(name) ? target.known.get(name) : undefined;
    if (change !== undefined) noteRead(gathering, at, { change, role: 'conflict' });
  }
  const expressions = (infer?.indexElems ?? []).flatMap((node) =>
    'IndexElem' in node ? (node.IndexElem.expr ?? []) : [],
  );
  walk.walkTree(gathering, [expressions, infer?.whereClause], scope);
  // Only a qualifier reaches `excluded`: a bare name means the row that is there.
  const excluded: Scope = {
    ...scopeIn(scope.outer),
    sources: [{ ...target, called: 'excluded', tableChange: undefined }],
  };
  const sight = { ...scope, outer: excluded };
  walkAssigned(changing, targetList, { target, scope: sight });
  walk.walkTree(gathering, whereClause, sight);
}

function walkUpdate(changing: Changing, update: UpdateStmt): Columns {
  const { gathering, outer, walk } = changing;
  const scope = scopeIn(outer, walk.walkWith(gathering, update.withClause, outer));
  const target = targetOf(changing, update.relation);
  scope.sources.push(target);
  walk.walkFrom(gathering, update.fromClause ?? [], scope);
  walkAssigned(changing, update.targetList ?? [], { target, scope });
  walk.walkTree(gathering, update.whereClause, scope);
  return walkReturning(changing, update.returningClause?.exprs, { target, scope });
}

function walkDelete(changing: Changing, remove: DeleteStmt): Columns {
  const { gathering, outer, walk } = changing;
  const scope = scopeIn(outer, walk.walkWith(gathering, remove.withClause, outer));
  const target = targetOf(changing, remove.relation);
  scope.sources.push(target);
  walk.walkFrom(gathering, remove.usingClause ?? [], scope);
  walk.walkTree(gathering, remove.whereClause, scope);
  return walkReturning(changing, remove.returningClause?.exprs, { target, scope });
}

function walkMerge(changing: Changing, merge: MergeStmt): Columns {
  const { gathering, outer, walk } = changing;
  const scope = scopeIn(outer, walk.walkWith(gathering, merge.withClause, outer));
  const target = targetOf(changing, merge.relation);
  scope.sources.push(target);
  walk.walkFrom(gathering, merge.sourceRelation === undefined ? [] : [merge.sourceRelation], scope);
  walk.walkTree(gathering, merge.joinCondition, scope);
  for (const clause of merge.mergeWhenClauses ?? []) {
    if (!('MergeWhenClause' in clause)) continue;
    const { targetList = [], values, condition, commandType } = clause.MergeWhenClause;
    if (commandType === 'CMD_UPDATE') walkAssigned(changing, targetList, { target, scope });
    else for (const node of targetList) noteTarget(gathering, node, target);
    walk.walkTree(gathering, [values, condition], scope);
  }
  return walkReturning(changing, merge.returningClause?.exprs, { target, scope });
}

/** A column that is written where a second one cannot be put beside it: both versions write the new name alone. */
function noteTarget(gathering: Gathering, node: Node, target: Source): void {
  const change = 'ResTarget' in node ? target.known.get(node.ResTarget.name ?? '') : undefined;
  if (!('ResTarget' in node) || change === undefined) return;
  noteRead(gathering, tokenAt(gathering, node.ResTarget.location ?? 0), { change, role: 'write' });
}

function walkAssigned({ gathering, walk }: Changing, targets: readonly Node[], { target, scope }: Place): void {
  for (const node of targets) {
    if (!('ResTarget' in node)) continue;
    const change = target.known.get(node.ResTarget.name ?? '');
    if (change !== undefined) noteAssigned(gathering, { change, target: node.ResTarget });
    walk.walkTree(gathering, valuesIn(node.ResTarget), scope);
  }
}

/** Each column of `(a, b) = (1, 2)` holds the whole right side; the first one stands for it. */
function valuesIn({ val, indirection }: ResTarget): unknown {
  if (val === undefined || !('MultiAssignRef' in val)) return [val, indirection];
  return val.MultiAssignRef.colno === 1 ? [val.MultiAssignRef.source, indirection] : indirection;
}

function targetOf({ gathering, walk }: Changing, range: RangeVar | undefined): Source {
  if (range === undefined)
    return { called: '', bare: undefined, tableChange: undefined, known: new Map(), isOpen: true };
  const relation = walk.noteTable(gathering, range);
  const called = range.alias?.aliasname ?? range.relname ?? '';
  const isBare = range.alias?.aliasname === undefined;
  return {
    ...columnsOf(relation, gathering.request),
    called,
    bare: isBare ? relation : undefined,
    tableChange: isBare ? tableChangeOf(relation, gathering.request) : undefined,
  };
}

function walkReturning(
  { gathering, walk }: Changing,
  exprs: readonly Node[] | undefined,
  { target, scope }: Place,
): Columns {
  const rows = ['old', 'new'].map((called) => ({ ...target, called, tableChange: undefined }));
  const sight: Scope = { ...scope, outer: { ...scopeIn(scope.outer), sources: rows } };
  return walk.walkOutputs(gathering, exprs ?? [], sight, 'named');
}
