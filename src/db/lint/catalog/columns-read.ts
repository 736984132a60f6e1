import type { JoinExpr, Node, RangeVar, SelectStmt } from 'libpg-query';
import { isNode, nodesIn, stringsOf } from '../../drivers/postgres/sql/walk.ts';
import type { Relation } from './catalog.ts';

/** Columns that a query reads, by relation; `all` where it says `*`. */
export type ColumnsRead = ReadonlyMap<Relation, ReadonlySet<string> | 'all'>;

/**
 * Columns that are read of each of the relations which a query names. A bare name is looked up as the server does: in the
 * innermost SELECT first, and outside of it only where nothing in its FROM can have the column.
 */
export function columnsRead(query: unknown, reads: readonly Relation[]): ColumnsRead {
  const read = new Map<Relation, Set<string> | 'all'>(reads.map((relation) => [relation, new Set<string>()]));
  const note = (relation: Relation | undefined, column: string | 'all') => {
    const columns = relation === undefined ? undefined : read.get(relation);
    if (relation === undefined || columns === undefined || columns === 'all') return;
    if (column === 'all') read.set(relation, 'all');
    else columns.add(column);
  };
  for (const { node, scope } of scopedNodes(query, reads)) {
    if ('ColumnRef' in node) noteReference(node.ColumnRef.fields ?? [], scope, note);
    else if ('JoinExpr' in node) {
      for (const name of stringsOf(node.JoinExpr.usingClause)) noteBare(name, scope, note);
    }
  }
  return read;
}

type Note = (relation: Relation | undefined, column: string | 'all') => void;

/** What a FROM brings: a relation that is known, or anything else, such as a query in brackets. */
type Item = { readonly called: string | undefined; readonly relation: Relation | undefined };
type Scope = { readonly items: readonly Item[]; readonly outer: Scope | undefined };

function noteReference(fields: readonly Node[], scope: Scope | undefined, note: Note): void {
  const isStar = fields.some((field) => 'A_Star' in field);
  if (fields.length === 1) {
    const [name = ''] = stringsOf(fields);
    if (!isStar) noteBare(name, scope, note);
    else for (const { relation } of scope?.items ?? []) note(relation, 'all');
    return;
  }
  const names = stringsOf(fields);
  const [called, column] = isStar ? [names.at(-1), 'all'] : [names.at(-2), names.at(-1) ?? ''];
  for (let place = scope; place !== undefined; place = place.outer) {
    const found = place.items.find((item) => item.called === called);
    if (found === undefined) continue;
    note(found.relation, column);
    return;
  }
}

function noteBare(name: string, scope: Scope | undefined, note: Note): void {
  for (let place = scope; place !== undefined; place = place.outer) {
    const owners = place.items.filter(({ relation }) => relation?.isKnown === true && relation.columns.has(name));
    for (const { relation } of owners) note(relation, name);
    if (owners.length > 0) return;
    // A whole row is no dependency on any of its columns, as the server keeps them.
    if (place.items.some(({ called }) => called === name)) return;
    // Of these nobody knows whether they have it.
    const others = place.items.filter(({ relation }) => relation?.isKnown !== true);
    for (const { relation } of others) note(relation, name);
    if (others.length > 0) return;
  }
}

type Waiting = { readonly value: unknown; readonly scope: Scope | undefined };

/** Every node with the SELECTs around it; iterative, as expressions nest as deep as programs write them. */
function* scopedNodes(
  query: unknown,
  reads: readonly Relation[],
): Generator<{ readonly node: Node; readonly scope: Scope | undefined }> {
  const common = new Set(
    [...nodesIn(query)].flatMap((node) => ('CommonTableExpr' in node ? [node.CommonTableExpr.ctename ?? ''] : [])),
  );
  const relationOf = ({ schemaname, relname = '' }: RangeVar) =>
    schemaname === undefined && common.has(relname)
      ? undefined
      : reads.find(({ schema, name }) => name === relname && (schemaname === undefined || schemaname === schema));
  const waiting: Waiting[] = [{ value: query, scope: undefined }];
  const selects: { readonly select: SelectStmt; readonly scope: Scope | undefined }[] = [];
  for (;;) {
    const arm = selects.pop();
    if (arm !== undefined) {
      const { larg, rarg, ...rest } = arm.select;
      for (const select of [rarg, larg]) if (select !== undefined) selects.push({ select, scope: arm.scope });
      const items = itemsOf(rest.fromClause ?? [], relationOf);
      const isArm = larg === undefined && rarg === undefined;
      for (const value of Object.values(rest)) {
        waiting.push({ value, scope: isArm ? { items, outer: arm.scope } : arm.scope });
      }
      continue;
    }
    const next = waiting.pop();
    if (next === undefined) return;
    const { value, scope } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (isNode(value)) {
      yield { node: value, scope };
      if ('SelectStmt' in value) {
        selects.push({ select: value.SelectStmt, scope });
        continue;
      }
    }
    for (const child of Object.values(value)) waiting.push({ value: child, scope });
  }
}

function itemsOf(from: readonly Node[], relationOf: (name: RangeVar) => Relation | undefined): readonly Item[] {
  const waiting = [...from];
  const items: Item[] = [];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('JoinExpr' in node) waiting.push(...sidesOf(node.JoinExpr));
    else if ('RangeVar' in node) {
      const { alias, relname } = node.RangeVar;
      items.push({ called: alias?.aliasname ?? relname, relation: relationOf(node.RangeVar) });
    } else if ('RangeSubselect' in node) {
      items.push({ called: node.RangeSubselect.alias?.aliasname, relation: undefined });
    } else if ('RangeFunction' in node) {
      items.push({ called: node.RangeFunction.alias?.aliasname, relation: undefined });
    } else items.push({ called: undefined, relation: undefined });
  }
  return items;
}

function sidesOf({ larg, rarg }: JoinExpr): readonly Node[] {
  return [larg, rarg].filter((side) => side !== undefined);
}
