import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { withDatabase } from '../../../test/support/database.ts';
import { document, startGodwit } from '../../../test/support/godwit.ts';
import { runInside } from '../../../test/support/godwit-inside.ts';
import { makeTree } from '../../../test/support/tree.ts';

const files = {
  'migrations/001_users.sql':
    'CREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE INDEX users_name ON users (name);\n',
  'migrations/002_index.sql': 'CREATE INDEX users_both ON users (name, id);\n',
  'migrations/003_silent.sql':
    '-- godwit: ignore pg/index-not-concurrent: forty rows\nCREATE INDEX users_third ON users (id, name);\n',
  'migrations/004_broken.sql': 'ALTER TABLE users ADD COLUMN;\nTRUNCATE users;\n',
  'schema.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));\n',
  'wider.sql': "SET lock_timeout = '1s';\nALTER TABLE users ALTER COLUMN name TYPE varchar(40);\n",
};

const findingSchema = z.object({
  rule: z.string(),
  aliases: z.array(z.string()),
  severity: z.enum(['error', 'warning', 'advice']),
  file: z.string(),
  line: z.number(),
  column: z.number(),
  endLine: z.number(),
  endColumn: z.number(),
  message: z.string(),
  instead: z.string(),
  lock: z.string().nullable(),
  tables: z.array(z.string()),
  rewrite: z.boolean(),
  scan: z.boolean(),
});
const answerSchema = z.object({
  findings: z.array(findingSchema),
  summary: z.object({ errors: z.number(), files: z.number(), suppressed: z.number(), inBaseline: z.number() }),
});

let tree: Awaited<ReturnType<typeof makeTree>>;
beforeAll(async () => {
  tree = await makeTree(files);
});
afterAll(() => tree.remove());

const lint = (...args: readonly string[]) => runInside(['lint', ...args], { cwd: tree.root, env: {} });

