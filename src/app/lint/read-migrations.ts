import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import { histories } from '#db/histories/index';
import type { History, Listing, MigrationFile } from '#db/history';
import { wholeFile } from '#db/lint/folder/migration-parts';
import { basename, dirname, distinct } from '#db/lint/folder/paths';
import { type Gathered, type GatheredFile, gatherFiles, notRead } from './gather-files.ts';
import { databaseByName, type ForeignName, isProgram, programsNotRead } from './passed-over.ts';
import { readSqlText, type SqlText } from './read-sql-text.ts';
import { shownPath } from './shown-path.ts';

/** A folder's migrations as their tool would run them. */
export type ReadHistory = {
  /** Id of the tool: `prisma`, or `plain` where none is recognised. */
  readonly tool: string;
  /** The folder of the history, as the user would write it; `-` for standard input. */
  readonly folder: string;
  readonly transactionSpans: History['transactionSpans'];
  /** In the order in which they run. Their paths are as the user would write them, with slashes. */
  readonly files: readonly MigrationFile[];
};

/** What was read, and what of it was not. Findings name every file that was left out, one by one or by folder. */
export type MigrationsRead = {
  readonly histories: readonly ReadHistory[];
  readonly findings: readonly Finding[];
  /** Files that may be plans of ours, by absolute paths. They are not read here. */
  readonly planFiles: readonly GatheredFile[];
};

export type ReadingWorld = {
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Files that are passed over are those for which it says no. */
  readonly mayRead?: ((path: string) => boolean) | undefined;
  /** The text of standard input, for the argument `-`. */
  readonly standardInput?: string | undefined;
  readonly limits?: Partial<ReadingLimits> | undefined;
};

export type ReadingLimits = {
  /** Files that are looked at below a folder. */
  readonly filesMax: number;
  /** Bytes of one file. */
  readonly bytesMax: number;
};

const usualLimits: ReadingLimits = { filesMax: 50_000, bytesMax: 8 * 1_048_576 };

/**
 * Reads what the command line names (files, folders, patterns, `-`) as histories in order, each by the tool that made it.
 * Throws `bad-input` for a path that is not there, and where nothing at all is found. A file that cannot be read is a
 * finding.
 */
export function readMigrations(named: readonly string[], world: ReadingWorld): MigrationsRead {
  const limits = { ...usualLimits, ...world.limits };
  const gathered = gatherFiles(
    named.filter((path) => path !== '-'),
    { cwd: world.cwd, signal: world.signal, mayRead: world.mayRead, filesMax: limits.filesMax },
  );
  const foreign = foreignFiles(gathered);
  const texts = openTexts(gathered, limits.bytesMax);
  const listing = listingOf(gathered, new Set(foreign.map(({ path }) => path)), texts.read);
  const read = readAll(listing, gathered, texts.isUnreadable);
  const planFiles = gathered.files.filter(mayBePlan);
  const planFolders = new Set(planFiles.map(({ path }) => dirname(path)));
  const input = named.includes('-') ? [standardInput(world.standardInput ?? '')] : [];
  const findings = [
    ...gathered.findings,
    ...otherDatabases(foreign),
    ...read.findings,
    ...texts.findings(),
    ...programsNotRead(gathered.files.filter(({ path }) => !planFolders.has(dirname(path)) || !path.endsWith('.json'))),
  ].map((finding) => shownFinding(finding, world.cwd));
  const all = [...input, ...read.histories.map((history) => shownHistory(history, world.cwd))];
  const isNothing = all.length + planFiles.length === 0 && findings.every(({ rule }) => rule === 'lint/not-sql');
  if (isNothing) throw nothingFound(named, findings);
  return { histories: all, findings, planFiles };
}

/** In a folder a plan has its usual name. */
function mayBePlan({ path, top }: GatheredFile): boolean {
  return basename(path) === 'plan.json' || (top === undefined && path.endsWith('.json'));
}

