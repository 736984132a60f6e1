import type { History, HistoryReading, Listing, MigrationFile, TransactionMode } from '../history.ts';
import { compareSqlNames, sqlName } from '../lint/folder/companions.ts';
import { markersIn, partsFrom, wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, below, compareNatural, dirname, distinct, filesIn } from '../lint/folder/paths.ts';

const marker = /^-- \+migrate[^\S\n]+((?:Up|Down)\b.*)$/gm;
const bothWays = /^(up|down)\.sql$/i;

export const plain: History = {
  id: 'plain',
  summary: 'Any other folder: *.sql in the order of the names, 2 before 10; up and down by their names',
  why:
    'Nothing says which tool runs it, so nothing is claimed of transactions, except where the files say it: `-- +migrate Up notransaction` ' +
    '(sql-migrate, sqlparse.go), and folders with up.sql (diesel_migrations: one transaction, unless metadata.toml says run_in_transaction = false).',
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
      return text === undefined ? [] : [fileOf(listing, path, text)];
    });
    const settings = pairs.map((path) => below(dirname(path), 'metadata.toml'));
    return { files, others: settings.filter((path) => listing.has(path)), findings: [] };
  },
};

/** A file up.sql that belongs to the folder above it. At the top there is none. */
function isPair(path: string): boolean {
  return bothWays.test(basename(path)) && dirname(path) !== '.';
}

function fileOf(listing: Listing, path: string, text: string): MigrationFile {
  const markers = markersIn(text, marker);
  if (markers.length > 0) {
    const beginnings = markers.map(({ start, words: [direction, ...options] }) => ({
      at: start,
      direction: direction === 'Down' ? ('down' as const) : ('up' as const),
      transaction: options.includes('notransaction') ? ('each-statement' as const) : ('one' as const),
    }));
    return { path, text, parts: partsFrom(text, beginnings) };
  }
  return wholeFile(path, text, { direction: sqlName(path, listing).direction, transaction: modeOf(listing, path) });
}

function modeOf(listing: Listing, path: string): TransactionMode {
  if (!bothWays.test(basename(path))) return 'unknown';
  const settings = listing.read(below(dirname(path), 'metadata.toml')) ?? '';
  return /^\s*run_in_transaction\s*=\s*false/m.test(settings) ? 'query' : 'one';
}
