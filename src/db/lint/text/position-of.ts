import { lineStarts } from './line-starts.ts';

/** Line and column of an offset, both from 1; columns count UTF-16 code units. */
export function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  if (text !== last.text) last = { text, starts: lineStarts(text) };
  const { starts } = last;
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: Math.max(1, offset - (starts[low] ?? 0) + 1) };
}

/** Findings come file by file: the lines of the last text are the ones that are asked for. */
let last: { readonly text: string; readonly starts: readonly number[] } = { text: '', starts: [0] };
