import { type History, type HistoryReading, historyFinding } from '../history.ts';
import { markersIn, partsFrom } from '../lint/folder/migration-parts.ts';
import { basename, compareDigits, compareText, dirname, distinct, filesIn } from '../lint/folder/paths.ts';

const marker = /^-- \+migrate[^\S\n]+((?:Up|Down)(?:[^\S\n].*|$))/gm;

export const sqlMigrate: History = {
  id: 'sql-migrate',
  summary:
    'sql-migrate: *.sql with `-- +migrate Up` and `-- +migrate Down`, those with a number first, by their numbers',
  why:
    'sql-migrate, sqlparse/sqlparse.go and migrate.go: statement by statement within one transaction around each way of a file; ' +
    'with `notransaction` behind Up or Down each statement by itself, that way.',
  transactionSpans: 'file',
  find(listing) {
    const scripts = listing.paths.filter((path) => path.endsWith('.sql'));
    return distinct(scripts.filter((path) => (listing.read(path) ?? '').search(marker) !== -1).map(dirname));
  },
  read(listing, folder): HistoryReading {
    const scripts = filesIn(listing, folder).filter((path) => path.endsWith('.sql'));
    const read = [...scripts].sort(inOrder).flatMap((path) => {
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
            message: 'It has no `-- +migrate Up`: sql-migrate refuses it, and it was not read.',
            cure: 'Begin it with `-- +migrate Up`.',
          }),
        ),
    };
  },
};

function inOrder(one: string, other: string): number {
  const [left, right] = [one, other].map((path) => /^\d+/.exec(basename(path))?.[0]);
  const byNumber = left === undefined || right === undefined ? 0 : compareDigits(left, right);
  const numberedFirst = Number(left === undefined) - Number(right === undefined);
  return numberedFirst || byNumber || compareText(basename(one), basename(other));
}

/** An option holds for all of its direction, whichever of several marks has it. */
function partsOf(text: string): ReturnType<typeof partsFrom> {
  const markers = markersIn(text, marker);
  const alone = new Set(markers.filter(({ words }) => words.includes('notransaction')).map(({ words }) => words[0]));
  return partsFrom(
    text,
    markers.map(({ start, words: [direction] }) => ({
      at: start,
      direction: direction === 'Down' ? 'down' : 'up',
      transaction: alone.has(direction) ? 'each-statement' : 'one',
    })),
  );
}