type Found = ReadHistory & { readonly place: number };

/** In the order of the shelf: what one tool has is no other's. */
function readAll(
  listing: Listing,
  gathered: Gathered,
  isUnreadable: (path: string) => boolean,
): Omit<MigrationsRead, 'planFiles'> {
  const places = new Map(listing.paths.map((path, place) => [path, place]));
  const found: Found[] = [];
  const findings: Finding[] = [];
  const taken = new Set<string>();
  for (const history of histories) {
    const left = listing.paths.filter((path) => !taken.has(path));
    const rest = { ...listing, paths: history.id === 'plain' ? unclaimed(left, gathered, found) : left };
    for (const folder of history.find(rest)) {
      const reading = history.read(rest, folder);
      for (const path of [...reading.files.map((file) => file.path), ...reading.others]) taken.add(path);
      for (const { file } of reading.findings) if (file !== undefined) taken.add(file);
      findings.push(...reading.findings);
      const files = reading.files.filter(({ path }) => gathered.own.has(path));
      const place = places.get(files[0]?.path ?? '');
      const { id: tool, transactionSpans } = history;
      if (place !== undefined) found.push({ tool, folder, transactionSpans, files, place });
    }
  }
  const named = gathered.files.filter(({ path, top }) => top === undefined && !taken.has(path) && listing.has(path));
  const rest = listing.paths.filter(
    (path) => isSql(path) && !taken.has(path) && gathered.own.has(path) && !isUnreadable(path),
  );
  return {
    histories: [
      ...found.sort((one, other) => one.place - other.place).map(({ place: _, ...history }) => history),
      ...named.flatMap(({ path }) => namedItself(listing, path)),
    ],
    // What a plan above the named files says of other files was not asked for.
    findings: [
      ...findings.filter(({ file }) => file !== undefined && gathered.own.has(file)),
      ...notRecognised(rest, gathered),
    ],
  };
}

/**
 * What is left for no tool in particular. Where a tool was recognised in the folder that was named, other SQL below it
 * (seeds, tests, queries) is taken for no migrations, unless it was named itself.
 */
function unclaimed(paths: readonly string[], { files }: Gathered, found: readonly Found[]): readonly string[] {
  const tops = new Map(files.map(({ path, top }) => [path, top]));
  const claimed = new Set(found.map(({ files: [first] }) => tops.get(first?.path ?? '')));
  return paths.filter((path) => tops.get(path) === undefined || !claimed.has(tops.get(path)));
}

/** A file that was named itself and has another ending than SQL has: whoever names it knows what it is. */
function namedItself(listing: Listing, path: string): readonly ReadHistory[] {
  const text = isProgram(path) ? undefined : listing.read(path);
  if (text === undefined) return [];
  const files = [wholeFile(path, text, { transaction: 'unknown' })];
  return [{ tool: 'plain', folder: dirname(path), transactionSpans: 'file', files }];
}

function isSql(path: string): boolean {
  return path.toLowerCase().endsWith('.sql');
}

const foldersShown = 3;

/** One finding for each folder that was named. */
function notRecognised(paths: readonly string[], { files }: Gathered): readonly Finding[] {
  const left = new Set(paths);
  const tops = distinct(files.flatMap(({ path, top }) => (top !== undefined && left.has(path) ? [top] : [])));
  return tops.map((top) => {
    const inside = files.filter((file) => file.top === top && left.has(file.path)).map(({ path }) => path);
    const folders = distinct(inside.map((path) => shownPath(dirname(path), top)));
    const more = folders.length > foldersShown ? ` and ${folders.length - foldersShown} more` : '';
    return {
      rule: 'lint/not-read',
      severity: 'advice',
      message: `Not read: ${counted(inside.length)} of SQL outside the migrations that were recognised, in ${folders.slice(0, foldersShown).join(', ')}${more}.`,
      cure: 'Name the folder or the files to have them linted.',
      file: top,
    };
  });
}

