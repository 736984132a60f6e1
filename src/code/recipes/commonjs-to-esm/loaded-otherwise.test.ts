import { expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { commonjsToEsm } from './recipe.ts';

const { signal } = new AbortController();
type Texts = Readonly<Record<string, string>>;

async function turned(files: Texts, scripts: Texts = {}) {
  const tree = memoryTree({ 'package.json': JSON.stringify({ name: 'a', private: true, scripts }), ...files });
  const run = await runRecipe(commonjsToEsm, tree, { params: {}, signal });
  expect(run.faults.map(({ message }) => message)).toEqual([]);
  return {
    texts: Object.fromEntries(run.changes.map(({ path, after }) => [path, after])),
    said: run.unresolved.map(({ file, line, message }) => `${file}:${line} ${message}`),
  };
}

const main = "const app = require('./app');\nconsole.log(app.listen());\n";
const leaks = "leaked = 1;\nexports.listen = () => 'x';\n";

it.each([
  ["if (!module.parent) console.log('started');", "if (require.main === module) console.log('started');"],
  ["if (module.parent) console.log('part');", "if (require.main !== module) console.log('part');"],
  ['if (module.parent === null) exports.is = 1;', 'if (require.main === module) exports.is = 1;'],
  ['if (null != module.parent) exports.is = 1;', 'if (require.main !== module) exports.is = 1;'],
  ['exports.is = !!module.parent;', 'exports.is = !(require.main === module);'],
  ["exports.is = module.parent ? 'part' : 'main';", "exports.is = require.main !== module ? 'part' : 'main';"],
  ['if (exports.x && !module.parent) exports.is = 1;', 'if (exports.x && require.main === module) exports.is = 1;'],
])('a file that stays CommonJS and is imported still tells whether it was started: %s', async (before, after) => {
  const { texts, said } = await turned({ 'main.js': main, 'app.js': `${leaks}${before}\n` });
  expect(texts['app.cjs']).toBe(`${leaks}${after}\n`);
  expect(said).toHaveLength(1);
});

it('a file that becomes an ES module tells whether it was started', async () => {
  const { texts, said } = await turned({
    'main.js': main,
    'app.js': "exports.listen = () => 'x';\nif (module.parent) exports.is = 1;\n",
  });
  expect(texts['app.js']).toContain('if (!isMain) ');
  expect(said).toEqual([]);
});

it.each([
  [
    'exports.from = module.parent.filename;',
    '`module.parent` was the module that requires this file, and is undefined once main.js imports it.',
  ],
  [
    'exports.from = module.parent;',
    '`module.parent` was the module that requires this file, and is undefined once main.js imports it.',
  ],
  [
    'exports.from = () => require.main && require.main.filename;',
    '`require.main` was the module that Node was started with, and is undefined where that is an ES module.',
  ],
])('what a file that stays CommonJS finds no more is named: %s', async (statement, message) => {
  const { texts, said } = await turned({ 'main.js': main, 'app.js': `exports.listen = () => 1;\n${statement}\n` });
  expect(texts['app.cjs']).toBe(`exports.listen = () => 1;\n${statement}\n`);
  expect(said).toContain(`app.cjs:2 ${message}`);
});

it('what a script loads by --require stays CommonJS, and the script names it', async () => {
  const files = {
    'src/main.js': "console.log(require('./one').a);\n",
    'src/one.js': 'exports.a = process.env.PRE;\n',
    'src/preload.js': "process.env.PRE = 'yes';\n",
    'src/setup.js': "require('./deep');\n",
    'src/deep.js': 'exports.a = 1;\n',
  };
  const { texts, said } = await turned(files, {
    a: 'node -r ./src/preload.js src/main.js',
    b: 'NODE_OPTIONS="--require ./src/setup" node src/main.js',
    c: 'node --require=./src/preload.js src/main.js && mocha -r ./src/one.js',
  });
  expect(Object.keys(texts)).toEqual(expect.arrayContaining(['src/preload.cjs', 'src/setup.cjs', 'src/deep.cjs']));
  expect(JSON.parse(texts['package.json'] ?? '').scripts).toEqual({
    a: 'node -r ./src/preload.cjs src/main.js',
    b: 'NODE_OPTIONS="--require ./src/setup.cjs" node src/main.js',
    c: 'node --require=./src/preload.cjs src/main.js && mocha -r ./src/one.js',
  });
  expect(said.join('\n')).toContain(
    'src/preload.js stays CommonJS, as src/preload.cjs: the script "c" loads it by --require',
  );
});

it('code within a script that loads what changes is named', async () => {
  const { said } = await turned(
    {
      'src/conv.js': 'exports.v = 1;\n',
      'src/cfg.js': "leaked = 1;\nexports.x = require('./conv').v;\n",
      'src/main.js': "require('os');\n",
    },
    {
      e: 'node -e "console.log(require(\'./src/conv\').v)"',
      p: 'node -p \'require("./src/cfg").x\'',
      m: 'node --eval "require(\'./src/main\')"',
      other: 'echo -e nothing',
    },
  );
  expect(said.filter((one) => one.startsWith('package.json'))).toEqual([
    'package.json:1 The script "e" holds code that loads ./src/conv, and is left: src/conv.js is src/conv.cjs then.',
    'package.json:1 The script "p" holds code that loads ./src/cfg, and is left: src/cfg.js is src/cfg.cjs then.',
    'package.json:1 The script "m" holds code that loads ./src/main, and is left: src/main.js is an ES module then: `require` of it takes Node 20.19 or 22.12, and gives the module with its names, not its default.',
  ]);
});

it('patterns in scripts reach tests that end with .cjs now, or are named', async () => {
  const files = {
    'main.js': "console.log(require('os').EOL);\n",
    'test/one.spec.js': "require('assert').ok(true);\n",
    'test/two.spec.js': "leaked = require('assert');\n",
    'old/three.js': "leaked = require('assert');\n",
  };
  const { texts, said } = await turned(files, {
    a: 'node --test ./**/*.spec.js',
    b: 'mocha "test/**/*.spec.js" && mocha old/*.js',
    c: "tool --only 'test/*.js'; rm *.js",
  });
  expect(JSON.parse(texts['package.json'] ?? '').scripts).toEqual({
    a: 'node --test ./**/*.spec.js ./**/*.spec.cjs',
    b: 'mocha "test/**/*.spec.js" "test/**/*.spec.cjs" && mocha old/*.cjs',
    c: "tool --only 'test/*.js'; rm *.js",
  });
  expect(said.filter((one) => one.includes('does not reach'))).toEqual([
    'package.json:1 `test/*.js` in the script "c" does not reach what ends with .cjs now, such as test/two.spec.cjs.',
  ]);
});

it('a package that looks at the module that requires it stays required, and its stubs reach files of CommonJS', async () => {
  const { texts, said } = await turned({
    'user.js': "exports.count = require('./todo').list;\n",
    'todo.js': 'exports.list = () => 1;\n',
    'user.test.js':
      "const stub = require('stub');\nconst { tell } = require('tell');\nconsole.log(tell(stub('./user')));\n",
    'node_modules/stub/package.json': '{ "version": "1.0.0" }',
    'node_modules/stub/index.js': 'module.exports = (path) => module.parent.require(path);\n',
    'node_modules/tell/package.json': '{ "version": "1.0.0" }',
    'node_modules/tell/index.js': '// module.parent is nothing to this one.\nexports.tell = (one) => one;\n',
  });
  expect(texts['user.test.js']).toContain("const stub = require('stub');\n");
  expect(texts['user.test.js']).toContain("import { tell } from 'tell';\n");
  expect(said.filter((one) => one.includes('stub'))).toEqual([
    expect.stringContaining(
      "`require('stub')` stays, by createRequire: stub looks at the module that requires it (`module.parent`), which an import does not give it.",
    ),
  ]);
});

it('stubs keep the names under which the file requires what they replace, by whatever name they are given', async () => {
  const { texts } = await turned({
    'src/user.js': "exports.count = require('./todo').list;\n",
    'src/todo.js': 'exports.list = () => 1;\n',
    'user.test.js': [
      "const strict = require('proxyquire').noCallThru();",
      "const stubs = { './todo': { list: () => 2 }, os: {} };",
      "console.log(strict('./src/user', stubs).count(), strict('./src/user.js', { './todo': {}, fs: {} }));",
      '',
    ].join('\n'),
  });
  expect(texts['user.test.js']).toContain("{ './todo.cjs': { list: () => 2 }, os: {} }");
  expect(texts['user.test.js']).toContain("strict('./src/user.cjs', stubs)");
  expect(texts['user.test.js']).toContain("strict('./src/user.cjs', { './todo.cjs': {}, fs: {} })");
});
