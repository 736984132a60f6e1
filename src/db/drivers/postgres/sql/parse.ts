import type { Node, RawStmt } from 'libpg-query';
import { fail } from '#core/error';
import { checkWords } from '../../../intent-limits.ts';
import { type Directive, readDirective } from './directive.ts';
import { linesOf, type SourceText } from './source-text.ts';
import { parseTree, scanTokens, type Token } from './syntax-tree.ts';

/** A part of a statement between commas outside brackets: one command of an ALTER TABLE. */
export type Piece = { readonly start: number; readonly end: number; readonly line: number };

/** A godwit comment at a statement; `piece` where it stands at one command of several. */
export type PlacedDirective = Directive & { readonly piece: number | undefined; readonly line: number };

/** One statement of an intent, with its place in the text and what godwit comments say of it. */
export type Statement = {
  readonly node: Node;
  /** As the user wrote it, without the semicolon. */
  readonly text: string;
  /** Line of its first word, counted from 1. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** Its words, without comments. */
  readonly tokens: readonly Token[];
  readonly pieces: readonly Piece[];
  readonly directives: readonly PlacedDirective[];
};

type Span = { readonly node: Node; readonly tokens: readonly Token[]; readonly start: number; readonly end: number };

/**
 * Parses an intent into its statements. Comments `-- godwit: up …` on the lines before a statement, within it, or at the
 * end of its last line belong to it. Throws `sql-syntax` with line and caret, and `bad-input` for a comment that cannot
 * be read or stands at no statement, and for more words than a plan takes.
 */
export function parse(text: string): readonly Statement[] {
  const { source, statements } = parseTree(text);
  const tokens = scanTokens(source);
  checkWords(tokens.length);
  const words = tokens.filter(({ kind }) => kind !== 'comment');
  const spans = spansOf(statements, source, words);
  const directives = new Map<Span, PlacedDirective[]>(spans.map((span) => [span, []]));
  const commentLines = linesOf(text);
  for (const comment of tokens.filter(({ kind }) => kind === 'comment')) {
    const line = commentLines(comment.start);
    const directive = readDirective(comment.text, line);
    if (directive === undefined) continue;
    const span = ownerOf(spans, comment, text);
    if (span === undefined) throw homeless(comment, line);
    directives.get(span)?.push({ ...directive, line, piece: pieceAt(span, comment, text) });
  }
  const lines = linesOf(text);
  return spans.map((span) => ({
    ...span,
    text: text.slice(span.start, span.end),
    line: lines(span.start),
    pieces: piecesOf(span, text, lines(span.start)),
    directives: directives.get(span) ?? [],
  }));
}

/** Statements and words come in the order of the text, so that each word is looked at once. */
function spansOf(statements: readonly RawStmt[], source: SourceText, words: readonly Token[]): readonly Span[] {
  let at = 0;
  return statements.flatMap((statement) => {
    if (statement.stmt === undefined) return [];
    const byte = statement.stmt_location ?? 0;
    const from = source.indexAtByte(byte);
    const to = statement.stmt_len === undefined ? source.text.length : source.indexAtByte(byte + statement.stmt_len);
    while (at < words.length && (words[at]?.start ?? from) < from) at += 1;
    const first = at;
    while (at < words.length && (words[at]?.end ?? to) <= to) at += 1;
    return spanOf(statement.stmt, words.slice(first, at), { from, to });
  });
}

function spanOf(
  node: Node,
  inside: readonly Token[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly Span[] {
  const tokens = inside.slice(inside.findIndex((token) => token.text !== ';'));
  const last = tokens.findLastIndex((token) => token.text !== ';');
  const [start, end] = [tokens[0]?.start ?? from, tokens[last]?.end ?? to];
  return [{ node, tokens: tokens.slice(0, last + 1), start, end }];
}

/** The statement around a comment, else the one that ends before it on its line, else the next one. */
function ownerOf(spans: readonly Span[], comment: Token, text: string): Span | undefined {
  const around = spans.find(({ start, end }) => start <= comment.start && comment.start < end);
  if (around !== undefined) return around;
  const ended = spans.findLast(({ end }) => end <= comment.start);
  if (ended !== undefined && !text.slice(ended.end, comment.start).includes('\n')) return ended;
  return spans.find(({ start }) => start > comment.start);
}

/** Commas of the statement outside brackets. */
function commasOf(span: Span): readonly Token[] {
  let depth = 0;
  return span.tokens.filter((token) => {
    if (/^[([]$/.test(token.text)) depth += 1;
    if (/^[)\]]$/.test(token.text)) depth -= 1;
    return depth === 0 && token.text === ',';
  });
}

/**
 * The command that a comment stands at: the one it is written in, or the one whose comma it follows on the same line.
 * Undefined before the statement, and after a statement that has all its commands on that line.
 */
function pieceAt(span: Span, comment: Token, text: string): number | undefined {
  if (comment.start < span.start) return undefined;
  const commas = commasOf(span).filter((comma) => comma.end <= comment.start);
  const last = commas.at(-1);
  const isOnItsLine = last !== undefined && !text.slice(last.end, comment.start).includes('\n');
  if (comment.start < span.end) {
    const isBetween = isOnItsLine && text.slice(last.end, comment.start).trim() === '';
    return isBetween ? commas.length - 1 : commas.length;
  }
  return isOnItsLine ? undefined : commas.length;
}

function piecesOf(span: Span, text: string, line: number): readonly Piece[] {
  const commas = commasOf(span);
  const ends = [...commas.map(({ start }) => start), span.end];
  const lines = linesOf(text, { index: span.start, line });
  let at = 0;
  return ends.map((end, place) => {
    const from = commas[place - 1]?.end ?? span.start;
    while (at < span.tokens.length && (span.tokens[at]?.start ?? from) < from) at += 1;
    const start = span.tokens[at]?.start ?? from;
    return { start, end, line: lines(start) };
  });
}

function homeless(comment: Token, line: number): Error {
  return fail('bad-input', {
    what: `The godwit comment of line ${line} stands at no statement: ${comment.text}`,
    why: 'It says how the values of one change are made, so it belongs to a statement.',
    next: 'Put it on the line before its statement, or at the end of its line.',
  });
}
