import type { History, HistoryReading } from '../history.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, below, compareText, dirname, distinct, filesIn } from '../lint/folder/paths.ts';

const scriptName = /^(\d+)_.*\.sql$/;
/** Up to this day the tool made a first migration of this name, which later versions leave out. */
const initMadeUntil = '20211209000000';

export const supabase: History = {
  id: 'supabase',
  summary: 'Supabase: supabase/migrations/<timestamp>_name.sql, in the order of the names',
  why:
    'supabase/cli, pkg/migration/file.go and list.go: the statements of a file are one batch, hence one transaction. Since 2.109 ' +
    'statements that cannot stand in a transaction, such as CREATE INDEX CONCURRENTLY, are run alone between (pull requests 5156, 6009); before, they failed.',
  transactionSpans: 'file',
  find(listing) {
    const scripts = listing.paths.filter((path) => scriptName.test(basename(path)));
    return distinct(scripts.map(dirname)).filter((folder) => {
      if (basename(folder) !== 'migrations') return false;
      const settings = listing.read(below(dirname(folder), 'config.toml'));
      return basename(dirname(folder)) === 'supabase' || /^\s*project_id\s*=/m.test(settings ?? '');
    });
  },
  read(listing, folder): HistoryReading {
    const scripts = filesIn(listing, folder).filter((path) => scriptName.test(basename(path)));
    const ordered = [...scripts].sort(compareText);
    const left = ordered.filter((path, index) => index === 0 && isMadeInit(basename(path)));
    return {
      files: ordered.flatMap((path) => {
        const text = left.includes(path) ? undefined : listing.read(path);
        return text === undefined ? [] : [wholeFile(path, text, { transaction: 'where-possible' })];
      }),
      others: [below(dirname(folder), 'config.toml'), below(dirname(folder), 'seed.sql'), ...left],
      findings: [],
    };
  },
};

function isMadeInit(name: string): boolean {
  const digits = /^(\d{14})_init\.sql$/.exec(name)?.[1];
  return digits !== undefined && digits < initMadeUntil;
}
