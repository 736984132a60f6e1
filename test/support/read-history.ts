import { describe, expect, it } from 'vitest';
import { histories } from '../../src/db/histories/index.ts';
import type { Listing } from '../../src/db/history.ts';

/** A folder by its files, and how the shelf of tools must read it. */
export type HistoryCase = {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** Tool and folder that are recognised first. */
  readonly is: string;
  /** In the order in which they run: `path direction/transaction`, and of several parts also their texts. */
  readonly runs: readonly string[];
  /** Findings, as `file: message`. */
  readonly finds?: readonly string[];
};

/** One test for what is recognised and one for what is read, for each case. */
export function checkHistories(cases: readonly HistoryCase[]): void {
  describe.each(cases)('$title', ({ files, is, runs, finds }) => {
    const listing = listingOf(files);
    const found = histories.flatMap((history) => history.find(listing).map((folder) => ({ history, folder })))[0];

    it('is recognised', () => {
      expect(found && `${found.history.id} ${found.folder}`).toBe(is);
    });

    it('is read in order, with parts and transactions', () => {
      const reading = found?.history.read(listing, found.folder);
      const lines = reading?.files.flatMap(({ path, text, parts, isRepeatable }) =>
        parts.map(({ start, end, direction, transaction }) => {
          const part = parts.length > 1 ? ` ${text.slice(start, end)}` : isRepeatable === true ? ' repeatable' : '';
          return `${path} ${direction}/${transaction}${part}`;
        }),
      );
      expect(lines).toEqual(runs);
      expect(reading?.findings.map(({ file, message }) => `${file}: ${message}`)).toEqual(finds ?? []);
    });
  });
}

/** A listing of files that are given as data. */
export function listingOf(files: Readonly<Record<string, string>>): Listing {
  return { paths: Object.keys(files), has: (path) => Object.hasOwn(files, path), read: (path) => files[path] };
}
