import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { commonjsToEsm } from './recipe.ts';

const { signal } = new AbortController();
const start = promisify(execFile);
type Texts = Readonly<Record<string, string>>;

const manifest = (fields: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({ name: 'pack', version: '1.0.0', ...fields });

async function turned(files: Texts, params: Texts = {}): Promise<{ readonly after: Texts; readonly said: string }> {
  const run = await runRecipe(commonjsToEsm, memoryTree(files), { params, signal });
  expect(run.faults.map(({ message }) => message)).toEqual([]);
  const after = new Map(Object.entries(files));
  for (const change of run.changes) {
    if (change.after === undefined) after.delete(change.path);
    else after.set(change.path, change.after);
  }
  return {
    after: Object.fromEntries(after),
    said: run.unresolved.map(({ message }) => message).join('\n'),
  };
}

/** What users print who have the package installed: one by `require`, one by `import`. */
async function usersSee(files: Texts, users: Texts): Promise<Record<string, string>> {
  const root = await mkdtemp(join(tmpdir(), 'godwit-users-'));
  try {
    const all = Object.entries(files).map(([path, text]) => [`node_modules/pack/${path}`, text] as const);
    for (const [path, text] of [...all, ...Object.entries(users)]) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    const seen: Record<string, string> = {};
    for (const user of Object.keys(users)) {
      const { stdout } = await start(process.execPath, [user], { cwd: root, timeout: 20_000 });
      seen[user] = stdout;
    }
    return seen;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const users: Texts = {
  'user.cjs': `
const util = require('node:util');
const pack = require('pack');
console.log(typeof pack, util.types.isModuleNamespaceObject(pack), Object.keys(pack), util.inspect(pack, { depth: 3, compact: false }));
`,
  'user.mjs': `
import pack, * as whole from 'pack';
console.log(typeof pack, Object.keys(pack));
for (const [name, value] of Object.entries(whole))
  if (name !== 'module.exports' && name !== 'default') console.log(name, typeof value, value === pack[name]);
`,
};

it.each<readonly [string, Texts]>([
  ['a function', { 'index.js': 'module.exports = function next(a) {\n  return a + 1;\n};\n' }],
  [
    'a function with properties',
    {
      'index.js':
        'module.exports = make;\nmodule.exports.Thing = Thing;\nmodule.exports.size = 2;\nfunction make() {}\nfunction Thing() {}\n',
    },
  ],
  ['a class', { 'index.js': "'use strict';\nclass Box {}\nmodule.exports = Box;\nmodule.exports.Box = Box;\n" }],
  ['names', { 'index.js': 'exports.a = 1;\nexports.b = { c: 2 };\n' }],
  ['an object of names', { 'index.js': 'const a = 1;\nconst b = () => 2;\nmodule.exports = { a, c: b };\n' }],
  ['an object of requires', { 'index.js': "module.exports = { a: require('./a') };\n", 'a.js': 'exports.x = 2;\n' }],
  [
    'another file',
    {
      'index.js': "module.exports = require('./lib/real');\n",
      'lib/real.js': 'exports.a = 1;\nexports.b = { c: 2 };\n',
    },
  ],
  ['what is filled in a loop', { 'index.js': 'for (const one of ["a", "b"]) exports[one] = one;\n' }],
  [
    'what is replaced',
    { 'index.js': 'exports.a = 1;\nif (exports.a) module.exports = { b: 2 };\nmodule.exports.c = 3;\n' },
  ],
  ['nothing', { 'index.js': "require('./a');\n", 'a.js': 'globalThis.seen = 1;\n' }],
])('users who require or import the entry find in it what they found: %s', async (_, files) => {
  const before = { 'package.json': manifest({ engines: { node: '>=18' } }), ...files };
  const { after, said } = await turned(before);
  expect(after['index.js'], said).toMatch(/as ['"]module\.exports['"]/);
  expect(await usersSee(after, users), after['index.js']).toEqual(await usersSee(before, users));
  expect(said).toContain('`engines` allow Node >=18; `require` of this package needs Node 20.19 or 22.12');
});

it('a private package has no users', async () => {
  const { after, said } = await turned({
    'package.json': manifest({ private: true }),
    'index.js': 'module.exports = () => 1;\n',
  });
  expect(after['index.js']).toBe('export default () => 1;\n');
  expect(said).toBe('');
});

it('nothing is said of require where every version of Node loads it, and every path is an entry', async () => {
  const { said } = await turned({
    'package.json': manifest({ engines: { node: '>=22.12' }, exports: './index.js' }),
    'index.js': 'module.exports = () => 1;\n',
  });
  expect(said).toBe('');
});

it.each([
  [
    'open',
    { '.': './lib/index.js', './lib': './lib/index.js', './*.js': './*.js', './*.json': './*.json', './*': './*.js' },
  ],
  ['closed', { '.': './lib/index.js', './package.json': './package.json' }],
  ['keep', undefined],
])('an exports map is made where it is asked for: %s', async (exports, map) => {
  const { after } = await turned(
    { 'package.json': manifest({ main: 'lib' }), 'lib/index.js': 'module.exports = { a: 1 };\n' },
    { exports },
  );
  expect(JSON.parse(after['package.json'] ?? '').exports).toEqual(map);
  const seen = await usersSee(after, {
    'a.cjs':
      "const pack = require('pack');\nconst is = (path) => { try { return require(path) === pack || path; } catch (error) { return error.code; } };\nconsole.log(pack.a, is('pack/lib'), is('pack/lib/index'), is('pack/lib/index.js'));\n",
  });
  const closed = 'ERR_PACKAGE_PATH_NOT_EXPORTED';
  expect(seen['a.cjs']).toBe(exports === 'closed' ? `1 ${closed} ${closed} ${closed}\n` : '1 true true true\n');
});

it.each([
  ['with dual=true', {}, { exports: 'open', dual: 'true' }, /exports=open has no part in dual=true/],
  ['closed, with dual=true', {}, { exports: 'closed', dual: 'true' }, /exports=closed has no part in dual=true/],
  [
    'for a package with a map',
    { exports: './index.js' },
    { exports: 'open' },
    /package\.json has an `exports` map already/,
  ],
  ['for a private package', { private: true }, { exports: 'closed' }, /package\.json is private/],
])('a wish for an exports map is refused %s', async (_name, fields, params, why) => {
  const files = { 'package.json': manifest(fields), 'index.js': 'module.exports = 1;\n' };
  const run = await runRecipe(commonjsToEsm, memoryTree(files), { params, signal });
  expect(run.faults.map(({ message }) => message).join('\n')).toMatch(why);
  expect(run.changes).toEqual([]);
});

it('a second run with the same wish has nothing to do', async () => {
  const before = { 'package.json': manifest(), 'index.js': 'module.exports = 1;\n' };
  const { after } = await turned(before, { exports: 'open' });
  expect((await turned(after, { exports: 'open' })).after).toEqual(after);
});
