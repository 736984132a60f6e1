import type { MigrationFile, MigrationPart, TransactionMode } from '../../history.ts';
import { statementsIn } from '../text/scan-sql.ts';

/** A comment by which a tool divides a file, and what it says. */
export type Marker = { readonly start: number; readonly end: number; readonly words: readonly string[] };

/** Where a part begins, and how it is run. */
export type Beginning = {
  readonly at: number;
  readonly direction: MigrationPart['direction'];
  readonly transaction: TransactionMode;
};

/** A part, its mode made plain: one statement alone in a query shares its transaction with nothing. */
export function partOf(text: string, { at, direction, transaction }: Beginning, end: number): MigrationPart {
  const isAlone = transaction === 'query' && statementsIn(text, at, end).length <= 1;
  return { start: at, end, direction, transaction: isAlone ? 'each-statement' : transaction };
}

/** A file that is one part from its beginning to its end. */
export function wholeFile(
  path: string,
  text: string,
  { direction = 'up', transaction }: { readonly direction?: 'up' | 'down'; readonly transaction: TransactionMode },
): MigrationFile {
  return { path, text, parts: [partOf(text, { at: 0, direction, transaction }, text.length)] };
}

/** Parts that go on to the next beginning. */
export function partsFrom(text: string, beginnings: readonly Beginning[]): readonly MigrationPart[] {
  return beginnings.map((beginning, index) => partOf(text, beginning, beginnings[index + 1]?.at ?? text.length));
}

/**
 * Lines that match, with the words of the first group. The expression needs the flags g and m; what it matches is a
 * line, or the beginning of one.
 */
export function markersIn(text: string, line: RegExp): readonly Marker[] {
  return [...text.matchAll(line)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    words: (found[1] ?? '').trim().split(/\s+/),
  }));
}
