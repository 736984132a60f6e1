import type { Place } from '../snapshot.ts';
import type { TextEdit } from './file-edits.ts';
import { type Entry, quotedSpan } from './matrix-values.ts';

type Placed = { readonly place: Pick<Place, 'offset' | 'length'> };

const comment = '(?:#[^\\r\\n]*)?';
const near = `["']?[ \\t]*,?[ \\t]*${comment}(?:\\r?\\n[ \\t]*)?(?:-[ \\t]+)?["']?`;
const parting = `[ \\t]*(?:,[ \\t]*${comment}(?:\\r?\\n[ \\t]*)?|${comment}\\r?\\n[ \\t]*)(?:-[ \\t]+)?`;
const part = '\\{[^{}\\n]*\\}';
const stranger = `["']?(?:\\w|${part})(?:[\\w.*+-]|${part})*["']?`;
const between = new RegExp(`^(?:${near}|["']?(?:${parting}${stranger})+${parting}["']?)$`);

/**
 * Values put together where they stand in one list: with nothing between but commas, quotes, dashes, comments, ends of lines, and
 * items of which nobody asked (`pypy3.10`). A value for which `isListed` says no stands alone. Pure.
 */
export function listRuns<T extends Placed>(
  text: string,
  places: readonly T[],
  isListed: (one: T, last: T) => boolean,
): readonly (readonly T[])[] {
  const runs: T[][] = [];
  for (const one of places) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const gap = last === undefined ? '' : text.slice(last.place.offset + last.place.length, one.place.offset);
    if (run !== undefined && last !== undefined && isListed(one, last) && between.test(gap)) run.push(one);
    else runs.push([one]);
  }
  return runs;
}

/** An item of a list as it is written, with its quotes; `one` is undefined for a stranger. */
export type ListItem<T> = { readonly text: string; readonly one: T | undefined; readonly comment: string };

/** A list from the first of its values to the last. */
export type ListSpan<T> = {
  readonly start: number;
  readonly end: number;
  readonly items: readonly ListItem<T>[];
  /** What parts two items, without a comment; undefined where there is one item. */
  readonly separator: string | undefined;
};

/** The items of a run, strangers between them with them. Pure. */
export function listSpan<T extends Placed>(text: string, run: readonly T[]): ListSpan<T> {
  const spans = run.map(({ place }) => {
    const { offset, length } = quotedSpan(text, place);
    return { start: offset, end: offset + length };
  });
  const gaps = spans.map(({ end }, at) => (spans[at + 1] === undefined ? '' : text.slice(end, spans[at + 1]?.start)));
  const items = run.flatMap((one, at): readonly ListItem<T>[] => {
    const [span, gap = ''] = [spans[at], gaps[at]];
    const strangers = [...gap.replaceAll(/#[^\r\n]*/g, '').matchAll(new RegExp(stranger, 'g'))].map(([found]) => found);
    const noted = strangers.length === 0 ? (/[ \t]*#[^\r\n]*/.exec(gap)?.[0] ?? '') : '';
    return [
      { text: text.slice(span?.start, span?.end), one, comment: noted },
      ...strangers.map((found) => ({ text: found, one: undefined, comment: '' })),
    ];
  });
  const plain = gaps.map((gap) => gap.replaceAll(/[ \t]*#[^\r\n]*/g, ''));
  const [first = '', ...others] = plain.filter((gap) => gap !== '' && !/\w/.test(gap));
  const cut = plain.find((gap) => gap !== '');
  const separator =
    cut === undefined ? undefined : ([first, ...others].find((gap) => gap !== '') ?? /^[^\w"'{]+/.exec(cut)?.[0]);
  return { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0, items, separator };
}

/** What becomes of a list, and of each of its values. */
export type MadeList = { readonly edits: readonly TextEdit[]; readonly entries: readonly Entry[] };

type Written = Omit<ListItem<unknown>, 'one'>;

/** A list written anew, with other items where it stood. Pure. */
export function listEdit(
  text: string,
  { start, end, separator = ', ' }: Pick<ListSpan<unknown>, 'start' | 'end' | 'separator'>,
  items: readonly Written[],
): TextEdit {
  return { offset: start, length: end - start, before: text.slice(start, end), text: joinItems(items, separator) };
}

/** Items as one text; a comment stays behind its item where the list goes on below it. Pure. */
export function joinItems(items: readonly Written[], separator: string): string {
  return items
    .map(({ text, comment }, at) => {
      if (at === items.length - 1) return text;
      return text + (comment === '' ? separator : separator.replace(/[ \t]*(?=\r?\n)/, comment));
    })
    .join('');
}
