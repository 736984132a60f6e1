import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { type ReadingLimits, readMigrations } from './read-migrations.ts';
import { readSqlText } from './read-sql-text.ts';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'godwit-lint-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const create = 'CREATE TABLE a (id int);\n';

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
}

type Reading = { readonly limits?: Partial<ReadingLimits>; readonly standardInput?: string };

function read(named: readonly string[], options: Reading = {}): ReturnType<typeof readMigrations> {
  return readMigrations(named, { cwd, signal: new AbortController().signal, ...options });
}

/** Histories as `tool folder: files`, then findings as `rule file: message`. */
function lines(named: readonly string[], options: Reading = {}): readonly string[] {
  const { histories, findings } = read(named, options);
  return [
    ...histories.map(({ tool, folder, files }) => `${tool} ${folder}: ${files.map(({ path }) => path).join(' ')}`),
    ...findings.map(({ rule, file, message }) => `${rule} ${file}: ${message}`),
  ];
}

function refusal(named: readonly string[]): string {
  try {
    read(named);
  } catch (error) {
    if (isFailure(error, 'bad-input')) return Object.values(error.explanation).join(' ');
    throw error;
  }
  return 'nothing';
}

it('a folder may be named at any level', () => {
  write({
    'prisma/migrations/1_a/migration.sql': create,
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"',
    'prisma/seed.sql': 'SELECT 1;',
  });
  const all = 'prisma prisma/migrations: prisma/migrations/1_a/migration.sql';
  expect(lines(['.'])).toEqual([
    all,
    'lint/not-read .: Not read: 1 file of SQL outside the migrations that were recognised, in prisma.',
  ]);
  for (const named of ['prisma/migrations', 'prisma/migrations/1_a', 'prisma/migrations/1_a/migration.sql']) {
    expect(lines([named])).toEqual([all]);
  }
});

it('settings above what is named count, but their complaints of other files do not', () => {
  write({
    '.git/HEAD': '',
    'db/sqitch.plan': '%project=a\n\nb 2024-01-01T00:00:00Z A <a@b.c>\na 2024-01-02T00:00:00Z A <a@b.c>\n',
    'db/deploy/a.sql': create,
    'db/deploy/b.sql': create,
    'db/revert/a.sql': create,
  });
  expect(lines(['db/deploy'])).toEqual(['sqitch db: db/deploy/b.sql db/deploy/a.sql']);
  expect(lines(['db/deploy/a.sql'])).toEqual(['sqitch db: db/deploy/a.sql']);
  expect(
    readMigrations(['.'], { cwd: join(cwd, 'db/deploy'), signal: new AbortController().signal }).histories[0],
  ).toMatchObject({
    folder: '..',
    files: [{ path: 'b.sql' }, { path: 'a.sql' }],
  });
});

it('a project may have several histories, and other databases are left out by name', () => {
  write({
    'auth/migrations/1_a.up.sql': create,
    'shop/migrations/V1__a.sql': create,
    'log/migrations/mysql/V1__a.sql': 'CREATE TABLE `a` (id int);',
    'log/migrations/postgresql/V1__a.sql': create,
  });
  expect(lines(['.'])).toEqual([
    'golang-migrate auth/migrations: auth/migrations/1_a.up.sql',
    'flyway log/migrations/postgresql: log/migrations/postgresql/V1__a.sql',
    'flyway shop/migrations: shop/migrations/V1__a.sql',
    'lint/other-database log/migrations/mysql: Not read: 1 file of SQL for MySQL, by the name of the folder.',
  ]);
  expect(lines(['log/migrations/mysql'])).toEqual(['flyway log/migrations/mysql: log/migrations/mysql/V1__a.sql']);
});

it('files that are named after their database are told apart', () => {
  write({
    'm/1_a.mysql.up.sql': '',
    'm/1_a.postgres.up.sql': create,
    'm/1_a.up.sql': create,
    'm/2_b.sqlite3.down.sql': '',
    'm/2_b.up.sql': create,
  });
  expect(lines(['.'])).toEqual([
    'golang-migrate m: m/1_a.postgres.up.sql m/2_b.up.sql',
    'lint/other-database m: Not read: 1 file of SQL for MySQL, by name.',
    'lint/other-database m: Not read: 1 file of SQL for SQLite, by name.',
  ]);
});

it('migrations that are programs are told, never passed over in silence', () => {
  write({
    'migrations/1_a.sql': create,
    'migrations/2_b.ts': '',
    'migrations/3_c.ts': '',
    'migrations/3_c.test.ts': '',
    'alembic/versions/abc_d.py': '',
  });
  expect(lines(['.'])).toEqual([
    'plain migrations: migrations/1_a.sql',
    'lint/not-sql alembic/versions: Not read: 1 file of Python here, such as abc_d.py.',
    'lint/not-sql migrations: Not read: 2 files of TypeScript here, such as 2_b.ts.',
  ]);
  expect(refusal(['alembic'])).toBe(
    'There is no SQL in alembic. Not read: 1 file of Python here, such as abc_d.py. ' +
      'Only SQL is linted: let the tool print the SQL of these migrations, and lint that.',
  );
});

