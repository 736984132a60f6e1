// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of code.
import { expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { commonjsToEsm } from './recipe.ts';

const { signal } = new AbortController();
type Texts = Readonly<Record<string, string>>;

async function turned(files: Texts) {
  const manifest = { name: 'a', private: true, main: 'main.js', engines: { node: '>=20.11' } };
  const tree = memoryTree({ 'package.json': JSON.stringify(manifest), ...files });
  const run = await runRecipe(commonjsToEsm, tree, { params: {}, signal });
  expect(run.faults.map(({ message }) => message)).toEqual([]);
  return {
    texts: Object.fromEntries(run.changes.map(({ path, after }) => [path, after])),
    said: run.unresolved.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'),
  };
}

const path = "const path = require('path');\n";
const main = "console.log(require('./src/config'));\n";
const production = "module.exports = { db: 'there' };\n";

it.each([
  [
    'a name',
    `${path}const file = path.join(__dirname, \`config.\${process.env.NODE_ENV}.js\`);\nmodule.exports = require('fs').existsSync(file) ? require(file) : {};\n`,
    '`config.${process.env.NODE_ENV}.cjs`',
  ],
  [
    'a template',
    `const file = \`\${__dirname}/config.\${process.env.REGION || 'eu'}.js\`;\nmodule.exports = require(file);\n`,
    "/config.${process.env.REGION || 'eu'}.cjs`",
  ],
  [
    'a name of the folder',
    `${path}const dir = path.resolve(__dirname);\nconst load = (env) => require(path.join(dir, 'config.' + env + '.js'));\nmodule.exports = load('production');\n`,
    "'config.' + env + '.cjs'",
  ],
  [
    'a sum behind a dot',
    "module.exports = (env) => require('./config.' + env + '.js');\n",
    "'./config.' + env + '.cjs'",
  ],
  [
    'a path from the start',
    `${path}const file = path.resolve('src', \`config.\${process.env.NODE_ENV}.js\`);\nmodule.exports = require(file);\n`,
    '`config.${process.env.NODE_ENV}.cjs`',
  ],
  [
    'a choice of names',
    "const files = { production: './config.production', test: './config.test' };\nmodule.exports = require(files[process.env.NODE_ENV]);\n",
    "{ production: './config.production.cjs', test: './config.test.cjs' }",
  ],
  [
    'a path that is given to a function',
    `${path}function load(file) {\n  return require(file);\n}\nmodule.exports = load(path.join(__dirname, \`config.\${process.env.NODE_ENV}.js\`));\n`,
    '`config.${process.env.NODE_ENV}.cjs`',
  ],
])('what a computed path loads stays CommonJS, and its path follows: %s', async (_, config, written) => {
  const files = { 'main.js': main, 'src/config.js': config, 'src/config.production.js': production };
  const { texts, said } = await turned({ ...files, 'src/config.test.js': production });
  expect(texts['src/config.production.cjs']).toBe(production);
  expect(texts['src/config.test.cjs']).toBe(production);
  expect(texts['src/config.js'] ?? texts['src/config.cjs']).toContain(written);
  expect(said).toContain('src/config.production.js stays CommonJS, as src/config.production.cjs: src/config.js');
  expect(said).not.toContain('puts its path together');
});

it('so it is in a file that stays CommonJS itself', async () => {
  const config =
    'const file = `${__dirname}/config.${process.env.REGION}.js`;\nexports.self = this;\nexports.all = require(file);\n';
  const { texts, said } = await turned({ 'main.js': main, 'src/config.js': config, 'src/config.eu.js': production });
  expect(texts['src/config.cjs']).toBe(config.replace('}.js', '}.cjs'));
  expect(texts['src/config.eu.cjs']).toBe(production);
  expect(said).toContain('src/config.eu.js stays CommonJS, as src/config.eu.cjs: src/config.js');
});

it('a name that is given more than one value, and files that are listed, are followed too', async () => {
  const { texts } = await turned({
    'main.js': [
      "const fs = require('fs');",
      "const path = require('path');",
      "const { globSync } = require('glob');",
      "let file = path.join(__dirname, 'settings.js');",
      "if (process.env.OTHER) file = path.join(__dirname, 'other.js');",
      "for (const one of globSync(path.join(__dirname, 'routes/*.js'))) require(one);",
      "console.log(require(file), require('./routes/a'), require('./plain'));",
      '',
    ].join('\n'),
    'settings.js': production,
    'other.js': production,
    'routes/a.js': production,
    'plain.js': production,
  });
  expect(Object.keys(texts).sort()).toEqual(
    expect.arrayContaining(['settings.cjs', 'other.cjs', 'routes/a.cjs', 'plain.js']),
  );
});

it('a path whose end is not written out, and one that other files have too, are told', async () => {
  const { said } = await turned({
    'main.js': `${path}const file = path.join(__dirname, 'src', process.env.NODE_ENV);\nconsole.log(require(file));\n`,
    'src/test.js': production,
    'tools/exists.js': `${path}exports.has = (name) => require('fs').existsSync(path.join(__dirname, '..', \`\${name}.js\`));\n`,
  });
  expect(said).toContain('`require(file)` puts its path together: src/test.js is test.cjs now.');
  expect(said).toContain('may name files of which some have another name now: src/test.js is test.cjs.');
});

it('a file that stays CommonJS and is given a path tells what that may be', async () => {
  const { said } = await turned({
    'main.js': main,
    'src/config.js': 'exports.self = this;\nexports.load = (file) => require(file);\n',
    'example.js': production,
  });
  expect(said).toContain(
    'src/config.cjs:2 `require(file)` takes its path when it runs: what it loads has to be CommonJS.',
  );
});

it('what a file lists and then loads is told where it is listed, once', async () => {
  const { said } = await turned({
    'main.js': [
      "const fs = require('fs');",
      "const path = require('path');",
      "const dir = path.join(__dirname, 'plugins');",
      'for (const one of fs.readdirSync(dir)) require(path.join(dir, one));',
      '',
    ].join('\n'),
    'plugins/a.js': production,
  });
  expect(said).toContain('This lists files of which some have another name now: plugins/a.js is a.cjs.');
  expect(said).not.toContain('puts its path together');
});
