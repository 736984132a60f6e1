import { expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { commonjsToEsm } from './recipe.ts';

const { signal } = new AbortController();
type Texts = Readonly<Record<string, string>>;

async function made(files: Texts, scripts: Texts = {}) {
  const tree = memoryTree({
    'package.json': JSON.stringify({ name: 'a', private: true, scripts }),
    'index.js': "exports.a = require('node:os');\n",
    ...files,
  });
  const run = await runRecipe(commonjsToEsm, tree, { params: {}, signal });
  expect(run.faults.map(({ message }) => message)).toEqual([]);
  return {
    texts: Object.fromEntries(run.changes.map(({ path, after }) => [path, after])),
    said: run.unresolved.map(({ message, cure }) => `${message} ${cure ?? ''}`.trim()),
  };
}

const installed = (name: string, version: string): Texts => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version }),
});
const config = 'module.exports = { one: 1 };\n';

it.each([
  ['eslint.config.js', 'eslint', '9.1.0'],
  ['.prettierrc.js', 'prettier', '3.2.0'],
  ['jest.config.js', 'jest', '29.7.0'],
  ['commitlint.config.js', '@commitlint/load', '19.2.0'],
  ['tailwind.config.js', 'tailwindcss', '3.4.1'],
  ['ava.config.js', 'ava', '6.0.0'],
  ['webpack.config.js', 'webpack-cli', '5.1.4'],
])('%s becomes an ES module, which %s %s loads', async (path, name, version) => {
  const { texts, said } = await made({ [path]: config, ...installed(name, version) });
  expect(texts[path]).toBe('export default { one: 1 };\n');
  expect(said).toEqual([]);
});

it.each([
  ['.eslintrc.js', 'eslint', '8.57.1', 'ESLint 8.57.1 reads it, and takes CommonJS under the name .cjs.'],
  ['prettier.config.js', 'prettier', '2.8.8', 'Prettier 2.8.8 reads it, and takes CommonJS under the name .cjs.'],
  ['babel.config.js', '@babel/core', '7.24.0', 'Babel 7.24.0 reads it, and takes CommonJS under the name .cjs.'],
  [
    '.mocharc.js',
    'mocha',
    '6.2.3',
    'Mocha reads it, of version 6.2.3, and looks for that name from 7.1.2 on. Upgrade mocha first.',
  ],
  [
    'karma.conf.js',
    'karma',
    '6.4.0',
    'Karma reads it, of version 6.4.0, and does not look for that name. Give Karma the path of the file.',
  ],
  [
    'strange.config.js',
    'strange',
    '1.0.0',
    'it looks like configuration of a tool that is not known here, and whether that looks for the name .cjs is not known either. See whether the tool finds it, or give it the path.',
  ],
])(
  '%s stays CommonJS under another name, and the plan says what %s %s does with it',
  async (path, name, version, why) => {
    const { texts, said } = await made({ [path]: config, ...installed(name, version) });
    const to = path.replace(/\.js$/, '.cjs');
    expect(Object.keys(texts)).toContain(to);
    expect(said).toEqual([`${path} stays CommonJS, as ${to}: ${why}`]);
  },
);

it('a path that is given to a tool is written anew', async () => {
  const { texts, said } = await made(
    { 'karma.conf.js': config, ...installed('karma', '6.4.0') },
    { test: 'karma start karma.conf.js' },
  );
  expect(texts['package.json']).toContain('karma start karma.conf.cjs');
  expect(said).toEqual([
    'karma.conf.js stays CommonJS, as karma.conf.cjs: a tool reads it, which takes CommonJS under the name .cjs.',
  ]);
});

it('configuration of names alone is the default of its file', async () => {
  const { texts } = await made({
    '.prettierrc.js': 'exports.semi = false;\nexports.tabWidth = 2;\n',
    ...installed('prettier', '3.2.0'),
  });
  expect(texts['.prettierrc.js']).toBe(
    'const exports = {};\n\nexports.semi = false;\nexports.tabWidth = 2;\n\nexport default exports;\n',
  );
});
