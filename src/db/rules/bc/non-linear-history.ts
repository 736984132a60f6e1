import type { LintContext } from '../../lint/context.ts';
import type { Rule } from '../../rule.ts';

export const nonLinearHistory: Rule = {
  id: 'bc/non-linear-history',
  severity: 'warning',
  summary: 'A migration has the version of another one, or an older one than the file before it',
  why: 'Two branches that were merged may bring one version twice, of which a tool runs one; or a version below one that some database has run already, which tools skip, refuse, or run in another order than on a fresh database.',
  instead: 'Give the newer file a version above all others, before it is merged.',
  aliases: {},
  needs: 'static',
  claims: [],
  bad: [
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;',
      path: 'migrations/V7__nickname.sql',
      earlier: ['migrations/V7__title.sql'],
    },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;',
      path: 'migrations/20240301_nickname.sql',
      earlier: ['migrations/20240401_title.sql'],
    },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;',
      path: 'migrations/20240301_nickname/migration.sql',
      earlier: ['migrations/20240301_title/migration.sql'],
    },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;',
      path: 'migrations/V1_9__nickname.sql',
      earlier: ['migrations/V1_10__title.sql'],
    },
  ],
  good: [
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;' },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;',
      path: 'migrations/0010_nickname.up.sql',
      earlier: ['migrations/0009_title.up.sql', 'migrations/0010_nickname.down.sql', 'other/0011_other.sql'],
    },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;',
      path: 'migrations/R__views.sql',
      earlier: ['migrations/V7__title.sql'],
    },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;',
      path: 'migrations/V1_10__nickname.sql',
      earlier: ['migrations/V1_9__title.sql', 'migrations/V1_9_1__more.sql'],
    },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;',
      path: 'migrations/2019-06-01-222649_nickname/up.sql',
      earlier: ['migrations/2019-05-02-051656_title/up.sql', 'migrations/2019-05-02-051656_title/down.sql'],
    },
    {
      sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);',
      path: 'migrations/20260703_users_age.postgres.autocommit.up.sql',
      earlier: ['migrations/20260703_users_age.autocommit.up.sql'],
    },
  ],
  on: [],
  check: () => [],
  checkFile([first], context) {
    const own = versionOf(context.file.path);
    const order = orders[context.file.tool];
    if (first === undefined || own === undefined || order === 'plan') return [];
    const before = earlierVersions(context, own);
    const same = before?.byVersion.get(own.version);
    if (same !== undefined && same.title !== own.title && order !== 'whole-name') {
      // Of a folder that no tool is known for, some know files by their whole names.
      if (context.file.tool === 'plain') {
        const message = `Version ${own.written} is also that of ${same.path}: a tool that goes by the number runs one of them.`;
        return [{ unit: first, message }];
      }
      const message = `Version ${own.written} is also that of ${same.path}: a tool runs one of them.`;
      return [{ unit: first, severity: 'error', message }];
    }
    const newer = before?.newest;
    if (newer === undefined || newer.version <= own.version) return [];
    const message = `Version ${own.written} is older than ${newer.path}, which runs before it: where that has run, it comes too late.`;
    return [{ unit: first, message }];
  },
};

/** Tools that run what a plan of theirs names, and those to whom the whole name tells migrations apart. */
const orders: Readonly<Record<string, 'plan' | 'whole-name'>> = {
  sqitch: 'plan',
  drizzle: 'plan',
  prisma: 'whole-name',
  knex: 'whole-name',
  'node-pg-migrate': 'whole-name',
};

type Version = {
  /** Its numbers, so that text compares as they do. */
  readonly version: string;
  readonly written: string;
  /** What stands behind the version, up to a dot: files for several databases share it. */
  readonly title: string;
  readonly isUndo: boolean;
  readonly path: string;
};

/** Versions of one folder, those that go up and those that go down apart. */
type Versions = { readonly byVersion: Map<string, Version>; newest: Version };
type Known = { read: number; readonly folders: Map<string, Versions> };

/** A history may have thousands of files: each path is read once, when the list of those before has grown by it. */
const known = new WeakMap<readonly string[], Known>();

function earlierVersions({ file }: LintContext, own: Version): Versions | undefined {
  const all = known.get(file.earlier) ?? { read: 0, folders: new Map<string, Versions>() };
  known.set(file.earlier, all);
  for (const path of file.earlier.slice(all.read)) {
    const version = versionOf(path);
    if (version !== undefined) remember(version, all.folders);
  }
  all.read = file.earlier.length;
  return all.folders.get(placeOf(own));
}

function remember(version: Version, folders: Map<string, Versions>): void {
  const place = placeOf(version);
  const found = folders.get(place);
  if (found === undefined) {
    folders.set(place, { byVersion: new Map([[version.version, version]]), newest: version });
    return;
  }
  found.byVersion.set(version.version, version);
  if (version.version > found.newest.version) found.newest = version;
}

function placeOf({ path, isUndo }: Version): string {
  return `${isUndo ? 'down' : 'up'} ${folderOf(path)}`;
}

/**
 * `20240102_name.sql`, `V7__name.sql`, `V1_14__name.sql`, `0003_name.up.sql`, `2019-06-01-222649_name`, and folders of
 * that name that hold a migration.sql.
 */
function versionOf(path: string): Version | undefined {
  const parts = path.split('/');
  const file = parts.at(-1) ?? '';
  const name = /^(migration|up|down)\.sql$/i.test(file) ? (parts.at(-2) ?? '') : file;
  const found = pattern.exec(name);
  const written = found?.slice(1).find((part) => part !== undefined);
  if (found === null || written === undefined) return undefined;
  const isUndo = /^[Uu]\d|(^|\.)down\./.test(name) || /^down\.sql$/i.test(file);
  const version = written.split(/\D/).map((digits) => digits.replace(/^0+(?=\d)/, '').padStart(32, '0'));
  const title = /^[^.]*/.exec(name.slice(found[0].length))?.[0] ?? '';
  return { version: version.join('.'), written, title, isUndo, path };
}

/** As Flyway writes versions, as a moment with dashes, and as one number. */
const pattern = /^(?:[VvUu](\d+(?:[._]\d+)*)__|(\d{4}-\d\d-\d\d-\d+(?:-\d+)?)_|[VvUu]?(\d+)(?:__?|[-.]))/;

/** Versions count within a folder; of one that holds a folder for each migration, within that. */
function folderOf(path: string): string {
  const parts = path.split('/').slice(0, -1);
  return /(^|\/)(migration|up|down)\.sql$/i.test(path) ? parts.slice(0, -1).join('/') : parts.join('/');
}
