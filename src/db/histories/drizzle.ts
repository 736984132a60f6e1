import * as z from 'zod';
import {
  type History,
  type HistoryReading,
  historyFinding,
  type Listing,
  type MigrationFile,
  otherDatabase,
} from '../history.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, below, compareText, dirname, distinct, filesIn, isInside } from '../lint/folder/paths.ts';

const journalName = 'meta/_journal.json';
const journalSchema = z.object({
  dialect: z.string().optional(),
  entries: z.array(z.object({ tag: z.string(), when: z.number() })),
});
type Journal = z.infer<typeof journalSchema>;

export const drizzle: History = {
  id: 'drizzle',
  summary: 'Drizzle: the order of meta/_journal.json, or from version 1 on of the folders with a snapshot.json',
  why:
    'drizzle-orm, migrator.ts and pg-core/dialect.ts: files in the order of the journal, divided at `--> statement-breakpoint`, ' +
    'all that are pending in one transaction; an entry that is older than the last applied one is passed over.',
  transactionSpans: 'run',
  find({ paths }) {
    const journals = paths.filter((path) => path === journalName || path.endsWith(`/${journalName}`));
    const snapshots = paths.filter((path) => basename(path) === 'snapshot.json' && dirname(path) !== '.');
    const scripts = new Set(paths);
    const folders = snapshots.filter((path) => scripts.has(below(dirname(path), 'migration.sql')));
    return distinct([...journals, ...folders].map((path) => dirname(dirname(path))));
  },
  read(listing, folder) {
    const journal = below(folder, journalName);
    return listing.has(journal) ? readJournal(listing, folder, journal) : readFolders(listing, folder);
  },
};

function readJournal(listing: Listing, folder: string, journal: string): HistoryReading {
  const meta = listing.paths.filter((path) => isInside(path, below(folder, 'meta')));
  const scripts = filesIn(listing, folder).filter((path) => path.endsWith('.sql'));
  const { dialect, entries } = parseJournal(listing.read(journal)) ?? {};
  if (entries === undefined) {
    const finding = historyFinding(journal, {
      message: 'This journal cannot be read, so the order of the files is taken from their names.',
      cure: 'Mend it; drizzle-kit writes it.',
    });
    return { files: filesOf(listing, [...scripts].sort(compareText)), others: meta, findings: [finding] };
  }
  if (dialect !== undefined && !/^(pg|postgres(ql)?)$/.test(dialect)) {
    return { files: [], others: [...meta, ...scripts], findings: [otherDatabase(journal, dialect)] };
  }
  const named = entries.map(({ tag }) => below(folder, `${tag}.sql`));
  const missing = named.filter((path) => !listing.has(path));
  const unnamed = scripts.filter((path) => !named.includes(path));
  return {
    files: filesOf(listing, named),
    others: [...meta, ...unnamed],
    findings: [
      ...missing.map((path) =>
        historyFinding(journal, {
          message: `The journal names ${basename(path)}, which is not there.`,
          cure: 'Bring the file back, or take it out of the journal.',
        }),
      ),
      ...unnamed.map((path) =>
        historyFinding(path, {
          message: 'It is not in meta/_journal.json: Drizzle never runs it, and it was not read.',
          cure: 'Make migrations with drizzle-kit, which enters them.',
        }),
      ),
      ...passedOver(entries, folder),
    ],
  };
}

/** The migrator compares each entry with the last one that a database has, so one that is dated back is never run there. */
function passedOver(entries: Journal['entries'], folder: string): HistoryReading['findings'] {
  let latest = Number.NEGATIVE_INFINITY;
  return entries.flatMap(({ tag, when }) => {
    const isLate = when < latest;
    latest = Math.max(latest, when);
    if (!isLate) return [];
    return [
      historyFinding(below(folder, `${tag}.sql`), {
        message:
          'It is dated before an entry above it in the journal: a database that has that one never gets this one.',
        cure: 'Make the migration again, so that it is dated after all others.',
      }),
    ];
  });
}

function readFolders(listing: Listing, folder: string): HistoryReading {
  const inside = listing.paths.filter((path) => dirname(dirname(path)) === folder && path !== folder);
  const scripts = inside.filter((path) => basename(path) === 'migration.sql').sort(compareText);
  const snapshots = inside.filter((path) => basename(path) === 'snapshot.json');
  return { files: filesOf(listing, scripts), others: snapshots, findings: [] };
}

function filesOf(listing: Listing, paths: readonly string[]): readonly MigrationFile[] {
  return paths.flatMap((path) => {
    const text = listing.read(path);
    return text === undefined ? [] : [wholeFile(path, text, { transaction: 'one' })];
  });
}

function parseJournal(text: string | undefined): Journal | undefined {
  try {
    return journalSchema.safeParse(JSON.parse(text ?? '')).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
