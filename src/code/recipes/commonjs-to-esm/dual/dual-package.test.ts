import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { memoryTree } from '../../../engine/memory-tree.ts';
import { runRecipe } from '../../../engine/run-recipe.ts';
import { commonjsToEsm } from '../recipe.ts';

const { signal } = new AbortController();
const start = promisify(execFile);
type Texts = Readonly<Record<string, string>>;

async function dual(files: Texts): Promise<{ readonly texts: Texts; readonly faults: string; readonly said: string }> {
  const run = await runRecipe(commonjsToEsm, memoryTree(files), { params: { dual: 'true' }, signal });
  const after = new Map(Object.entries(files));
  for (const { path, after: text } of run.changes) if (text !== undefined) after.set(path, text);
  return {
    texts: Object.fromEntries(after),
    faults: run.faults.map(({ message }) => message).join('\n'),
    said: run.unresolved.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'),
  };
}

/** Puts a package and its users on a disk, and hands over how to run a program there. */
async function withUsers(
  files: Texts,
  users: Texts,
  use: (run: (program: string, ...args: readonly string[]) => Promise<string>) => Promise<void>,
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'godwit-dual-'));
  const own = Object.entries(files).map(([path, text]) => [`node_modules/pack/${path}`, text] as const);
  try {
    for (const [path, text] of [...own, ...Object.entries(users)]) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    await use(async (program, ...args) => {
      const { stdout } = await start(process.execPath, [program, ...args], { cwd: root, timeout: 60_000 }).catch(
        (error: unknown) => ({
          stdout: error instanceof Error && 'stdout' in error ? `${error.message}\n${error.stdout}` : String(error),
        }),
      );
      return stdout;
    });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const library: Texts = {
  'package.json': `{
  "name": "pack",
  "version": "1.0.0",
  "main": "lib",
  "files": ["lib", "data.json"],
  "license": "MIT"
}
`,
  'lib/index.js':
    "const store = require('./store');\nmodule.exports = { add: (one) => store.add(one), all: store.all, Store: store.Store, default: 1 };\n",
  'lib/store.js':
    'const all = [];\nclass Store {}\nexports.all = all;\nexports.Store = Store;\nexports.add = (one) => all.push(one);\n',
  'lib/more/index.js': 'module.exports = 5;\n',
  'data.json': '{ "a": 1 }\n',
};

it('require and import give the same objects, and every path that was open stays so', async () => {
  const { texts, faults } = await dual(library);
  expect(faults).toBe('');
  expect(texts['lib/index.mjs']).toBe(
    "import exported from './index.js';\n\nexport const { add, all, Store } = exported;\nexport default exported;\n",
  );
  for (const path of Object.keys(library)) if (path !== 'package.json') expect(texts[path]).toBe(library[path]);
  const users = {
    'a.mjs': `
import { createRequire } from 'node:module';
import pack, { add, all, Store } from 'pack';
const require = createRequire(import.meta.url);
const required = require('pack');
add(1);
required.add(2);
console.log(pack === required, all === required.all, Store === required.Store, all.length, new Store() instanceof required.Store);
const paths = ['pack/lib', 'pack/lib/index', 'pack/lib/index.js', 'pack/lib/store', 'pack/lib/store.js', 'pack/lib/more', 'pack/data.json', 'pack/package.json'];
for (const path of paths) console.log(path, typeof require(path));
console.log(require('pack/lib/store').all === all, (await import('pack/lib/store.js')).all === all);
`,
  };
  await withUsers(texts, users, async (run) => {
    expect(await run('a.mjs')).toBe(
      [
        'true true true 2 true',
        'pack/lib object',
        'pack/lib/index object',
        'pack/lib/index.js object',
        'pack/lib/store object',
        'pack/lib/store.js object',
        'pack/lib/more number',
        'pack/data.json object',
        'pack/package.json object',
        'true true',
        '',
      ].join('\n'),
    );
  });
});

it.each<readonly [string, string, readonly string[]]>([
  ['a class', 'module.exports = class Box {};\n', ['export default exported;']],
  [
    'names that are set',
    "exports.a = 1;\nexports['b-c'] = 2;\nexports.class = 3;\n",
    ['export const { a } = exported;'],
  ],
  ['what is made in a loop', "for (const one of ['a']) exports[one] = one;\n", ['export default exported;']],
])('an entry of %s', async (_, text, lines) => {
  const { texts, faults } = await dual({ 'package.json': '{\n  "name": "pack"\n}\n', 'index.js': text });
  expect(faults).toBe('');
  expect(texts['index.mjs']?.split('\n')).toEqual(expect.arrayContaining([...lines]));
  await withUsers(
    texts,
    {
      'a.mjs':
        "import * as pack from 'pack';\nimport { createRequire } from 'node:module';\nconsole.log(createRequire(import.meta.url)('pack') === pack.default);\n",
    },
    async (run) => {
      expect(await run('a.mjs')).toBe('true\n');
    },
  );
});

const typed: Texts = {
  'package.json': `{
  "name": "pack",
  "version": "1.0.0",
  "main": "dist/index.js",
  "types": "dist/index.d.ts",
  "files": ["dist"],
  "devDependencies": { "typescript": "^5.9.0" }
}
`,
  'tsconfig.json':
    '{ "compilerOptions": { "target": "es2022", "module": "commonjs", "moduleResolution": "node10", "ignoreDeprecations": "6.0", "esModuleInterop": true, "declaration": true, "strict": true, "rootDir": "src", "outDir": "dist", "types": [] }, "include": ["src"] }\n',
  'src/index.ts': "export * from './kind';\nexport const seen: string[] = [];\nexport type Name = string;\n",
  'src/kind.ts': 'export enum Kind { A = "a" }\nexport class Box { readonly kind = Kind.A; }\n',
};

const typedUsers: Texts = {
  'package.json': '{ "name": "user", "private": true }\n',
  'tsconfig.json':
    '{ "compilerOptions": { "target": "es2022", "module": "nodenext", "strict": true, "noEmit": true, "types": [] }, "include": ["*.mts", "*.cts"] }\n',
  'user.mts':
    "import pack, { Box, Kind, seen, type Name } from 'pack';\nconst name: Name = 'a';\nseen.push(name);\nexport const kind: Kind = new Box().kind;\nexport const same: boolean = pack.seen === seen;\n",
  'user.cts':
    "import pack = require('pack');\nconst name: pack.Name = 'a';\npack.seen.push(name);\nexport const kind: pack.Kind = new pack.Box().kind;\n",
  'user.mjs':
    "import pack, { Box, Kind, seen } from 'pack';\nimport { createRequire } from 'node:module';\nconst required = createRequire(import.meta.url)('pack');\nconsole.log(required === pack, required.seen === seen, required.Box === Box, Kind.A);\n",
};

it('a package in TypeScript has declarations for both, and one instance', async () => {
  const { texts, faults, said } = await dual(typed);
  expect(faults).toBe('');
  expect(said).toBe('');
  await withUsers(texts, typedUsers, async (run) => {
    const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
    expect(await run(tsc, '-p', 'node_modules/pack')).toBe('');
    expect(await run(tsc, '-p', '.')).toBe('');
    expect(await run('user.mjs')).toBe('true true true a\n');
  });
});

it('an entry with a default of its own gives it to import, and the plan says so', async () => {
  const { texts, said } = await dual({
    ...typed,
    'src/index.ts': 'export default function run(): number {\n  return 1;\n}\nexport const a = 1;\n',
  });
  expect(texts['index.mjs']).toContain('export default exported.default;');
  expect(said).toContain('`import` of this entry gives its `default` then');
  const users = {
    ...typedUsers,
    'user.mts': "import run, { a } from 'pack';\nexport const b: number = run() + a;\n",
    'user.cts': "import pack = require('pack');\nexport const b: number = pack.default() + pack.a;\n",
    'user.mjs': "import run, { a } from 'pack';\nconsole.log(run() + a);\n",
  };
  await withUsers(texts, users, async (run) => {
    const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
    expect(await run(tsc, '-p', 'node_modules/pack')).toBe('');
    expect(await run(tsc, '-p', '.')).toBe('');
    expect(await run('user.mjs')).toBe('2\n');
  });
});

it.each<readonly [string, Texts, string]>([
  ['a private package', { 'package.json': '{ "name": "a", "private": true }' }, 'this package is private'],
  [
    'both already',
    { 'package.json': '{ "name": "a", "module": "a.mjs" }' },
    'publishes ES modules beside CommonJS already',
  ],
  [
    'conditions',
    { 'package.json': '{ "name": "a", "exports": { ".": { "node": "./index.js", "default": "./browser.js" } } }' },
    'has conditions at "." already',
  ],
  [
    'a module of the name',
    { 'package.json': '{ "name": "a" }', 'index.mjs': 'export {};\n' },
    'index.mjs is there already',
  ],
  [
    'no entry',
    { 'package.json': '{ "name": "a", "main": "lib/main.js" }' },
    'lib/main.js, which package.json names, is no CommonJS',
  ],
])('refused, and nothing is changed: %s', async (_, files, why) => {
  const before = { 'index.js': 'exports.a = 1;\n', ...files };
  const { texts, faults } = await dual(before);
  expect(faults).toContain(why);
  expect(texts).toEqual(before);
});

it('an exports map of paths gets a condition for each, and nothing that was closed is opened', async () => {
  const { texts } = await dual({
    'package.json':
      '{\n  "name": "pack",\n  "exports": { ".": "./index.js", "./b": "./lib/b.js", "./data.json": "./data.json" }\n}\n',
    'index.js': 'exports.a = 1;\n',
    'lib/b.js': 'module.exports = () => 2;\n',
    'data.json': '{}\n',
  });
  expect(JSON.parse(texts['package.json'] ?? '')).toEqual({
    name: 'pack',
    exports: {
      '.': { import: './index.mjs', require: './index.js' },
      './b': { import: './lib/b.mjs', require: './lib/b.js' },
      './data.json': './data.json',
    },
  });
});
