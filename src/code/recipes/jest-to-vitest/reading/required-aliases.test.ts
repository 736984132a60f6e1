import { expect, it } from 'vitest';
import { memoryTree } from '../../../engine/memory-tree.ts';
import { runRecipe } from '../../../engine/run-recipe.ts';
import { jestToVitest } from '../recipe.ts';

it('what is required by a name that only moduleNameMapper explains is named', async () => {
  const jest = { moduleNameMapper: { '^~/(.*)$': '<rootDir>/src/$1', '\\.css$': 'identity-obj-proxy' } };
  const tree = memoryTree({
    'package.json': JSON.stringify({
      name: 'shop',
      scripts: { test: 'jest' },
      devDependencies: { jest: '^29.7.0' },
      jest,
    }),
    'src/a.test.js':
      "const { add } = require('~/math');\nconst css = require('./x.css');\ntest('a', () => expect(add(1)).toBe(css.a));\n",
    'src/b.test.js': "import { add } from '~/math';\nimport fs from 'node:fs';\ntest('b', () => add(fs));\n",
    'src/math.js': "exports.add = require('./plain').add;\nexports.late = () => require('~/late');\n",
    'other/package.json': JSON.stringify({ name: 'other', devDependencies: { jest: '^29.7.0' } }),
    'other/a.test.js': "require('~/math');\n",
  });
  const { signal } = new AbortController();
  const { unresolved, faults } = await runRecipe(jestToVitest, tree, { params: {}, signal });
  expect(faults).toEqual([]);
  expect(unresolved.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)).toEqual([
    "src/a.test.js:1:17 `require` in Vitest is Node's, which knows no alias and does not find '~/math'.",
    "src/math.js:2:22 `require` in Vitest is Node's, which knows no alias and does not find '~/late'.",
  ]);
});
