import type { CreateFunctionStmt, Node } from 'libpg-query';
import { isFailure } from '#core/error';
import type { QualifiedName } from '../../../schema.ts';
import { sourceText } from './source-text.ts';
import { parsePlpgsql, parseTree, scanTokens } from './syntax-tree.ts';
import { foldCase } from './type-text.ts';
import { type Uses, usesOf } from './uses.ts';
import { stringsOf } from './walk.ts';

/**
 * True when a function may name a column in its code: read with the parsers of SQL and PL/pgSQL, and by the words of its
 * text where they cannot tell (dynamic SQL, other languages, BEGIN ATOMIC). Rather yes than no; comments do not count.
 * `definition` is a whole CREATE FUNCTION, as pg_get_functiondef prints it, or the body alone.
 */
export function mentionsColumn(definition: string, table: QualifiedName, column: string): boolean {
  const code = codeOf(definition);
  const uses = code.uses();
  if (uses === undefined) return hasWord(code.text, column);
  const isNamed = uses.some(({ columns }) =>
    columns.some((use) => use.column === column && (use.table === undefined || isSame(use.table, table))),
  );
  return isNamed || code.loose().some((text) => hasWord(text, column));
}

/** The same for a table. */
export function mentionsTable(definition: string, table: QualifiedName): boolean {
  const code = codeOf(definition);
  const uses = code.uses();
  if (uses === undefined) return hasWord(code.text, table.name);
  const isNamed = uses.some(({ tables }) => tables.some((use) => isSame(use, table)));
  return isNamed || code.loose().some((text) => hasWord(text, table.name));
}

/** Code of a function. `uses` is undefined where only the words can be looked at. */
type Code = {
  readonly text: string;
  readonly uses: () => readonly Uses[] | undefined;
  /** Pieces that are looked at by their words besides. */
  readonly loose: () => readonly string[];
};

function codeOf(definition: string): Code {
  const create = createdBy(definition);
  if (create === undefined) return plpgsqlCode(definition, wrapped(definition));
  const options = (create.options ?? []).flatMap((option) => ('DefElem' in option ? [option.DefElem] : []));
  const language = options.find(({ defname }) => defname === 'language')?.arg;
  const name = language !== undefined && 'String' in language ? foldCase(language.String.sval ?? '') : 'sql';
  const body = options.find(({ defname }) => defname === 'as')?.arg;
  const text = body !== undefined && 'List' in body ? stringsOf(body.List.items).join('\n') : definition;
  if (name === 'plpgsql') return plpgsqlCode(text, definition);
  if (name === 'sql' && body !== undefined) return { text, uses: () => readable([usesOf(text)]), loose: () => [] };
  return { text, uses: () => undefined, loose: () => [] };
}

function createdBy(definition: string): CreateFunctionStmt | undefined {
  if (!/^\s*CREATE\b/i.test(definition)) return undefined;
  try {
    const node: Node | undefined = parseTree(definition).statements[0]?.stmt;
    return node !== undefined && 'CreateFunctionStmt' in node ? node.CreateFunctionStmt : undefined;
  } catch (error) {
    if (isFailure(error, 'sql-syntax')) return undefined;
    throw error;
  }
}

/** A body alone is read as that of a trigger function, where NEW and OLD are known. */
function wrapped(body: string): string {
  const quote = `$godwit${body.length}$`;
  return `CREATE FUNCTION godwit_body() RETURNS trigger LANGUAGE plpgsql AS ${quote}${body}${quote}`;
}

function plpgsqlCode(text: string, createFunction: string): Code {
  const tree = parsePlpgsql(createFunction);
  const parts: Parts = { queries: [], words: [], isDynamic: false };
  if (tree !== undefined) gather(tree, parts);
  return {
    text,
    uses: () => (tree === undefined ? undefined : readable(parts.queries.map(usesOf))),
    loose: () => [...parts.words, ...(parts.isDynamic ? parts.queries : [])],
  };
}

/** `words` are fields of records (NEW.name), declared types (users.name%TYPE) and targets of assignments. */
type Parts = { readonly queries: string[]; readonly words: string[]; isDynamic: boolean };

function gather(tree: unknown, parts: Parts): void {
  const waiting: unknown[] = [tree];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, child] of Object.entries(value)) {
      if (/dyn/.test(key)) parts.isDynamic = true;
      const isWord = key === 'fieldname' || (key === 'typname' && String(child).includes('%'));
      if (isWord && typeof child === 'string') parts.words.push(child);
    }
    if ('query' in value && typeof value.query === 'string') {
      const mode = 'parseMode' in value && typeof value.parseMode === 'number' ? value.parseMode : 0;
      addQuery(value.query, mode, parts);
    }
    waiting.push(...Object.values(value));
  }
}

/** Modes of the server's RawParseMode: 0 a statement, 2 an expression, from 3 on an assignment. */
function addQuery(query: string, mode: number, parts: Parts): void {
  const assigned = mode >= 3 ? /^[\s\S]*?:?=/.exec(query)?.[0] : undefined;
  if (assigned !== undefined) parts.words.push(assigned);
  const text = query.slice(assigned?.length ?? 0);
  parts.queries.push(mode === 0 ? text : `SELECT ${text}`);
}

function readable(uses: readonly Uses[]): readonly Uses[] | undefined {
  return uses.some(({ unreadable }) => unreadable) ? undefined : uses;
}

function isSame(use: { readonly schema: string | undefined; readonly name: string }, table: QualifiedName): boolean {
  return use.name === table.name && (use.schema === undefined || use.schema === table.schema);
}

/** Is the name a word of the code, or within one of its strings? */
function hasWord(text: string, name: string): boolean {
  const word = new RegExp(`(?<![\\w$])${name.replace(/[^\w]/g, '\\$&')}(?![\\w$])`, 'i');
  return word.test(withoutComments(text));
}

function withoutComments(text: string): string {
  try {
    return scanTokens(sourceText(text))
      .flatMap((token) => (token.kind === 'comment' ? [] : [token.text]))
      .join(' ');
  } catch (error) {
    // Other languages do not scan as SQL; then comments count too.
    if (isFailure(error, 'sql-syntax')) return text;
    throw error;
  }
}
