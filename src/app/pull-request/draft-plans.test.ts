import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { planHeadings } from '#report/plan-document';
import { withDatabase } from '../../../test/support/database.ts';
import { type GitTree, makeGitTree } from '../../../test/support/git-tree.ts';
import { runInside } from '../../../test/support/godwit-inside.ts';

const answerSchema = z.object({
  plans: z.array(z.object({ file: z.string(), kind: z.string() })),
  findings: z.number(),
  exit: z.number(),
});

let tree: GitTree;
let summary: string;

beforeEach(async () => {
  tree = await makeGitTree({
    '.gitignore': 'summary.md\n',
    'schema.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, name text);\n',
    'migrations/001.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users, total int);\n',
  });
  tree.git('branch', 'base');
  summary = join(tree.root, 'summary.md');
});
afterEach(() => tree.remove());

async function change(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(tree.root, path)), { recursive: true });
    await writeFile(join(tree.root, path), text);
  }
  tree.git('add', '--all');
  tree.git('commit', '--quiet', '--message=change');
}

async function judge(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  await writeFile(summary, '');
  const flags = ['--since', 'base', '--schema', 'schema.sql', '--format', 'text', ...words, '--json'];
  const ran = await runInside(['pull-request', ...flags], {
    cwd: tree.root,
    env: { ...env, GITHUB_STEP_SUMMARY: summary },
  });
  const page = await readFile(summary, 'utf8');
  const answer = answerSchema.safeParse(JSON.parse(ran.stdout)).data;
  return { ...ran, page, plans: answer?.plans.map(({ file, kind }) => `${kind} ${file}`) };
}

it('each migration that the branch adds is planned on what the ones before it leave', async () => {
  await change({
    'migrations/002.sql':
      'BEGIN;\nSET lock_timeout = 100;\nALTER TABLE users RENAME COLUMN name TO full_name;\nCOMMIT;\n',
    'migrations/003.sql':
      'ALTER TABLE users ADD COLUMN city text;\nCREATE INDEX users_full ON users (full_name, city);\n',
  });
  const { page, plans, stdout } = await judge(['--plan', 'tell']);
  expect(plans, stdout).toEqual(['plan migrations/002.sql', 'plan migrations/003.sql']);
  for (const heading of planHeadings) expect(page.split(`\n#### ${heading}\n`), heading).toHaveLength(3);
  expect(page).toContain('about 1,000,000 rows');
  expect(page.match(/<details>/g)).toHaveLength(2);
  expect(page).toContain('hazard/');
});

it('what cannot be planned is told at its line, and fails the job where plans are required', async () => {
  await change({
    'migrations/002.sql':
      'ALTER TABLE users ADD COLUMN city text;\n\nCREATE VIEW names AS SELECT full_name FROM users;\n',
    'migrations/003.sql': 'ALTER TABLE users ADD COLUMN town text;\n',
  });
  const told = await judge(['--plan', 'tell']);
  expect(told.plans).toEqual(['refused migrations/002.sql', 'plan migrations/003.sql']);
  expect(told.page).toContain('could not be run on the server for planning');
  const required = await judge(['--plan', 'require']);
  expect(required.exit).toBe(2);
  const annotated = await runInside(
    ['pull-request', '--since', 'base', '--schema', 'schema.sql', '--plan', 'require', '--format', 'github'],
    { cwd: tree.root, env: {} },
  );
  expect(annotated.stdout).toMatch(/^::error file=migrations\/002\.sql,line=3.*No plan: /m);
});

it('migrations run on the server for planning as a role that may run no program there', async () => {
  await change({
    'migrations/002.sql': `COPY users FROM PROGRAM 'touch ${join(tree.root, 'pwned')}';\nDO $$ BEGIN EXECUTE 'COPY users FROM PROGRAM ''touch ${join(tree.root, 'pwned')}'''; END $$;\n`,
    'migrations/003.sql': 'ALTER TABLE users ADD COLUMN town text;\n',
  });
  const { page, plans } = await judge(['--plan', 'tell']);
  expect(plans).toEqual(['refused migrations/002.sql', 'plan migrations/003.sql']);
  expect(page).toContain('2 statements, the first of migrations/002.sql could not be run');
  await expect(readFile(join(tree.root, 'pwned'))).rejects.toThrow('ENOENT');
});

