import { keysAbove } from './keys-above.ts';

type Span = { readonly offset: number; readonly length: number };

/** How a workflow compares what stands at a place with an entry of a matrix; undefined where it does not compare the two. Pure. */
export function comparisonAt(text: string, { offset, length }: Span): '==' | '!=' | undefined {
  const before = /\bmatrix(?:\.[\w-]+|\[['"][\w-]+['"]\])[ \t]*([!=])=[ \t]*['"]?$/.exec(
    text.slice(Math.max(0, offset - near), offset),
  );
  const after = /^['"]?[ \t]*([!=])=[ \t]*matrix(?:\.|\[)/.exec(text.slice(offset + length, offset + length + near));
  const sign = before?.[1] ?? after?.[1];
  return sign === undefined ? undefined : sign === '=' ? '==' : '!=';
}

const near = 80;

/** The job of a workflow in which a place stands. Pure. */
export function jobAt(text: string, { offset }: Span): string | undefined {
  const keys = keysAbove(text, offset);
  const at = keys.lastIndexOf('jobs');
  return at === -1 ? undefined : keys[at - 1];
}

/** The source of a pattern for an entry of a matrix, by the pattern of its names. */
export function matrixEntry(names: string): string {
  return `\\bmatrix(?:\\.(?:${names})(?![\\w-])|\\[['"](?:${names})['"]\\])`;
}
