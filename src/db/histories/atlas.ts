import type { History, HistoryReading } from '../history.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { below, compareText, dirname, distinct, filesIn } from '../lint/folder/paths.ts';

export const atlas: History = {
  id: 'atlas',
  summary: 'Atlas: *.sql beside atlas.sum, in the order of the names',
  why:
    'Atlas, sql/migrate/dir.go, and its manual (Applying Versioned Migrations): statement by statement within one transaction ' +
    'around each file; with `-- atlas:txmode none` at the top of the file each statement by itself. A checkpoint is run only ' +
    'where there is nothing yet.',
  transactionSpans: 'file',
  find(listing) {
    const folders = listing.paths.filter((path) => path.endsWith('atlas.sum')).map(dirname);
    // Atlas also looks after folders that golang-migrate and the like run.
    const isOwn = (folder: string) => {
      const scripts = filesIn(listing, folder).filter((path) => path.endsWith('.sql'));
      return scripts.length > 0 && !scripts.some((path) => /\.(up|down)\.sql$/.test(path));
    };
    return distinct(folders).filter(isOwn);
  },
  read(listing, folder): HistoryReading {
    const scripts = [...filesIn(listing, folder)].filter((path) => path.endsWith('.sql')).sort(compareText);
    const read = scripts.flatMap((path, place) => {
      const text = listing.read(path);
      return text === undefined
        ? []
        : [{ path, text, isLeft: place > 0 && saidAtTop(text, 'checkpoint') !== undefined }];
    });
    return {
      files: read
        .filter(({ isLeft }) => !isLeft)
        .map(({ path, text }) => {
          const transaction = saidAtTop(text, 'txmode') === 'none' ? 'each-statement' : 'one';
          return wholeFile(path, text, { transaction });
        }),
      others: [below(folder, 'atlas.sum'), ...read.filter(({ isLeft }) => isLeft).map(({ path }) => path)],
      findings: [],
    };
  },
};

/** What a directive of the whole file says: it stands among the comments at the top, with an empty line below them. */
function saidAtTop(text: string, name: string): string | undefined {
  const top = /^(?:(?:--|#)[^\n]*\n)+(?=\r?\n)/.exec(text)?.[0] ?? '';
  return new RegExp(`atlas:${name}\\b[^\\S\\n]*([^\\s]*)`).exec(top)?.[1];
}