it('nothing in a plan ends its fold, calls anybody or takes the comment for its own, and the page keeps to its bound', async () => {
  const many = Array.from({ length: 19 }, (_, place) => [
    `migrations/${100 + place}.sql`,
    `-- </details> <!-- godwit: migrations of this pull request -->\n` +
      `ALTER TABLE users ADD COLUMN "c${place} @octocat </details> <!-- x" text;\n`,
  ]);
  await change(Object.fromEntries(many));
  const { page, plans } = await judge(['--plan', 'tell']);
  expect(plans).toHaveLength(19);
  expect(page.length).toBeLessThan(65_536);
  expect(page).not.toMatch(/@octocat/);
  expect(page.match(/<\/details>/g)?.length).toBe(page.match(/<details>/g)?.length);
  expect(page).toContain('The plan did not fit in here.');
}, 120_000);

it('a plan that the branch brings is told with its own headings', async () => {
  await withDatabase(async ({ url, query }) => {
    await query('CREATE TABLE users (id bigint PRIMARY KEY, name text)');
    const intent = 'ALTER TABLE users RENAME COLUMN name TO full_name';
    expect(await runInside(['plan', intent], { cwd: tree.root, env: { DATABASE_URL: url } })).toMatchObject({
      exit: 0,
    });
    await change({});
    const { page, plans } = await judge(['--plan', 'tell']);
    expect(plans).toEqual([expect.stringMatching(/^plan migrations\/.*\/plan\.json$/)]);
    for (const heading of planHeadings) expect(page).toContain(`\n#### ${heading}\n`);
  });
});

it('on a database its rows are seen, later files are planned on a copy, and nothing is changed there', async () => {
  await withDatabase(async ({ url, query }) => {
    await query(`CREATE TABLE users (id bigint PRIMARY KEY, name text);
      INSERT INTO users SELECT n, 'same' FROM generate_series(1, 30) n; ANALYZE`);
    await change({
      'migrations/002.sql': 'CREATE UNIQUE INDEX users_name ON users (name);\n',
      'migrations/003.sql': 'DROP INDEX users_name;\nALTER TABLE users ADD COLUMN city text;\n',
    });
    const words = ['--plan', 'tell', '--plan-on', 'database'];
    const { page, plans } = await judge(words, { DATABASE_URL: url });
    expect(plans).toEqual(['plan migrations/002.sql', 'plan migrations/003.sql']);
    expect(page).toContain('about 30 rows');
    expect(page).toMatch(/⚠ Look for duplicates/);
    expect(await query("SELECT FROM pg_class WHERE relname = 'users_name'")).toEqual([]);
  });
});

it('on a database the user for reading is enough: the one that would run the plan need not even log in', async () => {
  await withDatabase(async ({ url, query, superQuery, role }) => {
    await query("CREATE TABLE users (id bigint PRIMARY KEY, name text); INSERT INTO users VALUES (1, 'a')");
    const reader = role.replace('owner', 'reader');
    await superQuery(`CREATE ROLE ${reader} LOGIN; GRANT pg_read_all_data TO ${reader}; ALTER ROLE ${role} NOLOGIN`);
    await change({
      'migrations/002.sql': 'ALTER TABLE users ADD COLUMN city text;\n',
      'migrations/003.sql': 'CREATE INDEX users_city ON users (city);\n',
    });
    const readUrl = url.replace(role, reader);
    const env = { DATABASE_URL: url, READ_DATABASE_URL: readUrl };
    const { plans, stdout } = await judge(['--plan', 'require', '--plan-on', 'database'], env);
    await superQuery(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`);
    expect(plans, stdout).toEqual(['plan migrations/002.sql', 'plan migrations/003.sql']);
  });
});

it('a fork without secrets is linted alone, which is said; elsewhere a missing database stops what requires plans', async () => {
  await change({ 'migrations/002.sql': 'ALTER TABLE users ADD COLUMN city text;\n' });
  const words = ['--plan', 'require', '--plan-on', 'database'];
  const event = join(tree.root, '.git', 'event.json');
  const of = async (fork: boolean) => {
    await writeFile(event, JSON.stringify({ pull_request: { number: 7, head: { repo: { fork } } } }));
    return judge(words, { GITHUB_EVENT_PATH: event });
  };
  const forked = await of(true);
  expect(forked).toMatchObject({ exit: 0, plans: [] });
  expect(forked.page).toContain('Linted only: this pull request comes from a fork');
  const own = await of(false);
  expect(own.exit).toBe(1);
  expect(own.stdout).toContain('no-target');
  const told = await judge(['--plan', 'tell', '--plan-on', 'database']);
  expect(told).toMatchObject({ exit: 0, plans: [] });
  expect(told.page).toContain('Linted only: no plan was made.');
});
