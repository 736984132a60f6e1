import { expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { commonjsToEsm } from './recipe.ts';

const { signal } = new AbortController();
type Texts = Readonly<Record<string, string>>;

const dotenv: Texts = {
  'node_modules/dotenv/package.json':
    '{ "version": "16.4.5", "main": "lib/main.js", "exports": { ".": "./lib/main.js", "./config": "./config.js" } }',
  'node_modules/dotenv/lib/main.js': 'exports.config = () => { process.env.PORT = 80; };\n',
  'node_modules/dotenv/config.js': "require('./lib/main').config();\n",
};

async function turned(main: string, files: Texts) {
  const tree = memoryTree({
    'package.json': JSON.stringify({ name: 'a', private: true, main: 'main.js' }),
    'main.js': main,
    'app.js': 'exports.port = process.env.PORT;\n',
    ...files,
  });
  const run = await runRecipe(commonjsToEsm, tree, { params: {}, signal });
  expect(run.faults.map(({ message }) => message)).toEqual([]);
  const texts = new Map(run.changes.map(({ path, after }) => [path, after]));
  return {
    main: texts.get('main.js'),
    isAppModule: texts.has('app.js') && !texts.has('app.cjs'),
    said: run.unresolved,
  };
}

const app = "const { port } = require('./app');\nconsole.log(port);\n";
const imported = "import { port } from './app.js';\nconsole.log(port);\n";

it.each([
  ['where it is required', "require('dotenv').config();\n", "import 'dotenv/config';\n"],
  [
    'by a name',
    "const dotenv = require('dotenv');\nconst os = require('os');\n\ndotenv.config();\nconst end = os.EOL;\n",
    "import os from 'os';\n\nimport 'dotenv/config';\nconst end = os.EOL;\n",
  ],
  ['by its own name', "const { config } = require('dotenv');\nconfig();\n", "import 'dotenv/config';\n"],
])('dotenv.config() without arguments is its entry, so that what follows is imported: %s', async (_, before, after) => {
  const made = await turned(before + app, dotenv);
  expect(made.main?.replace(imported, '')).toBe(after);
  expect(made.main?.replace(after, '')).toBe(imported);
  expect([made.isAppModule, made.said]).toEqual([true, []]);
});

it.each([
  ['arguments', "require('dotenv').config({ path: '.env.local' });\n", dotenv],
  ['its value', "const loaded = require('dotenv').config();\nconsole.log(loaded);\n", dotenv],
  ['another use of the name', "const dotenv = require('dotenv');\ndotenv.config();\nconsole.log(dotenv);\n", dotenv],
  ['another call', "require('dotenv').populate();\n", dotenv],
  ['a condition', "if (process.argv.length > 1) require('dotenv').config();\n", dotenv],
  [
    'no such entry',
    "require('dotenv').config();\n",
    {
      'node_modules/dotenv/package.json': '{ "version": "16.4.5", "main": "main.js" }',
      'node_modules/dotenv/main.js': 'exports.config = () => 1;\n',
    },
  ],
])('it stays a call for %s', async (_, before, files) => {
  const made = await turned(before + app, files);
  expect(made.main).not.toContain('dotenv/config');
});

it('source-map-support is registered by its entry', async () => {
  const made = await turned(`require('source-map-support').install();\n${app}`, {
    'node_modules/source-map-support/package.json': '{ "version": "0.5.21", "main": "main.js" }',
    'node_modules/source-map-support/main.js': 'exports.install = () => 1;\n',
    'node_modules/source-map-support/register.js': "require('./').install();\n",
  });
  expect(made.main).toBe(`import 'source-map-support/register.js';\n${imported}`);
});

it('what hooks into require, and gives import another module, stays required', async () => {
  const made = await turned(`require('hooks/register');\n${app}`, {
    'node_modules/hooks/package.json':
      '{ "version": "1.0.0", "exports": { "./register": { "require": "./a.js", "import": "./b.mjs" } } }',
    'node_modules/hooks/a.js': 'module.exports = 1;\n',
    'node_modules/hooks/b.mjs': 'export default 2;\n',
  });
  expect(made.main).toContain("\nrequire('hooks/register');\n");
});
