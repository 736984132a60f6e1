import { expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { commonjsToEsm } from './recipe.ts';

const { signal } = new AbortController();
type Texts = Readonly<Record<string, string>>;

/** A file with a statement between two requires, of which the second looks at what others may have changed. */
async function between(statement: string, files: Texts = {}) {
  const tree = memoryTree({
    'package.json': JSON.stringify({ name: 'a', private: true, main: 'main.js' }),
    'main.js': "const l = require('./l');\nconsole.log(l.seen.join());\n",
    'l.js': `const sh = require('./sh');\nconst pack = require('pack');\nconst events = require('events');\n${statement}\nconst r = require('./r');\nexports.seen = r.seen;\n`,
    'r.js':
      "const sh = require('./sh');\nexports.seen = [process.env.E, process.argv.length, sh.k, sh.items, globalThis.G];\n",
    'sh.js':
      'exports.k = 0;\nexports.items = [];\nexports.init = () => { exports.k = 5; };\nexports.Klass = class { constructor() { exports.k = 6; } };\nexports.env = process.env;\n',
    'node_modules/pack/package.json': '{ "name": "pack", "version": "1.0.0", "main": "index.js" }',
    'node_modules/pack/index.js': 'module.exports = () => ({ use() {} });\n',
    ...files,
  });
  const run = await runRecipe(commonjsToEsm, tree, { params: {}, signal });
  expect(run.faults.map(({ message }) => message)).toEqual([]);
  const texts = new Map(run.changes.map(({ path, after }) => [path, after ?? '']));
  return { text: texts.get('l.js') ?? texts.get('l.cjs') ?? '', said: run.unresolved.map(({ message }) => message) };
}

const seen = [
  'sh.k++;',
  'const n = sh.k++;',
  'const del = delete sh.k;',
  'delete sh.k;',
  "if (true) { process.argv.push('x'); }",
  "process.argv.push('x');",
  "Object.defineProperty(sh, 'k', { value: 'def' });",
  "Object.assign(process.env, { E: 'as' });",
  "const mp = { a: sh }.a;\nmp.k = 'alias';",
  '[1].map(function () { this.k = 1; }, sh);',
  "new (class { constructor() { process.env.E = 'ctor'; } })();",
  "function hoist() { process.env.E = 'x'; }\nhoist?.();",
  "function setup() { process.env.E = 'x'; }\nsetup();",
  "const setup = () => { process.env.E = 'x'; };\nsetup();",
  "function inner() { process.env.E = 'x'; }\nconst outer = () => inner();\nouter();",
  'Error.stackTraceLimit = 50;',
  'events.defaultMaxListeners = 99;',
  'const ready = sh.init();',
  'if (sh.init()) {}',
  'const inst = new sh.Klass();',
  'const { items } = sh;\nitems.push(2);',
  "const { env } = sh;\nenv.E = 'x';",
  "const env = process.env;\nenv.E = 'alias';",
  'const gg = globalThis;\ngg.G = 1;',
  'while (sh.k < 3) sh.k++;',
  '!function () { process.env.E = 1; }();',
  '(() => { process.env.E = 1; })();',
  'const f = (function () { process.env.E = 1; return 1; })();',
  "const obj = { m() { process.env.E = 'x'; } };\nobj.m();",
  "class C { static go() { process.env.E = 'x'; } }\nC.go();",
  "const app = { use(f) { f(); } };\napp.use(() => { process.env.E = 'x'; });",
  "[1].forEach(() => { process.env.E = 'x'; });",
  "const sum = [1].reduce(() => { process.env.E = 'x'; }, 0);",
  "'a'.replace('a', () => { process.env.E = 'x'; return ''; });",
  "Array.from([1], () => { process.env.E = 'x'; });",
  "JSON.stringify({ toJSON() { process.env.E = 'x'; } });",
  "const { a } = { get a() { process.env.E = 'x'; } };",
  `const text = \`\${{ toString() { process.env.E = 'x'; return ''; } }}\`;`,
  "const [one] = { *[Symbol.iterator]() { process.env.E = 'x'; } };",
  "function tag() { process.env.E = 'x'; }\ntag`text`;",
  "const sum = 1 + { valueOf() { process.env.E = 'x'; return 1; } };",
  "const copy = { ...{ get a() { process.env.E = 'x'; } } };",
  "const is = 'a' in new Proxy({}, { has() { process.env.E = 'x'; } });",
  "((a = (process.env.E = 'x')) => a)();",
  "class A { static { process.env.E = 'x'; } }",
  "class A { static a = (process.env.E = 'x'); }",
  "class A { [(process.env.E = 'x')]() {} }",
  'class Up { static set k(v) { process.env.E = v; } }\nclass Down extends Up {}\nDown.k = 1;',
  'for (const one of sh.items) one();',
  "process.env.E ??= 'x';",
  'process.exitCode++;',
  'process.env.E++;',
  `const value = \`\${sh.items}\`;`,
  "class C { static get x() { process.env.E = 'x'; } }\nC.x;",
  "const list = [];\nlist[Symbol.iterator] = () => { process.env.E = 'x'; };\nconst all = [...list];",
  "'a'.replace('a', sh.init);",
  "const o = {};\no[{ toString() { process.env.E = 'x'; } }] = 1;",
  "const name = './sh';\nrequire(name);",
  "const proc = require('process');\nproc.env.E = 'x';",
  "process.env.E = 'x';",
  'sh.items.push(1);',
  'sh.k += 5;',
  "console.log('first');\nprocess.exitCode = 1;",
  "pack.mode = 'x';",
  "pack('x');",
  "require('pack')('x');",
  'const made = pack();\nprocess.env.E = made;',
  "if (process.argv.length > 2) require('pack');\nprocess.chdir('/');",
  "if (!process.env.E) throw new Error('no E');",
  "const late = () => require('./r');\nprocess.env.E = 'x';",
];

it.each(seen)('what looks at what others change is loaded behind `%s`', async (statement) => {
  const { text, said } = await between(statement);
  expect(text).toContain("require('./r.cjs')");
  expect(text).not.toMatch(/import [^\n]*'\.\/r/);
  expect(said.join('\n')).toMatch(/`require\('\.\/r'\)` stays|r\.js stays CommonJS/);
});

it.each([
  'let count = 0;\ncount++;',
  'function setup() { return 1; }\nconst one = setup();',
  'const got = [];\ngot.push(1, sh.k);',
  'const conf = { a: 1 };\nconf.b = 2;',
  'function A() {}\nA.prototype.go = function () { process.env.E = 1; };',
  'class A { go() { process.env.E = 1; } }',
  'exports.a = 1;\nexports.b = () => sh.init();',
  'const ids = new Set(["a", "b"]);',
  'const words = "a b".split(" ");',
  'const port = process.env.PORT || 3000;\nconst { k } = sh;',
  "const file = require('path').join(__dirname, 'x');",
  `const text = \`\${1 + 2} of \${process.env.E}\`;`,
  'const emitter = new events.EventEmitter();',
  "if (process.env.E === 'x') exports.c = 1;",
  "const parts = 'a.b'.replace(/a/, 'c').split('.');",
])('nobody can tell that `%s` comes later', async (statement) => {
  const { text, said } = await between(statement);
  expect(text).toMatch(/import [^\n]*'\.\/r\.js'/);
  expect(said).toEqual([]);
});

const quiet: Texts = { 'r.js': "const { join } = require('path');\nexports.seen = () => join('a', process.env.E);\n" };

it.each(["process.env.E = 'x';", 'sh.init();', 'const app = pack();\napp.use(() => sh.init());', 'pack();'])(
  'a file that looks at nothing while it is loaded is imported, whatever stands before: `%s`',
  async (statement) => {
    const { text, said } = await between(statement, quiet);
    expect(text).toMatch(/import [^\n]*'\.\/r\.js'/);
    expect(said).toEqual([]);
  },
);

it('a getter within one file says nothing of the members of another', async () => {
  const { text } = await between("const one = sh.k;\nrequire('./other');", {
    'other.js': 'exports.own = { get a() { return 1; } };\n',
  });
  expect(text).toMatch(/import [^\n]*'\.\/r\.js'/);
});

it.each([
  ['a getter', "module.exports = { get k() { process.env.E = 'x'; return 1; } };\n"],
  ['a getter that is defined', "Object.defineProperty(exports, 'k', { get() { process.env.E = 'x'; } });\n"],
  ['a getter of a class', "module.exports = class { static get k() { process.env.E = 'x'; return 1; } };\n"],
  ['a getter of another file', "if (process.pid) module.exports = require('./deep');\n"],
])('a member that is %s may do anything', async (_, sh) => {
  const deep = "module.exports = { get k() { process.env.E = 'x'; return 1; } };\n";
  for (const statement of ['const one = sh.k;', 'const { k } = sh;', "const one = require('./sh').k;"]) {
    const { text } = await between(statement, { 'sh.js': sh, 'deep.js': deep });
    expect(text, statement).toContain("require('./r.cjs')");
  }
});

it.each(["const log = require('debug')('a');", "const debug = require('debug');\nconst log = debug('a');"])(
  'a call that only makes something keeps nothing: `%s`',
  async (statement) => {
    const { text, said } = await between(statement, {
      'node_modules/debug/package.json': '{ "name": "debug", "version": "4.0.0" }',
      'node_modules/debug/index.js': 'module.exports = () => () => {};\n',
    });
    expect(text).toMatch(/import [^\n]*'\.\/r\.js'/);
    expect(said).toEqual([]);
  },
);

it('calls of an installed package come behind what uses that package itself, and the plan names it', async () => {
  const routes = { 'r.js': "const pack = require('pack');\nconst router = pack();\nexports.seen = router;\n" };
  const { text, said } = await between('const app = pack();\napp.use(1);', routes);
  expect(text).toMatch(/import [^\n]*'\.\/r\.js'/);
  expect(said).toEqual([expect.stringContaining('An import loads ./r before `const app = pack();`')]);
});

it('requires side by side on one line, of which the last has no semicolon', async () => {
  const tree = memoryTree({
    'package.json': JSON.stringify({ name: 'a', private: true, main: 'main.js' }),
    'main.js':
      "const fs = require('fs'); const path = require('path')\nrequire('./b'); const b = require('./b')\nconsole.log(fs, path, b.v)\n",
    'b.js': 'exports.v = 1\n',
  });
  const { changes, faults } = await runRecipe(commonjsToEsm, tree, { params: {}, signal });
  expect(faults).toEqual([]);
  expect(changes.find(({ path }) => path === 'main.js')?.after).toBe(
    "import fs from 'fs'; import path from 'path'\nimport './b.js'; import * as b from './b.js'\nconsole.log(fs, path, b.v)\n",
  );
});
