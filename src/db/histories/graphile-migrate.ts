import type { History, HistoryReading, Listing, TransactionMode } from '../history.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, below, compareNatural, dirname, distinct, filesIn, isInside } from '../lint/folder/paths.ts';

const committedName = /^\d+(-[-_a-zA-Z0-9]*)?\.sql$/;
const header = /^--! [A-Z][a-zA-Z0-9_]*(?::.*)?\r?\n/;

export const graphileMigrate: History = {
  id: 'graphile-migrate',
  summary: 'Graphile Migrate: committed/*.sql in order, then current.sql or current/*.sql',
  why:
    'graphile-migrate, runStringMigration: BEGIN, the body as one query, COMMIT; with `--! no-transaction` as the first line of ' +
    'the body the query alone, which the server takes as one transaction if it has several statements.',
  transactionSpans: 'file',
  find(listing) {
    const committed = listing.paths.filter(
      (path) =>
        basename(dirname(path)) === 'committed' && committedName.test(basename(path)) && isCommitted(listing, path),
    );
    const settings = listing.paths.filter((path) => /^\.gmrc(\.js|\.cjs)?$/.test(basename(path))).map(dirname);
    const current = settings
      .map((folder) => below(folder, 'migrations'))
      .filter((folder) => currentOf(listing, folder).length > 0);
    return distinct([...committed.map((path) => dirname(dirname(path))), ...current]);
  },
  read(listing, folder): HistoryReading {
    const committed = filesIn(listing, below(folder, 'committed'))
      .filter((path) => committedName.test(basename(path)))
      .sort(compareNatural);
    const scripts = [...committed, ...currentOf(listing, folder)];
    const own = listing.paths.filter((path) => isInside(path, folder) && !scripts.includes(path));
    return {
      files: scripts.flatMap((path) => {
        const text = listing.read(path);
        return text === undefined ? [] : [wholeFile(path, text, { transaction: modeOf(text) })];
      }),
      // afterReset.sql and fixtures/ are run by settings and includes, not in the course of the history.
      others: own,
      findings: [],
    };
  },
};

function isCommitted(listing: Listing, path: string): boolean {
  return /^--! Previous:/m.test((listing.read(path) ?? '').slice(0, 500));
}

function currentOf(listing: Listing, folder: string): readonly string[] {
  const file = below(folder, 'current.sql');
  const parts = filesIn(listing, below(folder, 'current')).filter((path) => /^\d+.*\.sql$/.test(basename(path)));
  return [...(listing.has(file) ? [file] : []), ...[...parts].sort(compareNatural)];
}

function modeOf(text: string): TransactionMode {
  let body = text;
  while (header.test(body)) body = body.replace(header, '');
  return /^--!\s*no-transaction\b/.test(body.trimStart()) ? 'query' : 'one';
}
