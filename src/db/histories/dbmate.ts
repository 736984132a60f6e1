import { type History, type HistoryReading, historyFinding } from '../history.ts';
import { markersIn, partsFrom } from '../lint/folder/migration-parts.ts';
import { basename, compareText, dirname, distinct, filesIn } from '../lint/folder/paths.ts';

const scriptName = /^\d+.*\.sql$/;
const marker = /^--[^\S\n]*migrate:((?:up|down)(?:[^\S\n]+\S.*|[^\S\n]*$))/gm;

export const dbmate: History = {
  id: 'dbmate',
  summary: 'dbmate: <version>_name.sql with `-- migrate:up` and `-- migrate:down`, in the order of the names',
  why:
    'dbmate, pkg/dbmate/migration.go and db.go: a block is one query within a transaction; with `transaction:false` the query ' +
    'alone, which the server takes as one transaction if it has several statements.',
  transactionSpans: 'file',
  find(listing) {
    const scripts = listing.paths.filter((path) => scriptName.test(basename(path)));
    return distinct(scripts.filter((path) => (listing.read(path) ?? '').search(marker) !== -1).map(dirname));
  },
  read(listing, folder): HistoryReading {
    const scripts = filesIn(listing, folder).filter((path) => scriptName.test(basename(path)));
    const read = [...scripts].sort(compareText).flatMap((path) => {
      const text = listing.read(path);
      return text === undefined ? [] : [{ path, text, parts: partsOf(text) }];
    });
    return {
      files: read.filter(({ parts }) => parts.length > 0),
      others: [],
      findings: read
        .filter(({ parts }) => parts.length === 0)
        .map(({ path }) =>
          historyFinding(path, {
            message: 'It has no `-- migrate:up`: dbmate refuses it, and it was not read.',
            cure: 'Begin it with `-- migrate:up`.',
          }),
        ),
    };
  },
};

function partsOf(text: string): ReturnType<typeof partsFrom> {
  return partsFrom(
    text,
    markersIn(text, marker).map(({ start, words: [direction, ...options] }) => ({
      at: start,
      direction: direction === 'down' ? 'down' : 'up',
      transaction: options.includes('transaction:false') ? 'query' : 'one',
    })),
  );
}
