import { at, codeFrom, isClosing, isIdle, isOpening } from '../../../python-source/tokens-at.ts';
import type { PythonFile } from '../reading/python-file.ts';

/** Brackets around something, and what goes with them when they go. Indexes of tokens. */
export type Brackets = {
  readonly opening: readonly number[];
  /** Those that close them, with commas that would be left over; in order. */
  readonly closing: readonly number[];
  /** The first comma at the depth of the inner expression. */
  readonly comma: number | undefined;
  /** The first token of code within the inner expression. */
  readonly inner: number;
};

/**
 * The brackets from one at an index inwards to an inner expression that begins at an offset. `isComprehension`: a comma
 * before the last bracket goes too, which a comprehension may not have.
 */
export function bracketsAround(
  py: PythonFile,
  open: number,
  { offset, isComprehension }: { readonly offset: number; readonly isComprehension: boolean },
): Brackets {
  const opening = [open];
  const depths = [1];
  const closing: number[] = [];
  const inner = codeFrom(py, py.tokenAt(offset) + 1);
  let comma: number | undefined;
  let innerDepth: number | undefined;
  let depth = 1;
  let here = open + 1;
  for (; depth > 0 && here < py.tokens.length; here += 1) {
    const token = at(py, here);
    if (here === inner) innerDepth = depth;
    if (isOpening(token)) {
      depth += 1;
      if (innerDepth === undefined) {
        depths.push(depth);
        opening.push(here);
      }
    }
    if (token.text === ',' && depth === innerDepth && comma === undefined) comma = here;
    if (!isClosing(token)) continue;
    if (depths.includes(depth)) closing.push(...closedAt(py, here, depth));
    depth -= 1;
  }
  if (isComprehension) {
    let last = here - 2;
    while (isIdle(at(py, last))) last -= 1;
    if (at(py, last).text === ',') closing.push(last);
  }
  return { opening, closing: [...new Set(closing)].sort((one, other) => one - other), comma, inner };
}

function closedAt(py: PythonFile, close: number, depth: number): readonly number[] {
  const after = depth > 1 && at(py, close + 1).text === ',' ? [close + 1] : [];
  if (at(py, close - 2).text === ',' && at(py, close - 1).text === ' ') return [close - 2, close - 1, close, ...after];
  if (at(py, close - 1).text === ',') return [close - 1, close, ...after];
  return [close, ...after];
}
