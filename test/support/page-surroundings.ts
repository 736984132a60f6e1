import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createDatabase } from './database.ts';
import { committedIn } from './git-tree.ts';
import { modelServer } from './model-server.ts';
import { allPages, blocksOf, isCommands } from './page-blocks.ts';
import { upgradeTree } from './upgrade-tree.ts';

/** Where the commands of a page are run. */
export type Place = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
};

type Surroundings = {
  readonly files: Readonly<Record<string, string>>;
  readonly hasDatabase: boolean;
  /** SQL of what stands in the database. */
  readonly tables?: string;
  /** A folder of examples/, which is installed. */
  readonly example?: string;
  /** Only the journeys have the time for it. */
  readonly isSlow?: boolean;
  /** A model of the tests' own answers there. */
  readonly hasModel?: boolean;
  /** Commands that have been run there before, in order. */
  readonly before: readonly string[];
};

const tables = `
  CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, email text UNIQUE);
  INSERT INTO users SELECT i, 'n' || i, 'e' || i FROM generate_series(1, 200) AS i;
  CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users, total numeric NOT NULL DEFAULT 0);
  INSERT INTO orders SELECT i, i, i / 100.0 FROM generate_series(1, 200) AS i;`;

/** A shop: its code, a history of migrations, a change and a schema as files, and a configuration. */
const shop: Readonly<Record<string, string>> = {
  '.gitignore': 'node_modules\n',
  'package.json': JSON.stringify({ name: 'shop', version: '1.0.0', private: true, scripts: { test: 'node --test' } }),
  'src/users.js': 'exports.byName = "SELECT id, name FROM users ORDER BY name";\n',
  'src/utils/words.js': "exports.words = (text) => text.split(' ');\n",
  'src/index.js': "exports.count = (text) => require('./utils/words').words(text).length;\n",
  'test/index.test.js':
    "const { test } = require('node:test');\ntest('counts', () => { if (require('../src').count('a b') !== 2) throw new Error('2'); });\n",
  'migrations/001_users.sql': 'CREATE TABLE members (id bigint PRIMARY KEY, name text NOT NULL);\n',
  'change.sql': 'ALTER TABLE users ADD COLUMN city text;\nCREATE INDEX users_city ON users (city);\n',
  'schema.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, email text);\n',
  'src/users.ts': 'export const getUser = (id: number) => ({ id });\n',
  'src/text.ts':
    "export const slug = (text: string) => words(text).join('-');\nexport const words = (text: string) => text.split(' ');\n",
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "esnext" }, "include": ["src/*.ts"] }\n',
  'package-lock.json':
    '{ "name": "shop", "version": "1.0.0", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }\n',
  'godwit.config.json': JSON.stringify({
    targets: { staging: { url: 'env:DATABASE_URL', class: 'staging' } },
    tree: { imports: { cycles: 'no-more' } },
  }),
  'web/package.json': JSON.stringify({ name: 'web', version: '1.0.0', private: true }),
};

const rename = 'godwit plan "ALTER TABLE users RENAME COLUMN name TO full_name"';
const shopWith = (before: readonly string[]): Surroundings => ({ files: shop, hasDatabase: true, tables, before });

/** What a page may name in `<!-- run: NAME -->`. */
export const surroundings: Readonly<Record<string, Surroundings>> = {
  empty: { files: {}, hasDatabase: false, before: [] },
  shop: shopWith([]),
  model: { ...shopWith([]), hasModel: true },
  fresh: { files: shop, hasDatabase: true, before: [] },
  recipes: shopWith([
    'godwit recipe new rename --in codemods',
    'godwit recipe new my-codemod',
    'godwit recipe new rename-api --in codemods',
    'mkdir transforms; cp my-codemod/scripts/codemod.ts transforms/class.ts',
    'git add --all; git commit --quiet --message=recipes',
  ]),
  planned: shopWith([rename]),
  waiting: shopWith([rename, 'godwit apply']),
  paused: shopWith([rename, 'godwit apply', 'godwit pause']),
  'express-shop': { files: {}, hasDatabase: false, before: [], example: 'express-shop', isSlow: true },
  'recipe-package': {
    files: {},
    hasDatabase: false,
    before: ['godwit recipe new my-codemod', 'mv my-codemod/* .; cp -r tests/renames-a-call tests/renames-an-import'],
  },
  /** A folder with nothing in it, for what brings a server of its own. */
  demo: { files: {}, hasDatabase: false, before: [], isSlow: true },
  done: shopWith([rename, 'godwit apply', 'godwit apply --confirm deploy']),
};

/** Makes the surroundings of a name; `run` runs what has been run there before. */
export async function makePlace(name: string, run: (command: string, place: Place) => Promise<void>): Promise<Place> {
  const wanted = surroundings[name];
  if (wanted === undefined) throw new Error(`no surroundings ${name}: ${Object.keys(surroundings).join(', ')}`);
  if (wanted.example !== undefined) {
    const tree = await upgradeTree({ from: resolve(import.meta.dirname, '../../examples', wanted.example) });
    return { cwd: tree.root, env: {}, remove: tree.remove };
  }
  const cwd = await mkdtemp(join(tmpdir(), 'godwit-page-'));
  for (const [path, text] of Object.entries(wanted.files)) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), text);
  }
  if ('package.json' in wanted.files) committedIn(cwd)('update-ref', 'refs/remotes/origin/main', 'HEAD');
  const database = wanted.hasDatabase ? await createDatabase() : undefined;
  if (wanted.tables !== undefined) await database?.query(wanted.tables);
  const model = wanted.hasModel === true ? await modelServer('openai-compatible', []) : undefined;
  const place: Place = {
    cwd,
    env: { ...(database === undefined ? {} : { DATABASE_URL: database.url }), ...model?.env },
    remove: async () => {
      await model?.close();
      await database?.drop();
      await rm(cwd, { recursive: true, force: true });
    },
  };
  for (const command of wanted.before) await run(command, place);
  return place;
}

/** Pages with so many commands that only the journeys have the time for them: each takes seven seconds and more. */
const longPages = [
  'docs/recipes.md',
  'docs/guide.md',
  'docs/operations.md',
  'docs/data-changes.md',
  'docs/schema-changes.md',
  'docs/verbs/inspect.md',
  'docs/verbs/plan.md',
  'docs/verbs/rehearse.md',
];

/** Pages with commands to run: the slow ones, with long pages and surroundings in which something is installed, or the others. */
export function runPages(wanted: 'quick' | 'slow'): readonly string[] {
  return allPages().filter((page) => {
    const names = blocksOf(page).flatMap(({ language, treatment }) =>
      treatment?.kind === 'run' && isCommands(language) ? [treatment.surroundings] : [],
    );
    const isSlow = longPages.includes(page) || names.some((name) => surroundings[name]?.isSlow === true);
    return names.length > 0 && isSlow === (wanted === 'slow');
  });
}
