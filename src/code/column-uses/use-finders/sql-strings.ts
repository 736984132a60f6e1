import type * as TypeScript from 'typescript';
import type { NamedChange } from '#core/named-change';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import { literalPattern } from '../../text/search-text.ts';
import ts from '../../typescript.cts';
import { bothVersions, type CodeUse, type UseFile, type UseTree } from '../code-use.ts';
import { rowUses } from '../flows/row-uses.ts';
import { type DrizzleTable, drizzleTables } from '../mappings/drizzle-tables.ts';
import { withTextsPutIn } from '../mappings/texts-put-in.ts';
import { isSum, literalPieces } from '../texts/literal-pieces.ts';
import { namesPutInto, type PutIn } from '../texts/names-put-in.ts';
import { outOfCode, type Piece, readSql } from '../texts/sql-text.ts';
import { useOfPlace } from '../texts/use-of-place.ts';
import { type ValuesOfNames, valuesOfNames } from '../texts/values-of-names.ts';
import type { UseFinder } from '../use-finder.ts';

const opening =
  /^(\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*(select|insert|update|delete|with|merge|copy|explain|prepare|declare|create|alter|drop|truncate|values|table|do(?=\s+(language\b|\$|')))\b/i;

/** A part of a FROM: what is within it stands by itself, what it joins is put together elsewhere. */
const joining = /^\s*((inner|cross|full|left|right)\s+(outer\s+)?)?join\b/i;

/** Text in SQL within JavaScript and TypeScript: literals, templates, sums of constants; and rows of `SELECT *`. */
export const sqlStrings: UseFinder = {
  id: 'sql-strings',
  summary: 'SQL in literals, templates and sums of them, by PostgreSQL’s own parser; rows that `SELECT *` gives',
  async find(tree) {
    const uses: CodeUse[] = [];
    let declared: readonly DrizzleTable[] | undefined;
    const tables = () => {
      declared ??= tree.files.flatMap((file) => drizzleTables(file, { tree, isSnake: false }));
      return declared;
    };
    for (const file of tree.files) {
      tree.signal.throwIfAborted();
      const source = file.tree();
      if (source === undefined) continue;
      let known: ValuesOfNames | undefined;
      const values = () => {
        known ??= valuesOfNames(source);
        return known;
      };
      for (const node of textsIn(source)) {
        const pieces = literalPieces(node, tree.constants);
        if (pieces === undefined) continue;
        const filled = withTextsPutIn(node, pieces, { tree, tables });
        if (filled !== undefined) uses.push(...(await usesIn({ node, pieces: filled }, { file, tree })));
        uses.push(...(await usesIn({ node, pieces }, { file, tree })));
        uses.push(...putInUses({ node, pieces }, tree, values));
      }
    }
    return uses;
  },
};

/** The outermost literal, template or sum of each text. */
function textsIn(source: TypeScript.SourceFile): readonly TypeScript.Node[] {
  return [...nodesBelow(source)].filter((node) => {
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node) && !isSum(node)) return false;
    return !isSum(node.parent) && !ts.isImportDeclaration(node.parent);
  });
}

type Text = { readonly node: TypeScript.Node; readonly pieces: readonly Piece[] };
type Place = { readonly file: UseFile; readonly tree: UseTree };

async function usesIn({ node, pieces }: Text, { file, tree }: Place): Promise<readonly CodeUse[]> {
  const plain = pieces.map(({ kind, text }) => (kind === 'hole' ? '?' : text)).join('');
  if (!tree.changes.some((change) => mentions(plain, change))) return [];
  const isJoin = joining.test(plain);
  if (!opening.test(plain) && !isJoin) return fragmentUses({ node, pieces }, { file, tree });
  const read = await readSql(isJoin ? [outOfCode('SELECT 1 FROM hole_0 '), ...pieces] : pieces, tree.readNames);
  if ('message' in read) return looksLike(plain) ? unread({ node, pieces }, { file, tree }) : [];
  const { answer, isWhole } = read;
  const uses = answer.places.flatMap((place): readonly CodeUse[] => {
    const use = useOfPlace(place, read, place.role === 'definition' ? 'sql/definition' : 'sql');
    return use === undefined
      ? []
      : [use.role === 'output' && isOfCte(node) ? { ...use, ...bothVersions([]), unedited: byKey } : use];
  });
  const others = isWhole && !isJoin ? [] : unread({ node, pieces }, { file, tree });
  const more = others.filter(({ start }) => uses.every((use) => use.start !== start));
  return [...uses, ...more, ...answer.passedOn.flatMap((change) => rowUses(node, { change, file, tree }))];
}

const byKey =
  'No patch: Drizzle reads what this gives by the name of the column in its mapping, which is the new one then. Write that alone, by hand.';

/** ``db.$with('w', { name: users.name }).as(sql`select name from users`)`` */
function isOfCte({ parent }: TypeScript.Node): boolean {
  const call = ts.isTaggedTemplateExpression(parent) ? parent.parent : parent;
  return ts.isCallExpression(call) && /\$with\([\s\S]*\.\s*as$/.test(call.expression.getText());
}

/** Does a text have the words of a change? A row of `*` needs the table alone. */
function mentions(text: string, change: NamedChange): boolean {
  if (hasWord(text, change.table.name)) return true;
  return 'column' in change && hasWord(text, change.column);
}

function hasWord(text: string, word: string): boolean {
  return text.toLowerCase().includes(word.toLowerCase());
}

function looksLike(text: string): boolean {
  return /\b(from|into|set|values)\b/i.test(text) && /\b(select|insert|update|delete)\b/i.test(text);
}

const unreadable = 'It looks like SQL, but is put together so that it cannot be read here.';
const fragment = 'It is a part of a statement; what stands around it is put together elsewhere.';

function unread(text: Text, place: Place): readonly CodeUse[] {
  const plain = text.pieces.map((piece) => (piece.kind === 'hole' ? '?' : piece.text)).join('');
  const tables = place.tree.changes.filter(({ table }) => hasWord(plain, table.name));
  if (tables.length === 0 && !/\bfrom\s+\?/i.test(plain)) return [];
  return wordUses(text, place, { pattern: (word) => new RegExp(`\\b${word}\\b`, 'gi'), doubt: unreadable });
}

const leading = /^\s*(where|order\s+by|group\s+by|having|returning)\b/i;

/** ``Prisma.sql`lower(name) = 1` ``: never a whole statement where it does not begin like one. */
function isPart({ parent }: TypeScript.Node): boolean {
  return ts.isTaggedTemplateExpression(parent) && parent.tag.getText() === 'Prisma.sql';
}

/** `name = $1`, `ORDER BY name`: a condition or an order that a program puts into a statement. */
function fragmentUses(text: Text, place: Place): readonly CodeUse[] {
  const whole = wholeNames(text, place);
  if (whole.length > 0) return whole;
  const plain = text.pieces.map((piece) => (piece.kind === 'hole' ? '?' : piece.text)).join('');
  if (isPart(text.node) || leading.test(plain))
    return wordUses(text, place, { pattern: (word) => new RegExp(`\\b${word}\\b(?!\\s*\\()`, 'gi'), doubt: fragment });
  const pattern = (word: string) =>
    new RegExp(
      String.raw`(?<=^\s*|[\s(,."])${word}(?="?\s*(=|<>|!=|~|\b(not\s+)?(i?like|in\s*\()|is\s+(not\s+)?(null|distinct)))|(?<=\border\s+by\s+("?\w+"?\s*,\s*)*)${word}\b|(?<=\bset\s+)${word}(?="?\s*=)|(?<=^\.)${word}\b(?!\s*[(.])`,
      'gi',
    );
  return wordUses(text, place, { pattern, doubt: fragment });
}

const alone = 'A text that is exactly this name: it may become a part of a statement.';

/** `'first_name'`: a name that no prose has, for a statement that is put together elsewhere. */
function wholeNames({ node, pieces }: Text, { file, tree }: Place): readonly CodeUse[] {
  const [piece, ...others] = pieces;
  if (piece === undefined || others.length > 0 || !ts.isStringLiteralLike(node)) return [];
  return tree.changes.flatMap((change, index): readonly CodeUse[] => {
    if (!('column' in change) || !/[a-z]_[a-z]/.test(change.column)) return [];
    if (![change.column, `${change.table.name}.${change.column}`].includes(piece.text)) return [];
    const { start, end } = piece;
    const base = { path: file.path, start, end, change: index, kind: 'sql/part', role: 'read', doubt: alone } as const;
    return [{ ...base, first: [], final: [] }];
  });
}

const putIn = 'A name that may be put into a statement on this table.';
const tableHole = /\b(from|into|update|join|table)\s+(only\s+)?("?\w+"?\.)?"?\?/i;
const clause = /^\s*(where|and|or|order\s+by|group\s+by|having|set|returning|on|using)\b/i;

/** `${columns.join(', ')}`, `ORDER BY ${sort}`: what this file may put into a statement that is, or may be, on the table. */
function putInUses({ node, pieces }: Text, tree: UseTree, values: () => ValuesOfNames): readonly CodeUse[] {
  const plain = pieces.map(({ kind, text }) => (kind === 'hole' ? '?' : text)).join('');
  if (
    pieces.every(({ kind }) => kind !== 'hole') ||
    !(opening.test(plain) || joining.test(plain) || clause.test(plain))
  )
    return [];
  const isOfAny = tableHole.test(plain) || clause.test(plain);
  const isMeant = (change: NamedChange) => isOfAny || ('column' in change && hasWord(plain, change.table.name));
  if (!tree.changes.some(isMeant)) return [];
  const isHere = (piece: Piece, { path, start }: PutIn) =>
    piece.kind !== 'hole' && piece.path === path && piece.start <= start && start <= piece.end;
  const names = namesPutInto(node, { values: values(), constants: tree.constants }).filter(
    (one) => !opening.test(one.text) && !pieces.some((piece) => isHere(piece, one)),
  );
  const wholeRows = tableHole.test(plain) ? rowsOfAny(pieces) : undefined;
  return tree.changes.flatMap((change, index) => {
    if (!isMeant(change)) return [];
    const isOfTable = wholeRows !== undefined && 'column' in change && names.some(({ text }) => isTable(text, change));
    if (isOfTable) return [partUse(wholeRows.path, wholeRows, { change: index, doubt: tablePutIn })];
    const word = 'column' in change ? change.column : change.table.name;
    const pattern = new RegExp(`(?<![\\w$])${literalPattern(word)}(?![\\w$])`, 'i');
    return names.flatMap(({ path, text, start: from }): readonly CodeUse[] => {
      const at = pattern.exec(text)?.index;
      if (at === undefined) return [];
      return [partUse(path, { start: from + at, length: word.length }, { change: index, doubt: putIn })];
    });
  });
}

const tablePutIn =
  'The table is put into this statement, and may be the one that changes: look at who reads the rows by this name.';

/** Where a statement takes whole rows, such as ``SELECT * FROM ${table}``. */
function rowsOfAny(pieces: readonly Piece[]): (Parameters<typeof partUse>[1] & { readonly path: string }) | undefined {
  for (const { kind, text, path, start } of pieces) {
    const star = kind === 'plain' ? /(?<=\b(select|returning)\s+(\w+\.)?)\*/i.exec(text) : null;
    if (star !== null && path !== undefined) return { path, start: start + star.index, length: 1 };
  }
  return undefined;
}

function isTable(text: string, { table }: NamedChange): boolean {
  const plain = text.replaceAll('"', '');
  return plain === table.name || plain === `${table.schema}.${table.name}`;
}

type Words = { readonly pattern: (word: string) => RegExp; readonly doubt: string };

function wordUses({ pieces }: Text, { tree }: Place, { pattern, doubt }: Words): readonly CodeUse[] {
  return tree.changes.flatMap((change, index) =>
    pieces.flatMap((piece) => {
      const { path, kind } = piece;
      if (kind !== 'plain' || path === undefined || !('column' in change)) return [];
      const words = [...piece.text.matchAll(pattern(literalPattern(change.column)))];
      return words.slice(0, 5).map((match) => {
        const place = { start: piece.start + match.index, length: change.column.length };
        return partUse(path, place, { change: index, doubt });
      });
    }),
  );
}

/** A name in a part of a statement, which cannot be told for certain. */
function partUse(
  path: string,
  { start, length }: { readonly start: number; readonly length: number },
  { change, doubt }: Pick<CodeUse, 'change' | 'doubt'>,
): CodeUse {
  return { path, start, end: start + length, change, kind: 'sql/part', role: 'read', doubt, first: [], final: [] };
}
