import { keysAbove } from './keys-above.ts';

type Span = { readonly offset: number; readonly length: number };

/** How a workflow compares what stands at a place with an entry of a matrix; undefined where it does not compare the two. Pure. */
function comparisonAt(text: string, { offset, length }: Span): '==' | '!=' | undefined {
  const before = /\bmatrix(?:\.[\w-]+|\[['"][\w-]+['"]\])[ \t]*([!=])=[ \t]*['"]?$/.exec(
    text.slice(Math.max(0, offset - near), offset),
  );
  const after = /^['"]?[ \t]*([!=])=[ \t]*matrix(?:\.|\[)/.exec(text.slice(offset + length, offset + length + near));
  const sign = before?.[1] ?? after?.[1];
  return sign === undefined ? undefined : sign === '=' ? '==' : '!=';
}

const near = 80;

/** The job of a workflow in which a place stands. Pure. */
function jobAt(text: string, { offset }: Span): string | undefined {
  const keys = keysAbove(text, offset);
  const at = keys.lastIndexOf('jobs');
  return at === -1 ? undefined : keys[at - 1];
}

/** An entry of a list: what stands for it afterwards, and whether its own value is gone. */
export type MatrixEntry = {
  readonly value: string;
  readonly place: Span;
  readonly after: string;
  readonly isGone: boolean;
};

/** What becomes of a value that is compared with an entry of a matrix which is gone: that of what stands for it, or only people know. */
export type Followed =
  | { readonly kind: 'raised'; readonly after: string }
  | { readonly kind: 'left'; readonly why: string };

/** Undefined where the matrix of its job has no such entry, or still has it. Pure. */
export function followedEntry(
  text: string,
  one: Pick<MatrixEntry, 'value' | 'place'>,
  entries: readonly MatrixEntry[],
): Followed | undefined {
  const job = jobAt(text, one.place);
  const entry = entries.find(
    ({ value, place }) =>
      value === one.value && jobAt(text, place) === job && keysAbove(text, place.offset).includes('matrix'),
  );
  if (entry?.isGone !== true) return undefined;
  if (comparisonAt(text, one.place) === '==') return { kind: 'raised', after: entry.after };
  return { kind: 'left', why: `this entry of the matrix is gone, and ${entry.after} stands for it` };
}

/** The source of a pattern for an entry of a matrix, by the pattern of its names. */
export function matrixEntry(names: string): string {
  return `\\bmatrix(?:\\.(?:${names})(?![\\w-])|\\[['"](?:${names})['"]\\])`;
}
