import { createRequire } from 'node:module';
import type { Node, ParseResult, RawStmt, ScanToken } from 'libpg-query';
import { assert } from '#core/assert';
import { fail } from '#core/error';
import { caretFrame, indexAtCharacter, lineAt, type SourceText, sourceText } from './source-text.ts';

type Library = {
  readonly parseSync: (text: string) => ParseResult;
  readonly scanSync: (text: string) => { readonly tokens: readonly ScanToken[] };
  readonly parsePlPgSQLSync: (text: string) => unknown;
  readonly hasSqlDetails: (
    error: unknown,
  ) => error is Error & { readonly sqlDetails?: { readonly cursorPosition: number } };
};

type Deparser = { readonly deparseSync: (node: Node, options: { readonly pretty: boolean }) => string };

let library: Library | undefined;
let deparser: Deparser | undefined;

/**
 * Loads PostgreSQL's own parser (WebAssembly), once for the process. Everything else in this folder is synchronous and
 * wants it to have been awaited.
 */
export async function loadParser(): Promise<void> {
  if (library !== undefined) return;
  const parser = await import('libpg-query');
  await parser.loadModule();
  library = parser;
}

/** A text that was parsed, with its statements as the server's grammar sees them. */
export type SyntaxTree = { readonly source: SourceText; readonly statements: readonly RawStmt[] };

/**
 * What a text is, for the message when it does not parse: `The SQL`, `The expression after "up"`. Where the user wrote
 * only a part of it, that part is shown.
 */
export type Naming = { readonly what: string; readonly written?: { readonly text: string; readonly start: number } };

// Deeper trees would overflow the stack of whoever walks them; the server has max_stack_depth for the same reason.
const depthMax = 1500;

/** Parses SQL with the grammar of PostgreSQL 18. Throws `sql-syntax` with line and caret. */
export function parseTree(text: string, naming: Naming = { what: 'The SQL' }): SyntaxTree {
  const nul = text.indexOf('\0');
  if (nul !== -1) throw syntaxFailure(text, nul, { naming, message: 'a NUL character cannot stand in SQL' });
  if (text.trim() === '') return { source: sourceText(text), statements: [] };
  const statements = guarded(text, naming, ({ parseSync }) => parseSync(text).stmts ?? []);
  if (isDeeperThan(statements, depthMax)) throw tooDeep(naming);
  return { source: sourceText(text), statements };
}

/** Statements of a text, or where and why it does not parse: an index into it and the parser's words. */
export type Parsed = { readonly statements: readonly RawStmt[] } | { readonly message: string; readonly index: number };

/**
 * Parses SQL with the grammar of PostgreSQL 18, for who reads much of it: nothing is thrown for what does not parse, and
 * trees are not measured, so whoever walks them does so without recursion.
 */
export function parseQuickly(text: string): Parsed {
  const nul = text.indexOf('\0');
  if (nul !== -1) return { message: 'a NUL character cannot stand in SQL', index: nul };
  const use = loaded();
  try {
    return { statements: use.parseSync(text).stmts ?? [] };
  } catch (error) {
    if (!use.hasSqlDetails(error)) return { message: 'it is nested too deeply to be read', index: 0 };
    return { message: error.message, index: indexAtCharacter(text, error.sqlDetails?.cursorPosition ?? 0) };
  }
}

