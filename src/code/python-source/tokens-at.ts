import type { SgNode } from '@ast-grep/napi';
import type { TextEdit } from '../recipe.ts';
import { startOf } from './nodes.ts';
import type { PythonSource } from './python-source.ts';
import type { Token, TokenKind } from './tokens.ts';

const idleKinds: ReadonlySet<TokenKind> = new Set(['space', 'comment', 'escaped', 'nl']);
const none: Token = { kind: 'other', text: '', start: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY };

/** The token at an index; one without text where there is none. */
export function at({ tokens }: PythonSource, index: number): Token {
  return tokens[index] ?? none;
}

/** True for what means nothing to the program: spaces, comments, line ends within brackets. */
export function isIdle({ kind }: Token): boolean {
  return idleKinds.has(kind);
}

/** Index of the next token from here on that means something. */
export function codeFrom(py: PythonSource, index: number): number {
  let here = index;
  while (here < py.tokens.length && isIdle(at(py, here))) here += 1;
  return here;
}

/** Index of the last token up to here that means something; -1 where there is none. */
export function codeUpTo(py: PythonSource, index: number): number {
  let here = index;
  while (here >= 0 && isIdle(at(py, here))) here -= 1;
  return here;
}

/** True for `(`, `[` and `{`. */
export function isOpening({ kind, text }: Token): boolean {
  return kind === 'op' && (text === '(' || text === '[' || text === '{');
}

/** True for `)`, `]` and `}`. */
export function isClosing({ kind, text }: Token): boolean {
  return kind === 'op' && (text === ')' || text === ']' || text === '}');
}

/** Index of the next token with a text, from an index on; the number of tokens where there is none. */
export function findText(py: PythonSource, index: number, text: string): number {
  let here = index;
  while (here < py.tokens.length && (at(py, here).text !== text || at(py, here).kind === 'string')) here += 1;
  return here;
}

/** Index of the bracket that closes the one at an index. */
export function closingOf(py: PythonSource, open: number): number {
  let depth = 0;
  for (let here = open; here < py.tokens.length; here += 1) {
    if (isOpening(at(py, here))) depth += 1;
    else if (isClosing(at(py, here))) depth -= 1;
    if (depth === 0) return here;
  }
  return py.tokens.length;
}

/** Index behind the end of the logical line that an index stands in. */
export function lineEndFrom(py: PythonSource, index: number): number {
  let here = index;
  while (here < py.tokens.length && at(py, here).kind !== 'newline') here += 1;
  return Math.min(here + 1, py.tokens.length);
}

/** Tokens from the first index up to, and not with, the last. */
export type Stretch = readonly [from: number, to: number];

/** What stands between the commas of the brackets that open at an index, spaces included; and the index behind them. */
export function argumentStretches(
  py: PythonSource,
  open: number,
): { readonly args: readonly Stretch[]; readonly end: number } {
  const close = closingOf(py, open);
  const args: Stretch[] = [];
  let from = open + 1;
  for (let here = open + 1; here < close; here += 1) {
    if (isOpening(at(py, here))) here = closingOf(py, here);
    else if (at(py, here).text === ',') {
      args.push([from, here]);
      from = here + 1;
    }
  }
  if (textOf(py, [from, close]).trim() !== '') args.push([from, close]);
  return { args, end: close + 1 };
}

/** The text of a stretch as it stands. */
export function textOf(py: PythonSource, [from, to]: Stretch): string {
  if (to <= from) return '';
  return py.text.slice(at(py, from).start, at(py, to - 1).end);
}

/** The edit that takes a stretch away, or puts a text in its place. */
export function replaceTokens(py: PythonSource, [from, to]: Stretch, text = ''): TextEdit {
  const offset = from < py.tokens.length ? at(py, from).start : py.text.length;
  const end = to <= from ? offset : at(py, to - 1).end;
  return { offset, length: end - offset, text };
}

/** The edits that take brackets and commas away, each with its line where nothing else of it stays. */
export function removeBrackets(py: PythonSource, indexes: readonly number[]): readonly TextEdit[] {
  const gone = new Set(indexes);
  const done = new Set<number>();
  return [...gone]
    .sort((one, other) => one - other)
    .flatMap((index) => {
      if (done.has(index)) return [];
      let last = index;
      while (gone.has(last + 1)) last += 1;
      for (let here = index; here <= last; here += 1) done.add(here);
      const isAlone =
        at(py, index - 2).kind === 'nl' && at(py, index - 1).kind === 'space' && at(py, last + 1).kind === 'nl';
      return [replaceTokens(py, isAlone ? [index - 1, last + 2] : [index, last + 1])];
    });
}

/** The edit that takes a bracket away, with its line where it has one of its own. */
export function removeBracket(py: PythonSource, index: number): TextEdit {
  const isAlone =
    at(py, index - 2).kind === 'nl' && at(py, index - 1).kind === 'space' && at(py, index + 1).kind === 'nl';
  return replaceTokens(py, isAlone ? [index - 1, index + 2] : [index, index + 1]);
}

/** Index of the token that a node begins with. */
export function firstToken(py: PythonSource, node: SgNode): number {
  return py.tokenAt(startOf(node));
}

/** Index of the bracket that opens a call's arguments, or a subscript. */
export function openingOf(py: PythonSource, list: SgNode | null | undefined): number {
  return list == null ? py.tokens.length : py.tokenAt(startOf(list));
}
