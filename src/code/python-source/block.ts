import type { TextEdit } from '../recipe.ts';
import type { PythonSource } from './python-source.ts';
import { at, codeFrom, isClosing, isIdle, isOpening, lineEndFrom, replaceTokens, textOf } from './tokens-at.ts';

/** A compound statement's clause as tokens: `if x:` and what it holds. */
export type Block = {
  /** Its first token, its indentation included. */
  readonly start: number;
  readonly keyword: number;
  readonly colon: number;
  /** Where what it holds begins. */
  readonly body: number;
  /** Where the next statement begins, comments and empty lines before it passed over. */
  readonly end: number;
  readonly isOneLine: boolean;
};

/** The block that a keyword begins. */
export function blockAt(py: PythonSource, keyword: number): Block {
  const start = at(py, keyword - 1).kind === 'space' ? keyword - 1 : keyword;
  const colon = colonFrom(py, keyword);
  let body = colon + 1;
  while (at(py, body).kind === 'space' || at(py, body).kind === 'comment' || at(py, body).kind === 'escaped') body += 1;
  if (at(py, body).kind !== 'newline')
    return { start, keyword, colon, body, end: lineEndFrom(py, body), isOneLine: true };
  return {
    start,
    keyword,
    colon,
    body: body + 1,
    end: blockEnd(py, body + 1, columnOf(py, keyword)),
    isOneLine: false,
  };
}

/** Index of the colon that ends a clause's head. */
function colonFrom(py: PythonSource, from: number): number {
  let depth = 0;
  for (let here = from; here < py.tokens.length; here += 1) {
    if (depth === 0 && at(py, here).text === ':') return here;
    if (isOpening(at(py, here))) depth += 1;
    if (isClosing(at(py, here))) depth -= 1;
  }
  return py.tokens.length;
}

function columnOf(py: PythonSource, index: number): number {
  const { start } = at(py, index);
  return start - (py.text.lastIndexOf('\n', start - 1) + 1);
}

/** Where the first logical line begins that is not indented further than a column. */
function blockEnd(py: PythonSource, from: number, column: number): number {
  let line = from;
  while (line < py.tokens.length) {
    const first = codeFrom(py, line);
    if (first >= py.tokens.length) return py.tokens.length;
    if (columnOf(py, first) <= column) return at(py, first - 1).kind === 'space' ? first - 1 : first;
    line = lineEndFrom(py, first);
  }
  return py.tokens.length;
}

/** The same block without the comments and empty lines behind it that are not indented as it is. */
export function trimmed(py: PythonSource, block: Block): Block {
  let last = block.end - 1;
  const initial = indentOf(py, block).length;
  for (let here = block.end - 1; isIdle(at(py, here)) || at(py, here).kind === 'newline'; here -= 1) {
    if (at(py, here).kind !== 'nl' && at(py, here).kind !== 'newline') continue;
    const next = at(py, here + 1);
    if (next.kind === 'space' && next.text.length > initial) break;
    last = here;
  }
  return { ...block, end: last + 1 };
}

function indentOf(py: PythonSource, block: Block): string {
  const { kind, text } = at(py, block.start);
  return kind === 'space' ? text : '';
}

/** The edits that put what a block holds where its keyword stands. */
export function dedented(py: PythonSource, block: Block): readonly TextEdit[] {
  if (block.isOneLine) return [];
  const initial = indentOf(py, block).length;
  const lines: number[] = [];
  let least: number | undefined;
  for (let here = block.body; here < block.end; here += 1) {
    const isLine = at(py, here - 1).kind === 'nl' || at(py, here - 1).kind === 'newline';
    if (!isLine || at(py, here).kind !== 'space') continue;
    lines.push(here);
    const { length } = at(py, here).text;
    if (at(py, here + 1).kind !== 'comment') least = Math.min(least ?? length, length);
  }
  const by = (least ?? initial) - initial;
  return lines.map((line) => {
    const { text } = at(py, line);
    return replaceTokens(py, [line, line + 1], text.slice(0, initial) + text.slice(initial + by));
  });
}

/** The text of what a block holds. */
export function bodyText(py: PythonSource, block: Block): string {
  return textOf(py, [block.body, block.end]);
}
