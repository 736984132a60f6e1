import type { History, HistoryReading } from '../history.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, compareDigits, dirname, distinct, isInside } from '../lint/folder/paths.ts';
import { usesCrate } from '../lint/folder/places-above.ts';

const scriptName = /^[UV](\d+)(?:\.\d+)?__\w+\.sql$/;

export const refinery: History = {
  id: 'refinery',
  summary: 'refinery: V<version>__name.sql below a Cargo.toml with refinery, in the order of the versions',
  why:
    'refinery_core, util.rs and traits/sync.rs: a file is one query within a transaction; U<version>__ is a way forward too, ' +
    'whose version may come late. A file of SQL cannot ask for no transaction.',
  transactionSpans: 'file',
  find(listing) {
    const folders = distinct(listing.paths.filter((path) => scriptName.test(basename(path))).map(dirname));
    const own = folders.filter((folder) => usesCrate(listing, folder, 'refinery'));
    return own.filter((folder) => !own.some((other) => other !== folder && isInside(folder, other)));
  },
  read(listing, folder): HistoryReading {
    const scripts = listing.paths.filter((path) => isInside(path, folder) && scriptName.test(basename(path)));
    const files = [...scripts]
      .sort((one, other) => compareDigits(versionOf(one), versionOf(other)))
      .flatMap((path) => {
        const text = listing.read(path);
        return text === undefined ? [] : [wholeFile(path, text, { transaction: 'one' })];
      });
    return { files, others: [], findings: [] };
  },
};

function versionOf(path: string): string {
  return scriptName.exec(basename(path))?.[1] ?? '0';
}
