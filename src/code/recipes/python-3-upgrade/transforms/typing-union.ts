import type { SgNode } from '@ast-grep/napi';
import type { Fix } from '../../../python-source/fixes.ts';
import {
  at,
  closingOf,
  firstToken,
  isClosing,
  isIdle,
  isOpening,
  replaceTokens,
} from '../../../python-source/tokens-at.ts';
import type { PythonFile } from '../reading/python-file.ts';

type Place = { readonly depth: number; readonly index: number };
type Pair = { readonly depth: number; readonly open: number; readonly close: number };

/** `Union[a, b]` as `a | b`: parentheses around all of it go, and over several lines one pair stays. */
export function unionFix(
  py: PythonFile,
  open: number,
  { node, count }: { readonly node: SgNode; readonly count: number },
): Fix {
  const start = firstToken(py, node);
  const close = closingOf(py, open);
  const { commas, pairs, codeDepth } = depthsIn(py, open, close);
  const commaDepth = Math.min(Number.MAX_SAFE_INTEGER, ...commas.map(({ depth }) => depth));
  const least = Math.min(commaDepth, codeDepth);
  const gone = pairs.filter(({ depth }) => depth < least).flatMap((pair) => [pair.open, pair.close]);
  const own =
    commaDepth <= codeDepth ? commas.filter(({ depth }) => depth === commaDepth).map(({ index }) => index) : [];
  // A comma behind the last type is none between two.
  const last = own.length === count ? own.pop() : undefined;
  if (last !== undefined) gone.push(last);
  const inner = [
    ...own.map((index) => replaceTokens(py, [index, index + 1], ' |')),
    ...gone.map((index) => replaceTokens(py, [index, index + 1])),
  ];
  const isOneLine = !py.text.slice(at(py, open).start, at(py, close).start).includes('\n');
  if (isOneLine) return [replaceTokens(py, [start, open + 1]), ...inner, replaceTokens(py, [close, close + 1])];
  return [replaceTokens(py, [start, open + 1], '('), ...inner, replaceTokens(py, [close, close + 1], ')')];
}

function depthsIn(py: PythonFile, open: number, close: number) {
  const commas: Place[] = [];
  const pairs: Pair[] = [];
  const opened: Place[] = [];
  let depth = 1;
  let codeDepth: number | undefined;
  for (let index = open + 1; index < close; index += 1) {
    const token = at(py, index);
    if (!isIdle(token) && token.text !== '(' && codeDepth === undefined)
      codeDepth = token.text === ')' ? depth - 1 : depth;
    if (isOpening(token)) {
      if (token.text === '(') opened.push({ depth, index });
      depth += 1;
    } else if (isClosing(token)) {
      const begun = token.text === ')' ? opened.pop() : undefined;
      if (begun !== undefined) pairs.push({ depth: begun.depth, open: begun.index, close: index });
      depth -= 1;
    } else if (token.text === ',') commas.push({ depth, index });
  }
  return { commas, pairs, codeDepth: codeDepth ?? depth };
}
