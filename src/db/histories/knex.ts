import type { History, HistoryReading, Listing, TransactionMode } from '../history.ts';
import { companionOf, compareSqlNames, sqlName } from '../lint/folder/companions.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, compareNatural, dirname, distinct } from '../lint/folder/paths.ts';

const migrationName = /^\d{14}_.*\.(js|ts|mjs|cjs|mts|cts)$/;
const sqlFolder = /^(sqls?|raw|queries)$/;

export const knex: History = {
  id: 'knex',
  summary: 'Knex: SQL files beside <timestamp>_name.js that bears the same name, or in sql/ below',
  why:
    'Knex guide, Migrations: each migration runs in a transaction unless it exports `config = { transaction: false }` or the knexfile says ' +
    'disableTransactions. A file of SQL that a migration gives to knex.raw is sent as one query.',
  transactionSpans: 'file',
  find(listing) {
    const migrations = listing.paths.filter((path) => migrationName.test(basename(path)));
    return distinct(migrations.map(dirname)).filter((folder) => scriptsOf(listing, folder).length > 0);
  },
  read(listing, folder): HistoryReading {
    const scripts = scriptsOf(listing, folder);
    const order = compareSqlNames(compareNatural, listing);
    const files = [...scripts]
      .sort((one, other) => order(one.path, other.path))
      .flatMap(({ path, script }) => {
        const text = listing.read(path);
        if (text === undefined) return [];
        const { direction } = sqlName(path, listing);
        return [wholeFile(path, text, { direction, transaction: modeOf(script) })];
      });
    return { files, others: [], findings: [] };
  },
};

type Script = { readonly path: string; readonly script: string };

function scriptsOf(listing: Listing, folder: string): readonly Script[] {
  const migrations = listing.paths.filter((path) => dirname(path) === folder && migrationName.test(basename(path)));
  return listing.paths.flatMap((path) => {
    const place = dirname(path);
    const isNear = place === folder || (dirname(place) === folder && sqlFolder.test(basename(place)));
    const migration =
      isNear && path.endsWith('.sql') ? companionOf(sqlName(path, listing).stem, migrations) : undefined;
    return migration === undefined ? [] : [{ path, script: listing.read(migration) ?? '' }];
  });
}

function modeOf(script: string): TransactionMode {
  return /\btransaction\s*:\s*false\b/.test(script) ? 'query' : 'one';
}