function counted(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}

type ForeignFile = ForeignName & { readonly path: string };

function foreignFiles({ files }: Gathered): readonly ForeignFile[] {
  return files.flatMap(({ path, top }) => {
    const found = top === undefined || !isSql(path) ? undefined : databaseByName(path, top);
    return found === undefined ? [] : [{ path, ...found }];
  });
}

function otherDatabases(foreign: readonly ForeignFile[]): readonly Finding[] {
  const groups = distinct(foreign.map(({ folder, database }) => `${folder}\n${database}`));
  return groups.flatMap((group) => {
    const inside = foreign.filter(({ folder, database }) => `${folder}\n${database}` === group);
    const [first] = inside;
    if (first === undefined) return [];
    const reason = first.by === 'folder' ? 'by the name of the folder' : 'by name';
    return [
      {
        rule: 'lint/other-database',
        severity: 'advice',
        message: `Not read: ${counted(inside.length)} of SQL for ${first.database}, ${reason}.`,
        cure: 'Only SQL of PostgreSQL is linted. If it is that, name the folder or the file itself.',
        file: first.folder,
      },
    ];
  });
}

function listingOf({ files, own, settings }: Gathered, without: ReadonlySet<string>, read: Listing['read']): Listing {
  const paths = [...files.map(({ path }) => path).filter((path) => !without.has(path)), ...settings];
  const there = new Set([...own, ...settings]);
  return { paths, has: (path) => there.has(path), read: (path) => (there.has(path) ? read(path) : undefined) };
}

/** Texts of files, each read once. */
function openTexts({ own }: Gathered, bytesMax: number) {
  const known = new Map<string, SqlText>();
  return {
    read(path: string): string | undefined {
      const text = known.get(path) ?? readSqlText(path, bytesMax);
      known.set(path, text);
      return text.kind === 'text' ? text.text : undefined;
    },
    isUnreadable: (path: string): boolean => known.get(path)?.kind === 'unreadable',
    findings: (): readonly Finding[] =>
      [...known].flatMap(([path, text]) => (own.has(path) ? aboutText(path, text) : [])),
  };
}

/** Who counts on it that all was looked at, and that what was looked at is what runs, must not be told otherwise in silence. */
function aboutText(path: string, text: SqlText): readonly Finding[] {
  if (text.kind === 'unreadable') return [{ ...notRead(path, text.why), severity: 'error' }];
  if (text.encoding === 'utf-8' || !isSql(path)) return [];
  return [
    {
      rule: 'lint/encoding',
      severity: 'error',
      message: 'It is UTF-16: psql, and every tool that sends a file as it is, fails at its first character.',
      // By the name without an end of the two, iconv takes the mark away.
      cure: `Save it as UTF-8: \`iconv -f ${text.text.startsWith('\uFEFF') ? 'UTF-16' : text.encoding.toUpperCase()} -t UTF-8\`.`,
      file: path,
    },
  ];
}

function standardInput(text: string): ReadHistory {
  const files = [wholeFile('-', text, { transaction: 'unknown' })];
  return { tool: 'plain', folder: '-', transactionSpans: 'file', files };
}

function shownHistory(history: ReadHistory, cwd: string): ReadHistory {
  const files = history.files.map((file) => ({ ...file, path: shownPath(file.path, cwd) }));
  return { ...history, folder: shownPath(history.folder, cwd), files };
}

function shownFinding(finding: Finding, cwd: string): Finding {
  return finding.file === undefined ? finding : { ...finding, file: shownPath(finding.file, cwd) };
}

/** There is nothing to lint in what was named. */
export function nothingFound(named: readonly string[], findings: readonly Finding[]): Error {
  return fail('bad-input', {
    what: `There is no SQL in ${named.join(', ')}.`,
    why: findings[0]?.message ?? 'No file there ends in .sql.',
    next: findings[0]?.cure ?? 'Name the folder of the migrations, or the files.',
  });
}
