import type { ColumnRef, JoinExpr, Node, RangeVar, ResTarget, SelectStmt, WithClause } from 'libpg-query';
import { isNode, stringsOf } from '../walk.ts';
import { type Gathering, nameIn, noteOnly, noteRead, tokenAt } from './gathering.ts';
import { recordSource } from './record-source.ts';
import {
  type Columns,
  columnsOf,
  meaningOf,
  queryNamed,
  relationOf,
  type Scope,
  type Source,
  scopeIn,
  tableChangeOf,
} from './scope.ts';
import { walkChange } from './walk-change.ts';

/** Does the name of an output count for whoever reads the query? Then it stays, whatever the column is called. */
export type Outputs = 'named' | 'placed';

const nothing: Columns = { known: new Map(), isOpen: false };

/** Notes the places of a query or a data statement; gives its columns, or undefined for any other node. */
export function walkStatement(
  gathering: Gathering,
  node: Node,
  outer: Scope | undefined,
  outputs: Outputs,
): Columns | undefined {
  if ('SelectStmt' in node) return walkSelect(gathering, node.SelectStmt, { outer, outputs });
  return walkChange(gathering, node, outer, { walkTree, walkFrom, walkWith, walkStatement, walkOutputs, noteTable });
}

type Around = { readonly outer: Scope | undefined; readonly outputs: Outputs };

function walkSelect(gathering: Gathering, select: SelectStmt, { outer, outputs }: Around): Columns {
  const { fromClause = [], withClause, larg, rarg, sortClause = [], distinctClause = [], ...others } = select;
  const { targetList = [], groupClause = [], ...rest } = others;
  const scope = scopeIn(outer, walkWith(gathering, withClause, outer));
  if (larg !== undefined && rarg !== undefined) {
    const columns = walkSelect(gathering, larg, { outer: scope, outputs });
    walkSelect(gathering, rarg, { outer: scope, outputs: 'placed' });
    scope.sources.push({ ...columns, called: '', bare: undefined, tableChange: undefined });
    walkTree(gathering, [sortClause, rest], scope);
    return columns;
  }
  walkFrom(gathering, fromClause, scope);
  const columns = walkOutputs(gathering, targetList, scope, outputs);
  // A bare name in GROUP BY means the column of the table first, in ORDER BY and DISTINCT ON the output:
  // https://www.postgresql.org/docs/18/sql-select.html#SQL-GROUPBY
  walkTree(gathering, [groupClause, rest], scope);
  const called = new Set(targetList.flatMap((node) => outputName(node) ?? []));
  const own = [...sortClause, ...distinctClause].filter((node) => !called.has(bareName(node) ?? ''));
  walkTree(gathering, own, scope);
  return columns;
}

/** Notes what an output list reads; gives the columns that it makes, those of a change only where `*` passes them on. */
function walkOutputs(gathering: Gathering, targets: readonly Node[], scope: Scope, outputs: Outputs): Columns {
  const known = new Map<string, number | undefined>();
  let isOpen = false;
  for (const node of targets) {
    if (!('ResTarget' in node)) continue;
    const target = node.ResTarget;
    const star = starOf(target, scope);
    if (star !== undefined) {
      for (const source of star.sources) {
        for (const [name, change] of source.known) known.set(name, change);
        isOpen ||= source.isOpen;
      }
      noteStar(gathering, star);
      continue;
    }
    const name = outputName(node);
    if (name !== undefined) known.set(name, undefined);
    walkOutput(gathering, target, scope, outputs);
  }
  return { known, isOpen };
}

function walkOutput(gathering: Gathering, { name, val }: ResTarget, scope: Scope, outputs: Outputs): void {
  const reference = val !== undefined && 'ColumnRef' in val ? val.ColumnRef : undefined;
  const keeps = reference !== undefined && name === undefined && outputs === 'named';
  if (keeps) walkReference(gathering, reference, scope, 'output');
  else walkTree(gathering, val, scope);
}

type Star = { readonly sources: readonly Source[]; readonly at: number };

function starOf({ val }: ResTarget, scope: Scope): Star | undefined {
  if (val === undefined || !('ColumnRef' in val)) return undefined;
  const { fields = [], location = 0 } = val.ColumnRef;
  if (!fields.some((field) => 'A_Star' in field)) return undefined;
  const called = stringsOf(fields).at(-1);
  const sources = scope.sources.filter((source) => called === undefined || source.called === called);
  return { sources, at: location };
}

const wholeRow = 'It gives every column under its own name; who reads the row by that name is not known here.';

