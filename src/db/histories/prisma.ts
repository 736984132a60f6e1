import { type History, type HistoryReading, type Listing, otherDatabase, type TransactionMode } from '../history.ts';
import { declaredVersion, isAtLeast } from '../lint/folder/declared-version.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, below, compareText, dirname, distinct } from '../lint/folder/paths.ts';

const lockName = 'migration_lock.toml';

export const prisma: History = {
  id: 'prisma',
  summary: 'Prisma Migrate: migrations/<name>/migration.sql, in the order of the folder names',
  why:
    'The schema engine sends a migration as one query; since 7.4 it sends statement by statement what its own parser ' +
    'can divide (prisma-engines pull requests 5767, 5799), and the whole where it cannot, as for DROP INDEX ' +
    'CONCURRENTLY (pull request 5847). The version is read from the package.json nearest above; unread, the older way is supposed.',
  transactionSpans: 'file',
  find(listing) {
    const scripts = listing.paths.filter((path) => basename(path) === 'migration.sql' && dirname(path) !== '.');
    const folders = distinct(scripts.map((path) => dirname(dirname(path))));
    return folders.filter((folder) => {
      if (listing.has(below(folder, lockName))) return true;
      const own = scripts.filter((path) => dirname(dirname(path)) === folder);
      return own.some((path) => /^\d+_/.test(basename(dirname(path))) && !hasSnapshot(listing, path));
    });
  },
  read(listing, folder): HistoryReading {
    const lock = below(folder, lockName);
    const provider = /^\s*provider\s*=\s*"([^"]*)"/m.exec(listing.read(lock) ?? '')?.[1];
    const scripts = listing.paths.filter(
      (path) => basename(path) === 'migration.sql' && dirname(dirname(path)) === folder && dirname(path) !== '.',
    );
    if (provider !== undefined && !/^postgres(ql)?$/.test(provider)) {
      return { files: [], others: [lock, ...scripts], findings: [otherDatabase(lock, provider)] };
    }
    const version = declaredVersion(listing, folder, 'prisma');
    const files = [...scripts].sort(compareText).flatMap((path) => {
      const text = listing.read(path);
      return text === undefined ? [] : [wholeFile(path, text, { transaction: modeOf(text, version) })];
    });
    return { files, others: [lock], findings: [] };
  },
};

/** Drizzle from version 1 on has the same names, and a snapshot beside each. */
function hasSnapshot({ has }: Listing, script: string): boolean {
  return has(below(dirname(script), 'snapshot.json'));
}

function modeOf(text: string, version: string | undefined): TransactionMode {
  const isDivided = version !== undefined && isAtLeast(version, 7, 4) && !/\bdrop\s+index\s+concurrently\b/i.test(text);
  return isDivided ? 'each-statement' : 'query';
}
