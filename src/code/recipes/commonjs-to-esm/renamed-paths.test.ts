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
