import type { History, HistoryReading, Listing, TransactionMode } from '../history.ts';
import { companionOf, compareSqlNames, sqlName } from '../lint/folder/companions.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, compareNatural, dirname, distinct, isInside } from '../lint/folder/paths.ts';

export const rails: History = {
  id: 'rails',
  summary: 'Rails: SQL files in db/migrate, in the order of the names; db/structure.sql is no migration',
  why:
    'Active Record Migrations guide: each migration runs in a transaction unless it says disable_ddl_transaction!. What a .rb ' +
    'does with a file of SQL is not known, only whether it is in a transaction.',
  transactionSpans: 'file',
  find(listing) {
    const scripts = listing.paths.filter((path) => path.endsWith('.sql'));
    const folders = distinct(scripts.flatMap((path) => migrateFolderOf(path) ?? []));
    // Other tools keep their files in db/migrate too; Rails has programs there.
    return folders.filter((folder) => listing.paths.some((path) => isInside(path, folder) && path.endsWith('.rb')));
  },
  read(listing, folder): HistoryReading {
    const own = listing.paths.filter((path) => isInside(path, folder));
    const programs = own.filter((path) => path.endsWith('.rb'));
    const scripts = own.filter((path) => path.endsWith('.sql'));
    const files = [...scripts].sort(compareSqlNames(compareNatural, listing)).flatMap((path) => {
      const text = listing.read(path);
      if (text === undefined) return [];
      const { stem, direction } = sqlName(path, listing);
      const transaction = modeOf(listing, companionOf(stem, programs));
      return [wholeFile(path, text, { direction, transaction })];
    });
    return { files, others: listing.paths.filter((path) => basename(path) === 'structure.sql'), findings: [] };
  },
};

/** `db/migrate`, also of a further database: `db/queue_migrate`. */
function migrateFolderOf(path: string): string | undefined {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (/^(\w+_)?migrate$/.test(basename(folder)) && basename(dirname(folder)) === 'db') return folder;
  }
  return undefined;
}

function modeOf(listing: Listing, program: string | undefined): TransactionMode {
  if (program === undefined) return 'unknown';
  return /\bdisable_ddl_transaction!/.test(listing.read(program) ?? '') ? 'query' : 'one';
}
