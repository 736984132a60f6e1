import type { Node } from 'libpg-query';
import type { NamePlace, NamePlaces } from '#core/named-change';
import type { PlaceRequest } from '../../../../place-request.ts';
import { mentionsColumn, mentionsTable } from '../function-body.ts';
import { sourceText } from '../source-text.ts';
import { loadParser, parseQuickly, parseTree, scanTokens } from '../syntax-tree.ts';
import { stringsOf } from '../walk.ts';
import { type Gathering, nameIn, noteRead, tokenAt } from './gathering.ts';
import { columnsOf, relationOf, tableChangeOf } from './scope.ts';
import { changesMade, walkDefinition } from './walk-definition.ts';
import { walkStatement } from './walk-query.ts';

/**
 * The places of a text in SQL that use what changes, resolved as the server would resolve names. A text that is no SQL
 * is answered with the parser's words; nothing is thrown for it.
 */
export async function namePlaces(text: string, request: PlaceRequest): Promise<NamePlaces> {
  await loadParser();
  const parsed = parseQuickly(text);
  if ('message' in parsed) return parsed;
  const tree = parseTree(text);
  const source = sourceText(text);
  const tokens = scanTokens(source).filter(({ kind }) => kind !== 'comment');
  const gathering: Gathering = { request, source, tokens, places: [] };
  const made = new Set<number>();
  let passedOn: readonly number[] = [];
  for (const { stmt, stmt_location: from = 0, stmt_len: length } of tree.statements) {
    if (stmt === undefined) continue;
    for (const change of changesMade(stmt, request)) made.add(change);
    passedOn = walkWhole(gathering, stmt, { from, to: length === undefined ? undefined : from + length });
  }
  return {
    places: merged(gathering.places).map((place) => (made.has(place.change) ? besideMaker(place) : place)),
    passedOn,
  };
}

const beside = 'The same text makes the table under the old name: change both together.';

/** What a script does with a table that it has made is as the script makes it, not as the plan's database has it. */
function besideMaker(place: NamePlace): NamePlace {
  return { ...place, doubt: place.doubt ?? beside, first: [], final: [] };
}

type Extent = { readonly from: number; readonly to: number | undefined };

function walkWhole(gathering: Gathering, node: Node, extent: Extent): readonly number[] {
  const query = queryIn(node);
  const columns = query === undefined ? undefined : walkStatement(gathering, query, undefined, 'named');
  if (columns !== undefined) return [...columns.known.values()].filter((change) => change !== undefined);
  if ('CopyStmt' in node) walkCopy(gathering, node);
  else walkDefinition(gathering, node, extent);
  if ('DoStmt' in node || 'CreateFunctionStmt' in node) noteBody(gathering, node, extent);
  return [];
}

/** The query of a statement that carries one, or the statement itself. */
function queryIn(node: Node): Node | undefined {
  if ('ExplainStmt' in node) return node.ExplainStmt.query;
  if ('PrepareStmt' in node) return node.PrepareStmt.query;
  if ('DeclareCursorStmt' in node) return node.DeclareCursorStmt.query;
  if ('CopyStmt' in node) return node.CopyStmt.query;
  return node;
}

function walkCopy(gathering: Gathering, { CopyStmt: copy }: Extract<Node, { readonly CopyStmt: unknown }>): void {
  if (copy.relation === undefined) return;
  const relation = relationOf(copy.relation, gathering.request);
  const { known } = columnsOf(relation, gathering.request);
  const from = tokenAt(gathering, copy.relation.location ?? 0);
  const change = tableChangeOf(relation, gathering.request);
  if (change !== undefined)
    noteRead(gathering, from + (copy.relation.schemaname === undefined ? 0 : 2), { change, role: 'table' });
  for (const name of stringsOf(copy.attlist)) {
    const index = known.get(name);
    const at = gathering.tokens.findIndex((token, place) => place > from && nameIn(token) === name);
    if (index !== undefined && at !== -1) noteRead(gathering, at, { change: index, role: 'read' });
  }
}

const inBody = 'It stands in the body of a function or of DO, which is read by its words alone.';

/** What a body of DO or of a function names, where the parsers of SQL and PL/pgSQL cannot tell that it means another column. */
function noteBody(gathering: Gathering, node: Node, { from, to }: Extent): void {
  const { source, tokens, request } = gathering;
  const [start, end] = [source.indexAtByte(from), to === undefined ? source.text.length : source.indexAtByte(to)];
  const strings = tokens.filter((token) => token.kind === 'string' && token.start >= start && token.end <= end);
  const body = strings.sort((one, other) => other.text.length - one.text.length)[0];
  if (body === undefined) return;
  const inner = /^(\$\w*\$)([\s\S]*)\1$/.exec(body.text)?.[2] ?? body.text.slice(1, -1).replaceAll("''", "'");
  const definition = 'DoStmt' in node ? inner : source.text.slice(start, end);
  for (const [change, named] of request.changes.entries()) {
    const isColumn = 'column' in named;
    const isNamed = isColumn
      ? mentionsColumn(definition, named.table, named.column)
      : mentionsTable(definition, named.table);
    if (!isNamed) continue;
    const word = isColumn ? named.column : named.table.name;
    const role = isColumn ? 'read' : 'table';
    for (const { index } of body.text.matchAll(
      new RegExp(`(?<![\\w$])${word.replace(/[^\w]/g, '\\$&')}(?![\\w$])`, 'gi'),
    )) {
      const at = body.start + index;
      const place = { start: at, end: at + word.length, change, role, doubt: inBody, first: [], final: [] } as const;
      gathering.places.push(place);
    }
  }
}

/** Each place once, in the order of the text. */
function merged(places: readonly NamePlace[]): readonly NamePlace[] {
  const byPlace = new Map(places.map((place) => [`${place.start} ${place.change}`, place]));
  return [...byPlace.values()].sort((one, other) => one.start - other.start);
}
