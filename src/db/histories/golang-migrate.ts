import type { History, HistoryReading, Listing } from '../history.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, compareDigits, compareText, dirname, distinct, filesIn } from '../lint/folder/paths.ts';

const scriptName = /^(\d+)_.*\.(up|down)\.sql$/;
const anyDialect = /\.(up|down)\.sql$/;

export const golangMigrate: History = {
  id: 'golang-migrate',
  summary: 'golang-migrate: <version>_name.up.sql and .down.sql, in the order of the versions',
  why:
    'golang-migrate, source/parse.go and database/postgres: a file is sent as one query, which the server takes as one ' +
    'transaction if it has several statements (its README, Multi-statement mode; `x-multi-statement=true` in the URL divides it).',
  transactionSpans: 'file',
  find(listing) {
    return distinct(listing.paths.filter((path) => scriptName.test(basename(path))).map(dirname));
  },
  read(listing, folder): HistoryReading {
    const scripts = filesIn(listing, folder).flatMap((path) => {
      if (isReplaced(path, listing)) return [];
      const [, version, direction] = scriptName.exec(basename(path)) ?? [];
      return version === undefined
        ? []
        : [{ path, version, direction: direction === 'down' ? ('down' as const) : ('up' as const) }];
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
        return text === undefined ? [] : [wholeFile(path, text, { direction, transaction: 'query' })];
      }),
      others: filesIn(listing, folder).filter((path) => isReplaced(path, listing)),
      findings: [],
    };
  },
};

/** Ory's popx takes the file of the database's own dialect where there is one: `1_a.postgres.up.sql`. */
function isReplaced(path: string, { has }: Listing): boolean {
  return ['postgres', 'postgresql'].some((dialect) => has(path.replace(anyDialect, `.${dialect}.$1.sql`)));
}
