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
