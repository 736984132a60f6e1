import type { History, HistoryReading } from '../history.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, compareDigits, compareText, dirname, distinct, filesIn } from '../lint/folder/paths.ts';
import { usesCrate } from '../lint/folder/places-above.ts';

const scriptName = /^(\d+)_.*?(\.down|\.up)?\.sql$/;

export const sqlx: History = {
  id: 'sqlx',
  summary:
    'sqlx: <version>_name.sql, or .up.sql and .down.sql, below a Cargo.toml with sqlx, in the order of the versions',
  why:
    'sqlx, sqlx-core/src/migrate/source.rs and sqlx-postgres/src/migrate.rs: a file is one query within a transaction; where it ' +
    'begins with `-- no-transaction`, the query alone, which the server takes as one transaction if it has several statements.',
  transactionSpans: 'file',
  find(listing) {
    const folders = distinct(listing.paths.filter((path) => scriptName.test(basename(path))).map(dirname));
    return folders.filter((folder) => usesCrate(listing, folder, 'sqlx'));
  },
  read(listing, folder): HistoryReading {
    const scripts = filesIn(listing, folder).flatMap((path) => {
      const [, version, way] = scriptName.exec(basename(path)) ?? [];
      const direction = way === '.down' ? ('down' as const) : ('up' as const);
      return version === undefined ? [] : [{ path, version, direction }];
    });
    const ordered = [...scripts].sort(
      (one, other) =>
        compareDigits(one.version, other.version) ||
        compareText(other.direction, one.direction) ||
        compareText(one.path, other.path),
    );
    return {
      files: ordered.flatMap(({ path, direction }) => {
        const text = listing.read(path);
        if (text === undefined) return [];
        const transaction = text.startsWith('-- no-transaction') ? 'query' : 'one';
        return [wholeFile(path, text, { direction, transaction })];
      }),
      others: [],
      findings: [],
    };
  },
};