it('what is binary, too large or not UTF-8 is a finding, and the rest is read', () => {
  write({
    'm/1.sql': create,
    'm/2.sql': new Uint8Array([0x50, 0x4b, 0, 1, 0xff]),
    'm/3.sql': new Uint8Array([0x2d, 0x2d, 0xe9, 0x0a]),
    'm/4.sql': '-- '.padEnd(200, 'x'),
  });
  expect(lines(['m'], { limits: { bytesMax: 100 } })).toEqual([
    'plain m: m/1.sql',
    'lint/not-read m/2.sql: Not read: It is binary.',
    'lint/not-read m/3.sql: Not read: It is not UTF-8; save it as UTF-8.',
    'lint/not-read m/4.sql: Not read: It has 200 bytes; at most 100 are read.',
  ]);
});

it('byte order marks and line ends stay', () => {
  write({ 'm/1.sql': `\uFEFFSELECT 1;\r\n` });
  expect(read(['m']).histories[0]?.files.map(({ text }) => text)).toEqual(['\uFEFFSELECT 1;\r\n']);
});

it('UTF-16 is read with a mark and without, and is an error as nothing can run it', () => {
  const bare = Buffer.from(create, 'utf16le');
  const marked = Buffer.from(`\uFEFF${create}`, 'utf16le');
  write({
    'm/1.sql': marked,
    'm/2.sql': Buffer.from(marked).swap16(),
    'm/3.sql': bare,
    'm/4.sql': Buffer.from(bare).swap16(),
    'm/5.sql': create,
  });
  const { histories, findings } = read(['m']);
  expect(histories[0]?.files.map(({ text }) => text)).toEqual([
    `\uFEFF${create}`,
    `\uFEFF${create}`,
    create,
    create,
    create,
  ]);
  expect(findings.map(({ rule, severity, file, cure }) => [rule, severity, file, cure])).toEqual(
    ['UTF-16', 'UTF-16', 'UTF-16LE', 'UTF-16BE'].map((name, index) => [
      'lint/encoding',
      'error',
      `m/${index + 1}.sql`,
      `Save it as UTF-8: \`iconv -f ${name} -t UTF-8\`.`,
    ]),
  );
});

it('links are followed once, loops end, node_modules and .git are left alone', () => {
  write({ 'm/1.sql': create, 'm/node_modules/x/2.sql': create, 'm/.git/3.sql': create, 'other/4.sql': create });
  symlinkSync('..', join(cwd, 'm/loop'));
  symlinkSync('../other/4.sql', join(cwd, 'm/4.sql'));
  symlinkSync('nowhere.sql', join(cwd, 'm/5.sql'));
  symlinkSync('6.sql', join(cwd, 'm/6.sql'));
  expect(lines(['m'])).toEqual([
    'plain m: m/1.sql m/4.sql',
    'plain m/loop/other: m/loop/other/4.sql',
    'lint/not-read m/5.sql: Not read: It is a link that leads to nothing that can be read.',
    'lint/not-read m/6.sql: Not read: It is a link that leads to nothing that can be read.',
  ]);
});

it('what the system does not give is said in its words', () => {
  expect(readSqlText(join(cwd, 'missing.sql'), 100)).toEqual({ kind: 'unreadable', why: 'The system says ENOENT.' });
  expect(readSqlText(cwd, 100_000)).toEqual({ kind: 'unreadable', why: 'The system says EISDIR.' });
});

it('a folder with more files than the bound is read as far, and that is said', () => {
  write({ 'm/1.sql': create, 'm/2.sql': create, 'm/3.sql': create });
  expect(lines(['m'], { limits: { filesMax: 2 } })).toEqual([
    'plain m: m/1.sql m/2.sql',
    'lint/not-read m: Not read: It has more than 2 files; what comes after those was not looked at.',
  ]);
});

it('patterns, files of any ending and standard input', () => {
  write({ 'm/10.sql': create, 'm/2.sql': create, 'm/2.down.sql': create, 'x/notes.txt': create, 'x/a.ts': '' });
  expect(lines(['m/*.sql'])).toEqual(['plain m: m/2.sql m/2.down.sql m/10.sql']);
  expect(lines(['**/10.sql', 'x/notes.txt'])).toEqual(['plain m: m/10.sql', 'plain x: x/notes.txt']);
  expect(lines(['-'], { standardInput: create })).toEqual(['plain -: -']);
  expect(read(['-'], { standardInput: create }).histories[0]?.files[0]?.parts).toEqual([
    { start: 0, end: create.length, direction: 'up', transaction: 'unknown' },
  ]);
  expect(lines(['m/2.sql', 'm', join(cwd, 'm/2.sql')])).toEqual(['plain m: m/2.sql m/2.down.sql m/10.sql']);
});

it('a path that is not there, a pattern that nothing fits and an empty folder are refused by name', () => {
  mkdirSync(join(cwd, 'empty'));
  write({ 'a.sql': create });
  expect(refusal(['missing.sql'])).toMatch(/^missing\.sql is not there\./);
  expect(refusal(['a.sql/b'])).toMatch(/^a\.sql\/b is not there\./);
  expect(refusal(['nul\0.sql'])).toMatch(/is not there\./);
  expect(refusal(['x/*.sql'])).toMatch(/^x\/\*\.sql is not there\./);
  expect(refusal(['*.pgsql'])).toMatch(/^No file fits the pattern \*\.pgsql\./);
  expect(refusal(['empty'])).toMatch(/^There is no SQL in empty\. No file there ends in \.sql\./);
});
