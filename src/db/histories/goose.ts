import { type History, type HistoryReading, historyFinding } from '../history.ts';
import { markersIn, partsFrom } from '../lint/folder/migration-parts.ts';
import { basename, compareDigits, dirname, distinct, filesIn } from '../lint/folder/paths.ts';

const scriptName = /^(\d+)_.*\.sql$/;
const marker = /^--[^\S\n]*\+goose[^\S\n]+(up|down)[^\S\n]*$/gim;
const noTransaction = /^--[^\S\n]*\+goose[^\S\n]+no transaction[^\S\n]*$/im;

export const goose: History = {
  id: 'goose',
  summary: 'goose: <version>_name.sql with `-- +goose Up` and `-- +goose Down`, in the order of the versions',
  why:
    'goose, internal/sqlparser/parser.go: statement by statement within one transaction, both ways; with ' +
    '`-- +goose NO TRANSACTION` anywhere in the file each statement by itself.',
  transactionSpans: 'file',
  find(listing) {
    const scripts = listing.paths.filter((path) => scriptName.test(basename(path)));
    return distinct(scripts.filter((path) => (listing.read(path) ?? '').search(marker) !== -1).map(dirname));
  },
  read(listing, folder): HistoryReading {
    const scripts = filesIn(listing, folder).filter((path) => scriptName.test(basename(path)));
    const read = [...scripts]
      .sort((one, other) => compareDigits(versionOf(one), versionOf(other)))
      .flatMap((path) => {
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
            message: 'It has no `-- +goose Up`: goose refuses it, and it was not read.',
            cure: 'Begin it with `-- +goose Up`.',
          }),
        ),
    };
  },
};

function versionOf(path: string): string {
  return scriptName.exec(basename(path))?.[1] ?? '0';
}

function partsOf(text: string): ReturnType<typeof partsFrom> {
  const transaction = noTransaction.test(text) ? 'each-statement' : 'one';
  const markers = markersIn(text, marker);
  return partsFrom(
    text,
    markers.map(({ start, words }) => ({
      at: start,
      direction: words[0]?.toLowerCase() === 'down' ? 'down' : 'up',
      transaction,
    })),
  );
}
