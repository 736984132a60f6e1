import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { planSchema } from '#core/plan';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { type GitTree, makeGitTree } from '../../../test/support/git-tree.ts';
import { document, errorSchema, startGodwit } from '../../../test/support/godwit.ts';
import { commandsOf, wordsOf } from '../../../test/support/page-commands.ts';

const rename = 'ALTER TABLE users RENAME COLUMN name TO full_name';
const useSchema = z.object({
  file: z.string(),
  line: z.number(),
  kind: z.string(),
  certainty: z.string(),
  object: z.string(),
  text: z.string(),
});
const gateSchema = z.object({
  uses: z.array(useSchema).optional(),
  patches: z.array(z.object({ file: z.string(), diff: z.string() })).optional(),
});
const answerSchema = z.object({
  dir: z.string(),
  plan: z.object({
    id: z.string(),
    planHash: z.string(),
    risks: z.array(z.object({ rule: z.string(), message: z.string() })),
    phases: z.array(z.object({ id: z.string(), gate: gateSchema.optional(), steps: z.array(z.unknown()) })),
  }),
});
const runSchema = z.object({ state: z.string(), phase: z.string() });

const users = `import { Pool } from 'pg';

const pool = new Pool();

export async function addUser(name: string, email: string) {
  const { rows } = await pool.query('INSERT INTO users (name, email) VALUES ($1, $2) RETURNING id', [name, email]);
  return rows[0].id;
}

export async function findUser(id: string) {
  const { rows } = await pool.query(\`SELECT * FROM users WHERE id = \${id}\`);
  const user = rows[0];
  return { id: user.id, label: user.name };
}

export const byName = "SELECT id, name FROM users ORDER BY name";
`;
const files = {
  '.gitignore': 'node_modules\nlogs\nmigrations/\n',
  'package.json': '{ "dependencies": { "pg": "8" } }',
  'src/users.ts': users,
  'src/report.sql':
    '-- name: ListUsers :many\nSELECT u.name, count(*) FROM users u WHERE u.name LIKE @name GROUP BY u.name;\n',
  'src/products.ts': "export const all = 'SELECT name FROM products';\n",
  'src/broken.ts': 'const name = users(;\n',
  'src/binary.ts': new Uint8Array([0xff, 0xfe, 0x00, 0x6e]),
  'src/large.js': `// users name\n${'x;\n'.repeat(500_000)}`,
  'migrations-old/migrate/1.sql': 'SELECT name FROM users;',
  'tools/job.py': 'print("SELECT name FROM users")\n',
};

let database: TestDatabase;
let tree: GitTree;
const godwit = (...args: readonly string[]) => startGodwit(args, tree.root, { DATABASE_URL: database.url }).ended;

beforeAll(async () => {
  database = await createDatabase();
  await database.query(`
    CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, email text);
    CREATE TABLE products (id bigint PRIMARY KEY, name text);
    INSERT INTO users (name) VALUES ('Ada');`);
  tree = await makeGitTree(files);
});
afterAll(async () => {
  await tree.remove();
  await database.drop();
});

