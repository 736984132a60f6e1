import type { History, HistoryReading, Listing, MigrationFile, MigrationPart, TransactionMode } from '../history.ts';
import { markersIn, partOf } from '../lint/folder/migration-parts.ts';
import { basename, compareNatural, dirname, distinct, filesIn } from '../lint/folder/paths.ts';

const firstLine = /^\uFEFF?\s*--\s*liquibase\s*formatted/i;
const marker = /^[^\S\n]*--[^\S\n]*changeset[^\S\n]+(\S.*)$/gim;

export const liquibase: History = {
  id: 'liquibase',
  summary:
    'Liquibase: formatted SQL with `--changeset author:id`, in the order in which a changelog names the files, else by name',
  why:
    'Liquibase, AbstractFormattedChangeLogParser.java, and its manual (runInTransaction): statement by statement within one transaction ' +
    'around each changeset; with `runInTransaction:false` each by itself. `splitStatements:false` sends a changeset as one query. ' +
    'What `dbms:` keeps from PostgreSQL is not run there; rollbacks are comments.',
  transactionSpans: 'file',
  find(listing) {
    return distinct(listing.paths.filter((path) => isFormatted(listing, path)).map(dirname));
  },
  read(listing, folder): HistoryReading {
    const places = placesIn(listing);
    const placeOf = (path: string) => places(basename(path));
    const scripts = filesIn(listing, folder).filter((path) => isFormatted(listing, path));
    const ordered = [...scripts].sort((one, other) => placeOf(one) - placeOf(other) || compareNatural(one, other));
    return { files: ordered.map((path) => fileOf(path, listing.read(path) ?? '')), others: [], findings: [] };
  },
};

function isFormatted(listing: Listing, path: string): boolean {
  return path.endsWith('.sql') && firstLine.test(listing.read(path) ?? '');
}

/** Where changelogs in XML, YAML or JSON first name a file; those that none names stand last. */
function placesIn(listing: Listing): (name: string) => number {
  const changelogs = listing.paths
    .filter((path) => /\.(xml|ya?ml|json)$/.test(path))
    .map((path) => listing.read(path) ?? '')
    .filter((text) => text.includes('databaseChangeLog'))
    .join('\n');
  return (name) => {
    const place = changelogs.search(new RegExp(`(?<![\\w.-])${name.replaceAll(/[^\w]/g, '\\$&')}(?![\\w.-])`));
    return place === -1 ? changelogs.length : place;
  };
}

function fileOf(path: string, text: string): MigrationFile {
  const markers = markersIn(text, marker);
  const changesets = markers.map(({ start, end, words }, index) => ({
    start,
    sqlStart: end,
    end: markers[index + 1]?.start ?? text.length,
    said: words.slice(1).join(' '),
  }));
  const run = changesets.filter(({ said }) => isForPostgres(said));
  const isRepeatable = run.length > 0 && run.every(({ said }) => /\brun(OnChange|Always):true/i.test(said));
  const parts = run.flatMap((changeset) => partsOf(text, changeset));
  return isRepeatable ? { path, text, parts, isRepeatable } : { path, text, parts };
}

type Changeset = { readonly start: number; readonly sqlStart: number; readonly end: number; readonly said: string };

/** Where statements end in another way than with a semicolon, what stands between two ends is a part. */
function partsOf(text: string, { start, sqlStart, end, said }: Changeset): readonly MigrationPart[] {
  const transaction = modeOf(said);
  const delimiter = /\bendDelimiter:(\S+)/i.exec(said)?.[1];
  if (delimiter === undefined || delimiter === ';') {
    return [partOf(text, { at: start, direction: 'up', transaction }, end)];
  }
  const parts: MigrationPart[] = [];
  let at = start;
  for (const found of text.slice(sqlStart, end).matchAll(new RegExp(delimiterPattern(delimiter), 'gim'))) {
    parts.push(partOf(text, { at, direction: 'up', transaction }, sqlStart + found.index));
    at = sqlStart + found.index + found[0].length;
  }
  return [...parts, partOf(text, { at, direction: 'up', transaction }, end)].filter(
    (part) => text.slice(part.start, part.end).trim() !== '',
  );
}

/** A slash or a word such as GO ends a statement where it stands alone on its line. */
function delimiterPattern(delimiter: string): string {
  const escaped = delimiter.replaceAll(/[^\w]/g, '\\$&');
  return /^(\/|\w+)$/.test(delimiter) ? `^[^\\S\\n]*${escaped}[^\\S\\n]*$` : escaped;
}

function modeOf(said: string): TransactionMode {
  if (!/\brunInTransaction:false/i.test(said)) return 'one';
  return /(?<!rollback)splitStatements:false/i.test(said) ? 'query' : 'each-statement';
}

function isForPostgres(said: string): boolean {
  const names = /\bdbms:"?([\w!,]+)/i.exec(said)?.[1]?.toLowerCase().split(',') ?? [];
  if (names.includes('!postgresql') || names.includes('none')) return false;
  const wanted = names.filter((name) => !name.startsWith('!'));
  return wanted.length === 0 || wanted.some((name) => name === 'postgresql' || name === 'all');
}