function noteStar(gathering: Gathering, { sources, at }: Star): void {
  const changes = new Set(sources.flatMap(({ known }) => [...known.values()].filter((one) => one !== undefined)));
  for (const change of changes) noteOnly(gathering, tokenAt(gathering, at), { change, role: 'all', doubt: wholeRow });
}

/** Notes everything in a part of a statement under one scope, queries within it under scopes of their own. */
function walkTree(gathering: Gathering, tree: unknown, scope: Scope): void {
  if (typeof tree !== 'object' || tree === null) return;
  if (isNode(tree)) {
    if ('ColumnRef' in tree) walkReference(gathering, tree.ColumnRef, scope, 'read');
    if ('ColumnRef' in tree || walkStatement(gathering, tree, scope, 'placed') !== undefined) return;
  }
  for (const child of Object.values(tree)) walkTree(gathering, child, scope);
}

function walkReference(gathering: Gathering, reference: ColumnRef, scope: Scope, role: 'read' | 'output'): void {
  const { fields = [], location = 0 } = reference;
  const first = tokenAt(gathering, location);
  const last = first + 2 * (fields.length - 1);
  const meaning = meaningOf(fields, scope);
  if (meaning === undefined) return;
  const { source } = meaning;
  if (fields.length > 1 && source.tableChange !== undefined) {
    noteRead(gathering, last - 2, { change: source.tableChange, role: 'table' });
  }
  if (meaning.kind === 'row') noteRow(gathering, first, source);
  if (meaning.kind !== 'column') return;
  const { change, doubt } = meaning;
  const token = gathering.tokens[last];
  const suffix = role === 'output' && token !== undefined ? ` AS ${token.text}` : '';
  noteRead(gathering, last, { change, role, doubt, suffix });
}

const rowByName = 'The row is used as a whole, and its columns go by their names.';

function noteRow(gathering: Gathering, at: number, { known, tableChange }: Source): void {
  for (const change of known.values()) {
    if (change !== undefined) noteOnly(gathering, at, { change, role: 'all', doubt: rowByName });
  }
  if (tableChange !== undefined) noteRead(gathering, at, { change: tableChange, role: 'table', doubt: rowByName });
}

/** Puts what a FROM list names into a scope, then walks through the conditions of joins, which see all of it. */
function walkFrom(gathering: Gathering, from: readonly Node[], scope: Scope): void {
  const conditions = from.flatMap((node) => walkSource(gathering, node, scope));
  walkTree(gathering, conditions, scope);
}

/** Adds one source and gives the expressions that are to be walked through when all sources are there. */
function walkSource(gathering: Gathering, node: Node, scope: Scope): readonly unknown[] {
  if ('RangeVar' in node) {
    scope.sources.push(rangeSource(gathering, node.RangeVar, scope));
    return [];
  }
  if ('JoinExpr' in node) return walkJoin(gathering, node.JoinExpr, scope);
  if ('RangeSubselect' in node) {
    const { alias, subquery, lateral } = node.RangeSubselect;
    const sight = lateral === true ? scope : scopeIn(scope.outer, scope.queries);
    const columns = subquery === undefined ? nothing : (walkStatement(gathering, subquery, sight, 'named') ?? nothing);
    scope.sources.push(derived(alias?.aliasname ?? '', columns, alias?.colnames));
    return [];
  }
  if ('RangeTableSample' in node) {
    const { relation, args = [], repeatable } = node.RangeTableSample;
    return [...(relation === undefined ? [] : walkSource(gathering, relation, scope)), args, repeatable];
  }
  const unknown = { called: '', bare: undefined, tableChange: undefined, known: new Map(), isOpen: true };
  scope.sources.push(recordSource(node, gathering.request) ?? unknown);
  return Object.values(node);
}

function rangeSource(gathering: Gathering, range: RangeVar, scope: Scope): Source {
  const { relname = '', schemaname, alias } = range;
  const query = schemaname === undefined ? queryNamed(scope, relname) : undefined;
  if (query !== undefined) return derived(alias?.aliasname ?? relname, query, alias?.colnames);
  const relation = noteTable(gathering, range);
  const columns = columnsOf(relation, gathering.request);
  const hasAlias = alias?.aliasname !== undefined;
  const source = derived(alias?.aliasname ?? relname, columns, alias?.colnames);
  return {
    ...source,
    bare: hasAlias ? undefined : relation,
    tableChange: hasAlias ? undefined : tableChangeOf(relation, gathering.request),
  };
}

/** Notes a table that changes by its own name; gives the relation. */
function noteTable(gathering: Gathering, range: RangeVar) {
  const relation = relationOf(range, gathering.request);
  const change = tableChangeOf(relation, gathering.request);
  if (change !== undefined) {
    const before = [range.catalogname, range.schemaname].filter((part) => part !== undefined && part !== '').length;
    noteRead(gathering, tokenAt(gathering, range.location ?? 0) + 2 * before, { change, role: 'table' });
  }
  return relation;
}