/** A token or comment of a text. Indexes count UTF-16 units. */
export type Token = {
  readonly kind: 'name' | 'keyword' | 'string' | 'parameter' | 'comment' | 'other';
  /** A keyword that is a name only within quotes, as the server's quote_ident() sees it. */
  readonly isReserved: boolean;
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

const tokenKinds: Readonly<Record<string, Token['kind']>> = {
  IDENT: 'name',
  SCONST: 'string',
  PARAM: 'parameter',
  SQL_COMMENT: 'comment',
  C_COMMENT: 'comment',
};

/** The tokens and comments of a text, by the server's own scanner. Throws `sql-syntax` as `parseTree` does. */
export function scanTokens(source: SourceText, naming: Naming = { what: 'The SQL' }): readonly Token[] {
  if (source.text === '') return [];
  // libpg-query 18.1.5 prints control characters unescaped into its JSON; only the offsets are taken from it.
  const plain = source.text.replace(/\r/g, '\n').replace(/(?!\n)\p{Cc}/gu, (one) => ' '.repeat(Buffer.byteLength(one)));
  const { tokens } = guarded(source.text, naming, ({ scanSync }) => scanSync(plain));
  return tokens.map((token) => {
    const [start, end] = [source.indexAtByte(token.start), source.indexAtByte(token.end)];
    const kind = tokenKinds[token.tokenName] ?? (token.keywordKind > 0 ? 'keyword' : 'other');
    const isReserved = token.keywordKind > 0 && token.keywordName !== 'UNRESERVED_KEYWORD';
    return { kind, isReserved, text: source.text.slice(start, end), start, end };
  });
}

/** The tree of a PL/pgSQL function given as a whole CREATE FUNCTION statement, or undefined where it does not parse. */
export function parsePlpgsql(createFunction: string): unknown {
  try {
    return loaded().parsePlPgSQLSync(createFunction);
  } catch {
    // The library throws plain errors for whatever it cannot read, and its callers have another way to look.
    return undefined;
  }
}

/** SQL text of a node on one line, unproven; undefined where the deparser does not know a node. See print.ts. */
export function deparse(node: Node): string | undefined {
  try {
    return loadedDeparser().deparseSync(node, { pretty: false });
  } catch {
    // The deparser throws plain errors for nodes that it does not know; print.ts says so with a code.
    return undefined;
  }
}

/** A node as text in which places, spellings and the order of keys do not count, for comparing. */
export function comparable(node: unknown): string {
  return JSON.stringify(node, (_, value: unknown) => (isRecord(value) ? meaningOf(value) : value)) ?? '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function meaningOf(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const keys = Object.keys(value).filter((key) => !unmeaning.test(key));
  return Object.fromEntries(keys.sort().map((key) => [key, value[key]]));
}

const unmeaning = /^(location|\w+_location|stmt_len|rexpr_list_\w+|list_start|list_end|funcformat)$/;

function loaded(): Library {
  assert(library !== undefined, 'loadParser() was not awaited before SQL was read');
  return library;
}

/** Loaded by the first who prints: who only reads need not wait for it. */
function loadedDeparser(): Deparser {
  const loaded: Deparser = deparser ?? createRequire(import.meta.url)('pgsql-deparser');
  deparser = loaded;
  return loaded;
}

function guarded<T>(text: string, naming: Naming, work: (library: Library) => T): T {
  const use = loaded();
  try {
    return work(use);
  } catch (error) {
    if (!use.hasSqlDetails(error)) throw tooDeep(naming, error);
    const index = indexAtCharacter(text, error.sqlDetails?.cursorPosition ?? 0);
    throw syntaxFailure(text, index, { naming, message: error.message });
  }
}

function syntaxFailure(
  text: string,
  index: number,
  said: { readonly naming: Naming; readonly message: string },
): Error {
  const { what, written } = said.naming;
  const shown = written?.text ?? text;
  const at = Math.min(Math.max(index - (written?.start ?? 0), 0), shown.length);
  // What closes the part that the user wrote is ours: the parser got there because theirs had ended.
  const isBeyond = written !== undefined && index >= written.start + shown.length;
  const message = isBeyond ? 'syntax error at its end' : said.message;
  return fail('sql-syntax', {
    what: `${what} does not parse on line ${lineAt(shown, at)}: ${message}\n${caretFrame(shown, at)}\n`,
    why: 'It was read with the grammar of PostgreSQL 18.',
    next: 'Correct the text at the caret and plan again.',
  });
}

function tooDeep(naming: Naming, cause?: unknown): Error {
  return fail(
    'sql-syntax',
    {
      what: `${naming.what} is nested too deeply to be read.`,
      why: `It nests deeper than ${depthMax} levels of the parser's tree, or the parser could not hold it.`,
      next: 'Split it into smaller statements or expressions.',
    },
    cause,
  );
}

/** Level by level, each in one list: trees of long statements are measured many times. */
function isDeeperThan(tree: unknown, levelsMax: number): boolean {
  let level: object[] = typeof tree === 'object' && tree !== null ? [tree] : [];
  for (let depth = 0; depth <= levelsMax; depth += 1) {
    if (level.length === 0) return false;
    const next: object[] = [];
    for (const value of level) {
      const children: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
      for (const child of children) if (typeof child === 'object' && child !== null) next.push(child);
    }
    level = next;
  }
  return true;
}
