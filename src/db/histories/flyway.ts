import { type History, type HistoryReading, historyFinding, type Listing, type TransactionMode } from '../history.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, compareDigits, compareText, dirname, distinct, isInside } from '../lint/folder/paths.ts';
import { statementsIn } from '../lint/text/scan-sql.ts';

const versioned = /^([VUB])(\d+(?:[._]\d+)*)__.*\.sql$/;
const repeatable = /^R__(.*)\.sql$/;
/** Folders below a location that group its files and are no location of their own. */
const grouping = /^(\d+([._-]\d+)*|v\d.*|versioned|repeatable|undo|common|schema|data|tables?|views?|functions?)$/i;

export const flyway: History = {
  id: 'flyway',
  summary: 'Flyway: V<version>__name.sql in the order of the versions, U<version>__ back, R__ last',
  why:
    'flyway-core, ParserSqlScript and PostgreSQLParser: one transaction around each file, statement by statement, unless ' +
    '<file>.conf says executeInTransaction=false or the file has only statements that cannot stand in one (CREATE and DROP INDEX ' +
    'CONCURRENTLY, VACUUM, ALTER SYSTEM …). A mixture is refused, unless flyway.mixed is set; then nothing is in a transaction.',
  transactionSpans: 'file',
  find({ paths }) {
    const folders = distinct(paths.filter((path) => scriptOf(path) !== undefined).map(locationOf));
    return folders.filter(
      (folder) => !folders.some((other) => other !== folder && other !== '.' && isInside(folder, other)),
    );
  },
  read(listing, folder): HistoryReading {
    const own = listing.paths.filter((path) => isInside(path, folder));
    const scripts = own.flatMap((path) => scriptOf(path) ?? []);
    const hasVersions = scripts.some(({ kind }) => kind === 'V');
    // A baseline is run only where there is nothing yet; it repeats what the versions before it made.
    const left = scripts.filter(({ kind }) => kind === 'B' && hasVersions).map(({ path }) => path);
    const run = scripts.filter(({ path }) => !left.includes(path)).sort(inOrder);
    const isMixed = settingsOf(listing).some((text) => /^\s*(flyway\.)?mixed\s*=\s*"?true/m.test(text));
    return {
      files: run.flatMap(({ path, kind }) => {
        const text = listing.read(path);
        if (text === undefined) return [];
        const transaction = modeOf(text, listing.read(`${path}.conf`), isMixed);
        const file = wholeFile(path, text, { direction: kind === 'U' ? 'down' : 'up', transaction });
        return [kind === 'R' ? { ...file, isRepeatable: true } : file];
      }),
      others: [...left, ...own.filter((path) => path.endsWith('.sql.conf'))],
      findings: twice(run),
    };
  },
};

type Script = {
  readonly path: string;
  readonly kind: string;
  readonly version: readonly string[];
  readonly name: string;
};

function scriptOf(path: string): Script | undefined {
  const name = basename(path);
  const [, kind, version] = versioned.exec(name) ?? [];
  if (kind !== undefined && version !== undefined) return { path, kind, version: version.split(/[._]/), name };
  return repeatable.test(name) ? { path, kind: 'R', version: [], name } : undefined;
}

function inOrder(one: Script, other: Script): number {
  if ((one.kind === 'R') !== (other.kind === 'R')) return one.kind === 'R' ? 1 : -1;
  return (
    compareVersions(one.version, other.version) ||
    -compareText(one.kind, other.kind) ||
    compareText(one.name, other.name)
  );
}

/** Versions are compared number by number; one that is missing counts as 0. */
function compareVersions(one: readonly string[], other: readonly string[]): number {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const order = compareDigits(one[index] ?? '0', other[index] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

function twice(scripts: readonly Script[]): HistoryReading['findings'] {
  return scripts.flatMap((script, index) => {
    const before = scripts[index - 1];
    const isSame = before?.kind === 'V' && script.kind === 'V' && compareVersions(before.version, script.version) === 0;
    if (before === undefined || !isSame) return [];
    return [
      historyFinding(script.path, {
        message: `It has the same version as ${before.name}: Flyway refuses both.`,
        cure: 'Give one of them a version of its own.',
      }),
    ];
  });
}

/** The location that a file belongs to: its folder, or the one above folders that only group. */
function locationOf(path: string): string {
  let folder = dirname(path);
  while (grouping.test(basename(folder)) && dirname(folder) !== folder && /migration/i.test(dirname(folder))) {
    folder = dirname(folder);
  }
  return folder;
}

function settingsOf(listing: Listing): readonly string[] {
  const found = listing.paths.filter((path) => /^flyway\.(conf|toml)$/.test(basename(path)));
  return found.flatMap((path) => listing.read(path) ?? []);
}

/** As in detectCanExecuteInTransaction of Flyway's parser for PostgreSQL 12 and newer. */
const notInTransaction = [
  /^(CREATE|DROP) (DATABASE|TABLESPACE|SUBSCRIPTION)\b/,
  /^ALTER SYSTEM\b/,
  /^(CREATE|DROP)( UNIQUE)? INDEX CONCURRENTLY\b/,
  /^REINDEX( VERBOSE)? (SCHEMA|DATABASE|SYSTEM)\b/,
  /^VACUUM\b/,
  /^DISCARD ALL\b/,
];

function modeOf(text: string, conf: string | undefined, isMixed: boolean): TransactionMode {
  const said = /^\s*executeInTransaction\s*=\s*(true|false)\s*$/im.exec(conf ?? '')?.[1];
  if (said !== undefined) return said.toLowerCase() === 'true' ? 'one' : 'each-statement';
  // Only these words make the statements worth looking at one by one.
  if (!/concurrently|vacuum|database|tablespace|subscription|system|reindex|discard/i.test(text)) return 'one';
  const statements = statementsIn(text, 0, text.length).map((one) =>
    one.slice(0, 200).replace(/\s+/g, ' ').toUpperCase(),
  );
  const alone = statements.filter((one) => notInTransaction.some((pattern) => pattern.test(one)));
  const isOutside = alone.length > 0 && (isMixed || alone.length === statements.length);
  return isOutside ? 'each-statement' : 'one';
}