/** A source under a name of its own; a list of names for its columns takes the place of theirs, from the first. */
function derived(called: string, columns: Columns, names: readonly Node[] | undefined): Source {
  const renamed = stringsOf(names);
  const known = [...columns.known].map(([name, change], place): [string, number | undefined] =>
    renamed[place] === undefined ? [name, change] : [renamed[place], undefined],
  );
  return { called, known: new Map(known), isOpen: columns.isOpen, bare: undefined, tableChange: undefined };
}

function walkJoin(gathering: Gathering, join: JoinExpr, scope: Scope): readonly unknown[] {
  const before = scope.sources.length;
  const sides = [join.larg, join.rarg].flatMap((side) =>
    side === undefined ? [] : walkSource(gathering, side, scope),
  );
  const own = scope.sources.slice(before);
  const names = stringsOf(join.usingClause);
  for (const name of names) noteUsing(gathering, { join, names, name, sources: own, scope });
  if (join.isNatural === true) noteNatural(gathering, own);
  return [...sides, join.quals];
}

type Using = {
  readonly join: JoinExpr;
  readonly names: readonly string[];
  readonly name: string;
  readonly sources: readonly Source[];
  readonly scope: Scope;
};

const oneName = 'No patch: USING takes one name for both tables, and the other one keeps its own. Write ON.';

/** USING wants the name on both sides, and the other table keeps its own, so that no edit of one word is right. */
function noteUsing(gathering: Gathering, { join, names, name, sources, scope }: Using): void {
  scope.merged.add(name);
  const change = sources.map(({ known }) => known.get(name)).find((one) => one !== undefined);
  if (change === undefined) return;
  const { tokens } = gathering;
  const from = tokenAt(gathering, firstLocation(join.rarg));
  for (let at = from; at < tokens.length; at += 1) {
    if (tokens[at]?.text.toLowerCase() !== 'using' || tokens[at + 1]?.text !== '(') continue;
    const found = names.indexOf(name);
    if (nameIn(tokens[at + 2 + 2 * found]) !== name) continue;
    noteOnly(gathering, at + 2 + 2 * found, { change, role: 'read', doubt: undefined, unedited: oneName });
    return;
  }
}

function noteNatural(gathering: Gathering, sources: readonly Source[]): void {
  const doubt = 'NATURAL JOIN compares all columns that both sides have under the same name.';
  const change = sources.flatMap(({ known }) => [...known.values()]).find((one) => one !== undefined);
  const at = gathering.tokens.findIndex(({ text }) => text.toLowerCase() === 'natural');
  if (change !== undefined) noteOnly(gathering, at, { change, role: 'read', doubt });
}

/** The first place that a tree names. */
function firstLocation(tree: unknown): number {
  const waiting = [tree];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if ('location' in value && typeof value.location === 'number') return value.location;
    waiting.push(...Object.values(value).reverse());
  }
  return 0;
}

/** Walks through the queries of WITH, each of which sees those before it, and itself where it is recursive. */
function walkWith(
  gathering: Gathering,
  clause: WithClause | undefined,
  outer: Scope | undefined,
): ReadonlyMap<string, Columns> {
  const queries = new Map<string, Columns>();
  for (const node of clause?.ctes ?? []) {
    if (!('CommonTableExpr' in node)) continue;
    const { ctename = '', ctequery, aliascolnames } = node.CommonTableExpr;
    if (clause?.recursive === true) queries.set(ctename, { known: new Map(), isOpen: true });
    const scope = scopeIn(outer, new Map(queries));
    const columns = ctequery === undefined ? undefined : walkStatement(gathering, ctequery, scope, 'named');
    const { known, isOpen } = derived(ctename, columns ?? nothing, aliascolnames);
    queries.set(ctename, { known, isOpen });
  }
  return queries;
}

/** What an output is called; undefined for `*` and for what has no name of its own. */
function outputName(node: Node): string | undefined {
  if (!('ResTarget' in node)) return undefined;
  const { name, val } = node.ResTarget;
  if (name !== undefined) return name;
  return val !== undefined && 'ColumnRef' in val ? stringsOf(val.ColumnRef.fields).at(-1) : undefined;
}

function bareName(node: Node): string | undefined {
  const inner = 'SortBy' in node ? node.SortBy.node : node;
  if (inner === undefined || !('ColumnRef' in inner)) return undefined;
  const fields = inner.ColumnRef.fields ?? [];
  return fields.length === 1 ? stringsOf(fields)[0] : undefined;
}
