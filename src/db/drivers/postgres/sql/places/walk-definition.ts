import type { Node, RangeVar } from 'libpg-query';
import type { PlaceRequest } from '../../../../place-request.ts';
import { changeAt, type Gathering, nameIn, noteOnly, tokenAt } from './gathering.ts';
import { columnsOf, relationOf, tableChangeOf } from './scope.ts';

const definition =
  'It defines or changes something in the database, which is the plan’s own work, or stands there already.';

/** Of a statement within a text: its bytes; to the end where `to` is undefined. */
type Extent = { readonly from: number; readonly to: number | undefined };

/** Any statement but a query that names a table of a change, and the column too: a person has to look. */
export function walkDefinition(gathering: Gathering, node: Node, { from, to }: Extent): void {
  const { request, tokens } = gathering;
  for (const named of relationsIn(node)) {
    const relation = relationOf(named, request);
    const at = tokenAt(gathering, named.location ?? 0) + (named.schemaname === undefined ? 0 : 2);
    const table = tableChangeOf(relation, request);
    if (table !== undefined) noteOnly(gathering, at, { change: table, role: 'definition', doubt: definition });
    for (const change of columnsOf(relation, request).known.values()) {
      if (change === undefined) continue;
      const last = to === undefined ? tokens.length : tokenAt(gathering, to);
      noteWord(gathering, change, { from: tokenAt(gathering, from), to: last });
    }
  }
}

/** The changes whose table a statement makes, with the column that they are about. */
export function changesMade(node: Node, request: PlaceRequest): readonly number[] {
  if (!('CreateStmt' in node) || node.CreateStmt.relation === undefined) return [];
  const relation = relationOf(node.CreateStmt.relation, request);
  const columns = (node.CreateStmt.tableElts ?? []).flatMap((element) =>
    'ColumnDef' in element ? [element.ColumnDef.colname] : [],
  );
  const made = [...columnsOf(relation, request).known].flatMap(([name, change]) =>
    change !== undefined && columns.includes(name) ? [change] : [],
  );
  const table = tableChangeOf(relation, request);
  return table === undefined ? made : [...made, table];
}

/** Every relation that a tree names, as a node of its own or as a part of another one. */
function* relationsIn(tree: unknown): Generator<RangeVar> {
  const waiting = [tree];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (isRelation(value)) yield value;
    waiting.push(...Object.values(value).reverse());
  }
}

function isRelation(value: object): value is RangeVar {
  return 'relname' in value && typeof value.relname === 'string' && 'location' in value;
}

function noteWord(
  gathering: Gathering,
  index: number,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const change = changeAt(gathering, index);
  if (change === undefined || !('column' in change)) return;
  for (let at = from; at < to; at += 1) {
    if (nameIn(gathering.tokens[at]) === change.column) {
      noteOnly(gathering, at, { change: index, role: 'definition', doubt: definition });
      return;
    }
  }
}
