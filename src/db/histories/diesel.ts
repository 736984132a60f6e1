import type { History, HistoryReading, Listing, TransactionMode } from '../history.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, below, compareText, dirname, distinct, filesIn } from '../lint/folder/paths.ts';
import { usesCrate } from '../lint/folder/places-above.ts';

/** As `diesel migration generate` writes it: 2024-01-31-120000_name, and since 2.2 with a number behind the seconds. */
const generated = /^(\d{4}-\d{2}-\d{2}(-\d+)*|0{14})_/;

export const diesel: History = {
  id: 'diesel',
  summary: 'Diesel: <version>_name/up.sql and down.sql, in the order of the versions',
  why:
    'diesel_migrations, file_based_migrations.rs and migrations_internals: a file is one query within a transaction, unless ' +
    'metadata.toml beside it says run_in_transaction = false, or is there and does not say it at all.',
  transactionSpans: 'file',
  find(listing) {
    const folders = listing.paths.filter((path) => basename(path) === 'up.sql').map(dirname);
    const own = folders.filter(
      (folder) => generated.test(basename(folder)) || (folder !== '.' && usesCrate(listing, folder, 'diesel')),
    );
    return distinct(own.map(dirname));
  },
  read(listing, folder): HistoryReading {
    const folders = distinct(listing.paths.filter((path) => /^(up|down)\.sql$/.test(basename(path))).map(dirname))
      .filter((path) => dirname(path) === folder && path !== folder)
      .sort((one, other) => compareText(versionOf(one), versionOf(other)) || compareText(one, other));
    const files = folders.flatMap((place) =>
      (['up', 'down'] as const).flatMap((direction) => {
        const path = below(place, `${direction}.sql`);
        const text = listing.read(path);
        return text === undefined ? [] : [wholeFile(path, text, { direction, transaction: modeOf(listing, place) })];
      }),
    );
    const others = folders.flatMap((place) =>
      filesIn(listing, place).filter((path) => path.endsWith('/metadata.toml')),
    );
    return { files, others, findings: [] };
  },
};

function versionOf(folder: string): string {
  return (basename(folder).split('_')[0] ?? '').replaceAll('-', '');
}

function modeOf(listing: Listing, folder: string): TransactionMode {
  const settings = listing.read(below(folder, 'metadata.toml'));
  return settings === undefined || /^\s*run_in_transaction\s*=\s*true/m.test(settings) ? 'one' : 'query';
}
