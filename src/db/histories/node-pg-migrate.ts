import type { History, HistoryReading } from '../history.ts';
import { markersIn, partsFrom } from '../lint/folder/migration-parts.ts';
import { basename, compareNatural, dirname, distinct, filesIn } from '../lint/folder/paths.ts';

const marker = /^[^\S\n]*--[\s-]*(up|down)[^\S\n]+migration/gim;

const upMarker = /^[^\S\n]*--[\s-]*up[^\S\n]+migration/im;

export const nodePgMigrate: History = {
  id: 'node-pg-migrate',
  summary: 'node-pg-migrate: <timestamp>_name.sql with `-- Up Migration` and `-- Down Migration`',
  why:
    'node-pg-migrate, src/sqlMigration.ts and src/migration.ts: a file without marks is all forward; one transaction around ' +
    'all files that are pending, unless --no-single-transaction, and then one around each. A file of SQL cannot ask for none.',
  transactionSpans: 'run',
  find(listing) {
    // Other tools' files have such comments too: only what could be the whole of a migration counts.
    const scripts = listing.paths.filter((path) => /^\d+[_-].*(?<!\.up|\.down)\.sql$/.test(basename(path)));
    return distinct(scripts.filter((path) => upMarker.test(listing.read(path) ?? '')).map(dirname));
  },
  read(listing, folder): HistoryReading {
    const scripts = filesIn(listing, folder).filter((path) => path.endsWith('.sql'));
    return {
      files: [...scripts].sort(compareNatural).flatMap((path) => {
        const text = listing.read(path);
        return text === undefined ? [] : [{ path, text, parts: partsOf(text) }];
      }),
      others: [],
      findings: [],
    };
  },
};

function partsOf(text: string): ReturnType<typeof partsFrom> {
  const markers = markersIn(text, marker).map(({ start, words }) => ({
    at: start,
    direction: words[0]?.toLowerCase() === 'down' ? ('down' as const) : ('up' as const),
    transaction: 'one' as const,
  }));
  // What stands before a mark is not run, but without a mark for the way forward the whole of it is.
  if (markers.some(({ direction }) => direction === 'up')) return partsFrom(text, markers);
  return partsFrom(text, [{ at: 0, direction: 'up', transaction: 'one' }, ...markers]);
}
