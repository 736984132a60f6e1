import type { History, HistoryReading } from '../history.ts';
import { compareSqlNames, sqlName } from '../lint/folder/companions.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, compareNatural, dirname, distinct, filesIn } from '../lint/folder/paths.ts';

const bothWays = /^(up|down)\.sql$/i;

export const plain: History = {
  id: 'plain',
  summary: 'Any other folder: *.sql in the order of the names, 2 before 10; up and down by their names',
  why: 'Nothing says which tool runs it, so nothing is claimed of transactions; folders with up.sql and down.sql are migrations of the folder above.',
  transactionSpans: 'file',
  find(listing) {
    const scripts = listing.paths.filter((path) => path.toLowerCase().endsWith('.sql'));
    return distinct(scripts.map((path) => (bothWays.test(basename(path)) ? dirname(dirname(path)) : dirname(path))));
  },
  read(listing, folder): HistoryReading {
    const above = filesIn(listing, folder).filter((path) => path.toLowerCase().endsWith('.sql') && !isPair(path));
    const pairs = listing.paths.filter((path) => bothWays.test(basename(path)) && dirname(dirname(path)) === folder);
    const files = [...above, ...pairs].sort(compareSqlNames(compareNatural, listing)).flatMap((path) => {
      const text = listing.read(path);
      const { direction } = sqlName(path, listing);
      return text === undefined ? [] : [wholeFile(path, text, { direction, transaction: 'unknown' })];
    });
    return { files, others: [], findings: [] };
  },
};

/** A file up.sql that belongs to the folder above it. At the top there is none. */
function isPair(path: string): boolean {
  return bothWays.test(basename(path)) && dirname(path) !== '.';
}
