import type { Place } from '../snapshot.ts';
import type { TextEdit } from './file-edits.ts';
import { keysAbove } from './keys-above.ts';

type Placed = { readonly place: Pick<Place, 'offset' | 'length'> };

/** Where a value stands with the quotes around it. Pure. */
export function quotedSpan(text: string, { offset, length }: Placed['place']) {
  const quote = text[offset - 1];
  const isQuoted = (quote === '"' || quote === "'") && text[offset + length] === quote;
  return isQuoted ? { offset: offset - 1, length: length + 2 } : { offset, length };
}

/** A value with the quotes around it, or another one in its place. Pure. */
export function writtenValue(text: string, { place: { offset, length } }: Placed, value?: string): string {
  const span = quotedSpan(text, { offset, length });
  const [before, after] = [text.slice(span.offset, offset), text.slice(offset + length, span.offset + span.length)];
  return `${before}${value ?? text.slice(offset, offset + length)}${after}`;
}

/** What became of an entry of a matrix; `isMerged` where it is one with another that had another value. */
export type Entry = {
  readonly one: Placed;
  /** As it is written afterwards, with its quotes. */
  readonly after: string;
  readonly isMerged: boolean;
};

/** What becomes of a value that says which entry of a matrix is meant. */
export type Followed =
  | { readonly kind: 'raised'; readonly offset: number; readonly length: number; readonly text: string }
  | { readonly kind: 'left'; readonly why: string };

/** True for an entry of a matrix that jobs are made of. Pure. */
export function isEntry(text: string, { place }: Placed): boolean {
  const keys = keysAbove(text, place.offset);
  return keys.includes('matrix') && !keys.includes('include') && !keys.includes('exclude');
}

/** The source of a pattern for an entry of a matrix, by the pattern of its names. */
export function matrixEntry(names: string): string {
  return `\\bmatrix(?:\\.(?:${names})(?![\\w-])|\\[['"](?:${names})['"]\\])`;
}

/** The entries of the matrix of the job in which a value stands. Pure. */
export function entriesBeside(text: string, one: Placed, entries: readonly Entry[]): readonly Entry[] {
  const job = jobOf(text, one);
  return entries.filter((entry) => isEntry(text, entry.one) && jobOf(text, entry.one) === job);
}

/** True for a value that is compared with one of a matrix, or adds to one (`include`). Pure. */
export function isFollower(text: string, one: Placed): boolean {
  if (comparison(text, one) !== undefined) return true;
  const keys = keysAbove(text, one.place.offset);
  return keys.includes('include') && keys.includes('matrix');
}

/**
 * What becomes of a value that follows an entry of the matrix of its job: it is what that is afterwards, so that the two stay
 * equal. Undefined where the matrix has no such entry. Pure.
 */
export function followed(text: string, one: Placed, entries: readonly Entry[]): Followed | undefined {
  const operator = comparison(text, one);
  const own = literalAt(text, one);
  const job = jobOf(text, one);
  const entry = entries.find((other) => jobOf(text, other.one) === job && isEqual(literalAt(text, other.one), own));
  if (entry === undefined) return undefined;
  if (operator === '!=' && entry.isMerged) {
    return {
      kind: 'left',
      why: 'this entry of the matrix is one with another now, and nothing would run where it is not',
    };
  }
  const { offset, length } = quotedSpan(text, one.place);
  const isOfSameKind = literalAt(text, entry.one).isNumber === own.isNumber;
  if (operator === undefined) return { kind: 'raised', offset, length, text: entry.after };
  const { value, isNumber } = literalOf(entry.after);
  const isPlain = isOfSameKind ? isNumber : own.isNumber && Number.isFinite(Number(value));
  return { kind: 'raised', offset, length, text: isPlain ? value : `'${value}'` };
}

/**
 * The same for what is in a condition alone. What asks for an entry that is written anew in another way than by comparing the
 * two (a part of its text, one of a list) is left; undefined where nothing is to be done. Pure.
 */
function followedComparison(text: string, one: Placed, entries: readonly Entry[]): Followed | undefined {
  const own = entries.filter((entry) => isEntry(text, entry.one));
  const found = followed(text, one, own);
  if (found?.kind !== 'raised') return found;
  const { value } = literalAt(text, one);
  if (literalOf(found.text).value === value) return undefined;
  return comparison(text, one) === undefined
    ? { kind: 'left', why: 'it asks in a way of its own for an entry of a matrix that is written anew' }
    : found;
}

/** The edits of a value in a condition; `left` is told why one is left. */
export function conditionEdits(
  text: string,
  one: Placed,
  { entries, left }: { readonly entries: readonly Entry[]; readonly left: (why: string) => void },
): readonly TextEdit[] {
  const found = followedComparison(text, one, entries);
  if (found?.kind === 'left') left(found.why);
  return followedEdits(text, found);
}

/** The edit that a value which follows an entry comes to; none where it stays. Pure. */
export function followedEdits(text: string, found: Followed | undefined): readonly TextEdit[] {
  if (found?.kind !== 'raised') return [];
  const { offset, length, text: after } = found;
  const before = text.slice(offset, offset + length);
  return before === after ? [] : [{ offset, length, before, text: after }];
}

type Literal = { readonly value: string; readonly isNumber: boolean };

/** Equal as workflows compare: https://docs.github.com/actions/reference/workflows-and-actions/expressions#operators */
function isEqual(one: Literal, other: Literal): boolean {
  if (one.isNumber === other.isNumber) return one.value === other.value;
  return Number(one.value) === Number(other.value);
}

/** A value with its quotes; in a workflow what has none and is no number is a text too. */
function literalOf(written: string): Literal {
  const value = written.replaceAll(/^["']|["']$/g, '');
  return { value, isNumber: value === written && /^\d+(\.\d+)?$/.test(value) };
}

function literalAt(text: string, one: Placed): Literal {
  const { offset, length } = quotedSpan(text, one.place);
  return literalOf(text.slice(offset, offset + length));
}

function comparison(text: string, { place: { offset, length } }: Placed): string | undefined {
  const before = /\bmatrix(?:\.[\w-]+|\[['"][\w-]+['"]\])[ \t]*([!=]=)[ \t]*['"]?$/.exec(
    text.slice(Math.max(0, offset - 80), offset),
  );
  const after = /^['"]?[ \t]*([!=]=)[ \t]*matrix(?:\.|\[)/.exec(text.slice(offset + length, offset + length + 80));
  return before?.[1] ?? after?.[1];
}

function jobOf(text: string, { place }: Placed): string | undefined {
  const keys = keysAbove(text, place.offset);
  const at = keys.lastIndexOf('jobs');
  return at === -1 ? undefined : keys[at - 1];
}
