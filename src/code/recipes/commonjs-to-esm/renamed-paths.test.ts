import { expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { commonjsToEsm } from './recipe.ts';

const { signal } = new AbortController();

it('paths that begin with __dirname follow a file that gets another name, and texts that may name it are told', async () => {
  const files = {
    'package.json': JSON.stringify({
      name: 'tool',
      private: true,
      bin: './bin/tool',
      engines: { node: '>=20.11' },
      scripts: { test: 'node --test' },
    }),
    'bin/tool': "#!/usr/bin/env node\nconsole.log(require('../lib/a'));\n",
    'lib/a.js': 'module.exports = 1;\n',
    'lib/old.js': 'with ({ a: 1 }) exports.a = a;\n',
    'test/cli.test.js': [
      "const path = require('path');",
      "const old = require('../lib/old');",
      "const cli = path.resolve(__dirname, '../bin/tool');",
      "const parts = path.join(__dirname, '..', 'bin', 'tool');",
      "const added = __dirname + '/../bin/tool';",
      "const other = path.join(__dirname, '../bin/tool/more');",
      "const words = ['bin/tool', 'tool', './lib/old.js'];",
      'console.log(old, cli, parts, added, other, words);',
      '',
    ].join('\n'),
  };
  const { changes, unresolved, faults } = await runRecipe(commonjsToEsm, memoryTree(files), { params: {}, signal });
  expect(faults).toEqual([]);
  const after = changes.find(({ path }) => path === 'test/cli.test.js')?.after ?? '';
  expect(after).toContain("const cli = path.resolve(import.meta.dirname, '../bin/tool.js');");
  expect(after).toContain("const parts = path.join(import.meta.dirname, '..', 'bin', 'tool.js');");
  expect(after).toContain("const added = import.meta.dirname + '/../bin/tool.js';");
  expect(after).toContain("path.join(import.meta.dirname, '../bin/tool/more')");
  expect(unresolved.map(({ message }) => message).filter((message) => message.startsWith('This may name'))).toEqual([
    'This may name bin/tool, which is bin/tool.js now.',
    'This may name lib/old.js, which is lib/old.cjs now.',
  ]);
});

const staysOld = 'exports.self = this;\nexports.a = 1;\n';

it.each([
  ['a folder', '"main": "lib",', '"main": "lib/index.cjs",', 'lib/index.js'],
  ['a path without its ending', '"main": "./lib/a",', '"main": "./lib/a.cjs",', 'lib/a.js'],
  ['a whole path', '"main": "lib/a.js",', '"main": "lib/a.cjs",', 'lib/a.js'],
  ['nothing, for index.js', '"license": "MIT",', '"main": "index.cjs",\n  "license": "MIT",', 'index.js'],
  ['another file', '"main": "other.js",', '"main": "other.js",', 'lib/a.js'],
])('`main` follows an entry that gets another name: %s', async (_, before, after, entry) => {
  const manifest = (main: string, type = '') =>
    `{\n  "name": "m",\n  "version": "1.0.0",\n${type}  ${main}\n  "engines": { "node": ">=20.11" }\n}\n`;
  const files = {
    'package.json': manifest(before),
    [entry]: staysOld,
    'other.js': 'exports.b = 2;\n',
    'test/a.test.js': `console.log(require('../${entry}').a, require('../other').b);\n`,
  };
  const { changes, faults } = await runRecipe(commonjsToEsm, memoryTree(files), { params: {}, signal });
  expect(faults).toEqual([]);
  expect(changes.find(({ path }) => path === 'package.json')?.after?.replace(/ {2}"type": "module",\n/, '')).toBe(
    manifest(after),
  );
});

it('a path that is put together in a file that stays CommonJS is told, where what it names has another ending', async () => {
  const files = {
    'package.json': JSON.stringify({ name: 'm', version: '1.0.0', main: 'main.js', engines: { node: '>=20.11' } }),
    'main.js': "exports.all = require('./lib/index.js');\n",
    'lib/index.js': `exports.one = (name) => require('./' + name).a;\n${staysOld}`,
    'lib/x.js': staysOld,
  };
  const { unresolved, faults } = await runRecipe(commonjsToEsm, memoryTree(files), { params: {}, signal });
  expect(faults).toEqual([]);
  expect(unresolved.map(({ file, line, message }) => `${file}:${line} ${message}`)).toContain(
    "lib/index.cjs:1 `require('./' + name)` puts its path together: lib/x.js is x.cjs now. Node adds .js, .json and .node to a path, not .cjs.",
  );
});

it('a file whose path is handed to a program that requires it stays CommonJS, and others that nothing requires are told', async () => {
  const files = {
    'package.json': JSON.stringify({ name: 'tool', private: true, bin: './bin/tool.js', engines: { node: '>=20.11' } }),
    'bin/tool.js': "const path = require('path');\nconsole.log(require(path.resolve(process.argv[2])).a);\n",
    'example.js': 'module.exports = { a: 2 };\n',
    'test/config.js': 'module.exports = { a: 1 };\n',
    'test/cli.test.js': [
      "const path = require('path');",
      "const tool = path.resolve(__dirname, '../bin/tool.js');",
      "console.log(tool, path.join(__dirname, 'config.js'));",
      '',
    ].join('\n'),
  };
  const { changes, unresolved, faults } = await runRecipe(commonjsToEsm, memoryTree(files), { params: {}, signal });
  expect(faults).toEqual([]);
  const after = new Map(changes.map(({ path, after }) => [path, after]));
  expect(after.get('test/config.cjs')).toBe('module.exports = { a: 1 };\n');
  expect(after.get('test/cli.test.js')).toContain("path.join(import.meta.dirname, 'config.cjs')");
  expect(after.get('bin/tool.js')).toContain('createRequire');
  expect(unresolved.map(({ message, cure }) => `${message} ${cure}`)).toEqual([
    expect.stringContaining('See what it loads: nothing here requires example.js, which exports something.'),
    expect.stringContaining(
      'test/config.js stays CommonJS, as test/config.cjs: test/cli.test.js has its path, and bin/tool.js requires a path that it is given.',
    ),
  ]);
});

const filtered = (folder: string) => `fs.readdirSync(${folder}).filter((one) => /\\.js$/.test(one))`;

it('a place that lists a folder of which files get another name is told, with these', async () => {
  const files = {
    'package.json': JSON.stringify({ name: 'tool', private: true, main: 'main.js', engines: { node: '>=20.11' } }),
    'main.js': [
      "const fs = require('fs');",
      "const path = require('path');",
      `const names = ${filtered("path.join(__dirname, 'plug ins')")};`,
      "const all = names.map((one) => require('./plug ins/' + one));",
      `console.log(all, ${filtered("path.join(__dirname, 'other')")});`,
      '',
    ].join('\n'),
    'plug ins/a.js': "exports.a = require('./deep/b');\n",
    'plug ins/deep/b.js': 'module.exports = 1;\n',
    'other/c.js': 'exports.c = 1;\n',
    'tools/list.mjs': "import { readdirSync } from 'node:fs';\nconsole.log(readdirSync('plug ins/deep'));\n",
  };
  const { changes, unresolved, faults } = await runRecipe(commonjsToEsm, memoryTree(files), { params: {}, signal });
  expect(faults).toEqual([]);
  expect(changes.map(({ path }) => path)).toContain('plug ins/a.cjs');
  const said = unresolved.filter(({ message }) => message.startsWith('This lists'));
  const at = changes.find(({ path }) => path === 'main.js')?.after?.split('\n') ?? [];
  expect(said.map(({ file, line = 0, message }) => [file, at[line - 1], message])).toEqual([
    [
      'main.js',
      `const names = ${filtered("path.join(import.meta.dirname, 'plug ins')")};`,
      'This lists files of which some have another name now: plug ins/a.js is a.cjs.',
    ],
    [
      'tools/list.mjs',
      expect.anything(),
      'This lists files of which some have another name now: plug ins/deep/b.js is b.cjs.',
    ],
  ]);
});