describe('godwit lint', () => {
  it('judges a folder in its order, and exits 2', async () => {
    const ran = await lint('migrations', '--json');
    expect(ran.exit).toBe(2);
    const { findings, summary } = document(ran, answerSchema);
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule, file, line, column }) => `${file}:${line}:${column} ${rule}`)).toEqual([
      'migrations/002_index.sql:1:1 pg/index-not-concurrent',
      'migrations/004_broken.sql:1:29 sql/syntax',
      'migrations/004_broken.sql:2:1 pg/truncate',
    ]);
    expect(errors[0]).toMatchObject({ lock: 'SHARE', tables: ['public.users'], rewrite: false, scan: true });
    expect(errors[0]?.aliases).toContain('E6');
    expect(summary).toMatchObject({ files: 4, suppressed: 1, inBaseline: 0 });
  });

  it('knows the schema that it is given', async () => {
    const without = await lint('wider.sql', '--fail-on', 'warning', '--json');
    expect(without.exit).toBe(2);
    expect(document(without, answerSchema).findings.map(({ rule }) => rule)).toContain('pg/alter-column-type-rewrite');
    const known = await lint('wider.sql', '--schema', 'schema.sql', '--fail-on', 'warning', '--json');
    expect([known.exit, document(known, answerSchema).summary.errors]).toEqual([0, 0]);
  });

  it('takes what is there as given, by a baseline', async () => {
    expect((await lint('migrations', '--baseline', 'known.json', '--update-baseline')).exit).toBe(0);
    const later = await lint('migrations', '--baseline', 'known.json', '--fail-on', 'advice', '--json');
    expect([later.exit, document(later, answerSchema).findings]).toEqual([0, []]);
    expect(document(later, answerSchema).summary.inBaseline).toBeGreaterThan(2);
    expect((await lint('migrations', '--baseline', 'missing.json')).stderr).toContain('missing.json is not there');
  });

  it('finds the baseline of a project from any folder of it', async () => {
    const own = await makeTree({ 'ci/.keep': '', 'db/migrations/1_a.sql': 'CREATE INDEX a ON b (c);\n' });
    try {
      const from = (folder: string, ...args: readonly string[]) =>
        runInside(['lint', ...args, '--fail-on', 'advice', '--json'], { cwd: join(own.root, folder), env: {} });
      await from('', 'db/migrations', '--baseline', 'ci/known.json', '--update-baseline');
      const text = await readFile(join(own.root, 'ci/known.json'), 'utf8');
      expect(text).toContain('"file":"../db/migrations/1_a.sql"');
      for (const [folder, path, baseline] of [
        ['', 'db', 'ci/known.json'],
        ['ci', '../db/migrations', 'known.json'],
        ['db/migrations', '1_a.sql', '../../ci/known.json'],
      ] as const) {
        const ran = await from(folder, path, '--baseline', baseline);
        expect([folder, ran.exit, document(ran, answerSchema).findings]).toEqual([folder, 0, []]);
      }
      await from('db', 'migrations', '--baseline', '../ci/known.json', '--update-baseline');
      expect(await readFile(join(own.root, 'ci/known.json'), 'utf8')).toBe(text);
    } finally {
      await own.remove();
    }
  });

  it('an older baseline, with names from where lint was called, still holds', async () => {
    const known = {
      file: 'm/1.sql',
      rule: 'ds/drop-table',
      fingerprint: 'b07e2441f91029db',
      message: 'Table t is dropped with all of its rows.',
    };
    const baseline = JSON.stringify({ version: 1, findings: [known] });
    const own = await makeTree({ 'm/1.sql': 'DROP TABLE t;\n', 'ci/known.json': baseline });
    try {
      const ran = await runInside(['lint', 'm', '--baseline', 'ci/known.json', '--json'], { cwd: own.root, env: {} });
      expect([ran.exit, document(ran, answerSchema).summary]).toMatchObject([0, { errors: 0, inBaseline: 1 }]);
    } finally {
      await own.remove();
    }
  });

  it('keeps its exit code where nobody reads on', async () => {
    const { child, ended } = startGodwit(['lint', 'migrations'], tree.root, {});
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ exit: 2, stderr: '' });
  });

  it('writes formats for CI', async () => {
    const sarif = await lint('migrations', '--format', 'sarif');
    expect(JSON.parse(sarif.stdout)).toMatchObject({ version: '2.1.0' });
    expect((await lint('migrations', '--format', 'github')).stdout).toContain(
      '::error file=migrations/002_index.sql,line=1',
    );
    expect((await lint('migrations', '--format', 'junit')).stdout).toMatch(/^<\?xml/);
    const gitlab: unknown = JSON.parse((await lint('migrations', '--format', 'gitlab')).stdout);
    expect(gitlab).toContainEqual(expect.objectContaining({ check_name: 'pg/truncate' }));
    expect((await lint('migrations')).stdout).toContain('^^^^');
  });

  it('writes the safe form where one statement suffices', async () => {
    const own = await makeTree({ 'a.sql': 'CREATE INDEX a ON b (c);\n' });
    try {
      const ran = await startGodwit(['lint', 'a.sql', '--fix', '--json'], own.root, {}).ended;
      const left = document(ran, answerSchema).findings.map(({ rule }) => rule);
      expect([ran.exit, left]).toEqual([0, ['hy/not-idempotent']]);
      expect(await readFile(join(own.root, 'a.sql'), 'utf8')).toBe('CREATE INDEX CONCURRENTLY a ON b (c);\n');
    } finally {
      await own.remove();
    }
  });

  it('gives standard input back fixed, as it was but for that, and the report beside it', async () => {
    const env = { DATABASE_URL: 'postgres://u:INDEX@localhost/x' };
    const pipe = (text: string, ...args: readonly string[]) =>
      startGodwit(['lint', ...args], tree.root, env, text).ended;
    const fixed = await pipe('CREATE INDEX a ON b (c);\r\n-- end', '-', '--fix');
    expect(fixed).toMatchObject({ exit: 0, stdout: 'CREATE INDEX CONCURRENTLY a ON b (c);\r\n-- end' });
    expect(fixed.stderr).toContain('Standard input: 1 fixed.');
    expect(await pipe('SELECT 1;', '-', '--fix')).toMatchObject({ exit: 0, stdout: 'SELECT 1;' });
    const told = await pipe('CREATE INDEX a ON b (c);', '-', '--fix', '--json');
    expect(JSON.parse(told.stdout)).toMatchObject({ fixedInput: 'CREATE INDEX CONCURRENTLY a ON b (c);' });
    for (const args of [
      ['-', 'migrations'],
      ['-', '--format', 'sarif'],
    ] as const) {
      expect(await pipe('SELECT 1;', ...args, '--fix')).toMatchObject({
        exit: 1,
        stderr: expect.stringContaining('--fix cannot write what it fixes in standard input'),
      });
    }
  });

  it('takes a schema that a shell of Windows has written as UTF-16', async () => {
    const path = join(tree.root, 'sixteen.sql');
    await writeFile(path, Buffer.from(`\uFEFF${files['schema.sql']}`, 'utf16le'));
    const known = await lint('wider.sql', '--schema', path, '--fail-on', 'warning', '--json');
    expect([known.exit, document(known, answerSchema).summary.errors]).toEqual([0, 0]);
    await rm(path);
  });

  it('says that nothing was judged where that is so', async () => {
    const own = await makeTree({ 'a.sql': 'a\0b' });
    try {
      const ran = await runInside(['lint', 'a.sql'], { cwd: own.root, env: {} });
      expect([ran.exit, ran.stdout.split('\n')[0]]).toEqual([2, 'No SQL that could be judged']);
      expect(ran.stdout).toContain('1 error; no file was judged');
    } finally {
      await own.remove();
    }
  });

  it('refuses what it cannot read, and says what to do', async () => {
    for (const [args, said] of [
      [['nowhere'], 'nowhere is not there'],
      [
        ['migrations', '--server-version', '9.6'],
        '"9.6" is not a major version of PostgreSQL that godwit knows: one of 12, 13,',
      ],
      [['migrations', '--server-version', 'banana'], '--server-version: "banana" is not a major version'],
      [['migrations', '--schema', 'none.sql'], 'none.sql cannot be read'],
    ] as const) {
      const ran = await lint(...args);
      expect([ran.exit, ran.stderr]).toEqual([1, expect.stringContaining(said)]);
    }
  });

  it('asks the database that it is given', async () => {
    await withDatabase(async ({ url, query }) => {
      await query('CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20))');
      const ran = await lint('wider.sql', '--db', url, '--json');
      expect([ran.exit, document(ran, answerSchema).summary.errors]).toEqual([0, 0]);
    });
  });
});