it('names the uses, proposes patches that git takes, and lets nobody through while uses are left', async () => {
  const plain = document(
    await godwit('plan', rename, '--check', '--json'),
    z.object({ plan: answerSchema.shape.plan }),
  );
  const made = document(await godwit('plan', rename, '--code', '.', '--json'), answerSchema);
  const gate = made.plan.phases.find(({ id }) => id === 'deploy')?.gate;
  expect(gate?.uses?.map(({ file, line, kind, certainty }) => `${file}:${line} ${kind} ${certainty}`)).toEqual([
    'src/report.sql:2 sql-file certain',
    'src/report.sql:2 sql-file certain',
    'src/report.sql:2 sql-file certain',
    'src/users.ts:6 sql certain',
    'src/users.ts:11 sql possible',
    'src/users.ts:13 row certain',
    'src/users.ts:16 sql certain',
  ]);
  const said = made.plan.risks.map(({ message }) => message).filter((message) => message.startsWith('Not looked at'));
  expect(said.join('\n')).toMatch(/src\/binary\.ts[\s\S]*src\/large\.js[\s\S]*src\/broken\.ts/);
  expect(said.join('\n')).toContain('1 .py file');
  const text = await readFile(join(made.dir, 'PLAN.md'), 'utf8');
  expect(text).toContain('`src/users.ts:6`');
  expect(text).toContain('deploy-1.patch');
  expect(plain.plan.phases.map(({ steps }) => steps)).toEqual(made.plan.phases.map(({ steps }) => steps));

  expect(document(await godwit('apply', made.plan.id, '--json'), runSchema)).toMatchObject({ state: 'waiting' });
  const apply = (name: string) => execFileSync('git', ['apply', join(made.dir, name)], { cwd: tree.root });
  apply('deploy-1.patch');
  const first = await readFile(join(tree.root, 'src/users.ts'), 'utf8');
  expect(first).toContain("'INSERT INTO users (name, full_name, email) VALUES ($1, $1, $2) RETURNING id'");
  expect(first).toContain('label: user.full_name');
  expect(first).toContain('"SELECT id, full_name AS name FROM users ORDER BY name"');
  const refused = await godwit('apply', made.plan.id, '--confirm', 'deploy', '--json');
  expect(refused.exit).toBe(3);
  expect(document(refused, errorSchema).error.why).toContain('src/users.ts:6');
  apply('deploy-2.patch');
  expect(await readFile(join(tree.root, 'src/users.ts'), 'utf8')).toContain(
    "'INSERT INTO users (full_name, email) VALUES ($1, $2) RETURNING id'",
  );
  expect(document(await godwit('apply', made.plan.id, '--confirm', 'deploy', '--json'), runSchema)).toMatchObject({
    state: 'done',
  });
  expect(document(await godwit('rollback', made.plan.id, '--json', '--confirm', 'deploy'), runSchema)).toMatchObject({
    state: 'rolled-back',
  });
});

it.each([
  [['--code', 'nowhere'], 'bad-input', 'There is no folder nowhere'],
  [['--code', 'package.json'], 'bad-input', 'There is no folder package.json'],
  [['--code', '/'], 'no-repository', 'is not in a git repository'],
])('%s is refused', async (args, code, what) => {
  const ran = await godwit('plan', rename, ...args, '--json');
  expect(ran.exit).toBe(1);
  expect(document(ran, errorSchema).error).toMatchObject({ code, what: expect.stringContaining(what) });
});

it('the commands of its page', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../docs/code-and-database.md'), 'utf8');
  const ran = [];
  for (const command of commandsOf(page)) ran.push(await godwit(...wordsOf(command).slice(1)));
  expect(ran.map(({ exit }) => exit)).toEqual([0, 0, 0]);
  const { stdout } = await godwit('rollback', '--json');
  expect(stdout).toContain('"rolled-back"');
});

it('leaves the plan of the database as it is without code, byte for byte, and rehearses', async () => {
  const read = async (...more: readonly string[]) => {
    const { dir } = document(await godwit('plan', rename, ...more, '--json'), z.object({ dir: z.string() }));
    return { dir, plan: planSchema.parse(JSON.parse(await readFile(join(dir, 'plan.json'), 'utf8'))) };
  };
  const [plain, made] = [await read(), await read('--code', '.')];
  const phases = made.plan.phases.map(({ gate, ...phase }) => {
    if (gate === undefined) return phase;
    const { uses: _, patches: __, ...rest } = gate;
    return { ...phase, gate: { ...rest, evidence: rest.evidence.filter(({ id }) => id !== 'code-uses') } };
  });
  const bytes = JSON.stringify;
  expect(bytes(phases.map((phase) => Object.entries(phase).sort()))).toBe(
    bytes(plain.plan.phases.map((phase) => Object.entries(phase).sort())),
  );
  expect(plain.plan.intent.options).toEqual({});
  expect(made.plan.intent.options).toEqual({ code: '.' });
  expect(document(await godwit('rehearse', made.dir, '--json'), z.object({ ok: z.boolean() })).ok).toBe(true);
});

it('looks for nothing where it is not asked to', async () => {
  await writeFile(join(tree.root, 'src/users.ts'), users);
  const made = document(
    await godwit('plan', 'ALTER TABLE products RENAME COLUMN name TO title', '--json'),
    answerSchema,
  );
  expect(made.plan.phases.find(({ id }) => id === 'deploy')?.gate?.uses).toBeUndefined();
});
