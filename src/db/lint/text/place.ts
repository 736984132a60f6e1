import type { Unit } from '../unit.ts';
import { eachOpaque } from './comments.ts';

/** A range of a text in UTF-16 code units. */
export type Range = { readonly start: number; readonly end: number };

/** Where a hit stands: the definition at a node, the command of an ALTER TABLE, or the whole statement. */
export function placeOf(unit: Unit, at: number | undefined, text: string): Range {
  const { start, end, indexAtByte } = unit.statement;
  if (at === undefined && unit.piece === undefined) return { start, end };
  const code = onlyCode(text.slice(start, end));
  const found = at === undefined ? pieces(code)[unit.piece ?? 0] : definitionAt(code, indexAtByte(at) - start);
  return found === undefined ? { start, end } : { start: start + found.start, end: start + found.end };
}

/** A text with blanks for its comments and letters for what stands between quotes, so that every bracket is one. */
function onlyCode(text: string): string {
  let code = '';
  let at = 0;
  eachOpaque(text, ({ kind, start, end }) => {
    code += text.slice(at, start) + (kind === 'quoted' ? 'x' : ' ').repeat(end - start);
    at = end;
  });
  return code + text.slice(at);
}

/** From a place to the comma or bracket that ends what begins there. */
function definitionAt(code: string, start: number): Range {
  let depth = 0;
  mark.lastIndex = start;
  for (let found = mark.exec(code); found !== null; found = mark.exec(code)) {
    depth += depthOf(found[0]);
    if (depth < 0 || (depth === 0 && /[,;]/.test(found[0]))) return { start, end: endBefore(code, found.index, start) };
  }
  return { start, end: Math.max(endBefore(code, code.length, start), Math.min(start + 1, code.length)) };
}

/** The commands of a statement: what stands between commas outside brackets. The first begins with the statement. */
function pieces(code: string): readonly Range[] {
  const ranges: Range[] = [];
  let depth = 0;
  let start = 0;
  mark.lastIndex = 0;
  for (let found = mark.exec(code); found !== null; found = mark.exec(code)) {
    depth += depthOf(found[0]);
    if (depth !== 0 || found[0] !== ',') continue;
    ranges.push({ start, end: endBefore(code, found.index, start) });
    start = found.index + 1 + (/\S/.exec(code.slice(found.index + 1))?.index ?? 0);
  }
  return [...ranges, { start, end: endBefore(code, code.length, start) }];
}

const mark = /[()[\],;]/g;

function depthOf(bracket: string): number {
  if (bracket === '(' || bracket === '[') return 1;
  return bracket === ')' || bracket === ']' ? -1 : 0;
}

function endBefore(code: string, at: number, start: number): number {
  return start + code.slice(start, at).trimEnd().length;
}
