import { expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { commonjsToEsm } from './recipe.ts';

const { signal } = new AbortController();
type Texts = Readonly<Record<string, string>>;

const stays = 'exports.self = this;\n';

async function turned(files: Texts, { version = '8.57.1', more = {}, old = 'src/old.js' } = {}) {
  const tree = memoryTree({
    'package.json': JSON.stringify({ name: 'a', private: true, main: 'main.js', ...more }),
    'main.js': "console.log(require('./src/new').a);\n",
    'src/new.js': 'exports.a = 1;\n',
    [old]: old === '' ? '' : stays,
    'node_modules/eslint/package.json': JSON.stringify({ version }),
    ...files,
  });
  const run = await runRecipe(commonjsToEsm, tree, { params: {}, signal });
  expect(run.faults.map(({ message }) => message)).toEqual([]);
  const again = run.changes.map(({ path, after }) => [path, after] as const);
  return { texts: new Map(again), said: run.unresolved.map(({ file, message }) => `${file} ${message}`).join('\n') };
}

it.each([
  [
    '.eslintrc.json',
    '{\n  "root": true,\n  "env": { "node": true },\n  "parserOptions": { "ecmaVersion": 2018 }\n}\n',
    '{\n  "root": true,\n  "env": { "node": true },\n  "parserOptions": { "ecmaVersion": 2022, "sourceType": "module" },\n  "overrides": [{ "files": ["*.cjs"], "parserOptions": { "sourceType": "script" } }]\n}\n',
  ],
  [
    '.eslintrc.json',
    '{ "env": { "es2022": true }, "parserOptions": { "sourceType": "script" } }\n',
    '{ "env": { "es2022": true }, "parserOptions": { "sourceType": "module" }, "overrides": [{ "files": ["*.cjs"], "parserOptions": { "sourceType": "script" } }] }\n',
  ],
  [
    '.eslintrc.json',
    '{ "parserOptions": { "ecmaVersion": "latest", "sourceType": "module" } }\n',
    '{ "parserOptions": { "ecmaVersion": "latest", "sourceType": "module" }, "overrides": [{ "files": ["*.cjs"] }] }\n',
  ],
  [
    '.eslintrc',
    '{ "extends": "eslint:recommended", "overrides": [{ "files": ["src/*.js"], "rules": {} }] }\n',
    '{ "extends": "eslint:recommended", "overrides": [{ "files": ["src/*.js", "src/*.cjs"], "rules": {} }, { "files": ["*.cjs"], "parserOptions": { "sourceType": "script" } }], "parserOptions": { "ecmaVersion": 2022, "sourceType": "module" } }\n',
  ],
  [
    '.eslintrc.yml',
    '# ours\nenv:\n  node: true\nparserOptions:\n  ecmaVersion: 2022\n',
    '# ours\nenv:\n  node: true\nparserOptions:\n  ecmaVersion: 2022\n  sourceType: module\noverrides:\n  - files:\n      - "*.cjs"\n    parserOptions:\n      sourceType: script\n',
  ],
  [
    'eslint.config.mjs',
    "export default [\n  { files: ['src/*.js'], languageOptions: { sourceType: 'commonjs', globals: {} } },\n  { files: ['main.js'], languageOptions: { ecmaVersion: 2020, sourceType: 'script' } },\n];\n",
    "export default [\n  { files: ['src/*.js', 'src/*.cjs'], languageOptions: { globals: {} } },\n  { files: ['main.js'], languageOptions: { ecmaVersion: 2022, sourceType: 'module' } },\n];\n",
  ],
])('ESLint takes files for what they are then: %s', async (path, before, after) => {
  const { texts } = await turned({ [path]: before });
  expect(texts.get(path)).toBe(after);
});

it('a configuration that is CommonJS itself, and one in package.json', async () => {
  const rc = await turned({ '.eslintrc.js': 'module.exports = { root: true, parserOptions: { ecmaVersion: 13 } };\n' });
  expect(rc.texts.get('.eslintrc.cjs')).toBe(
    "module.exports = { root: true, parserOptions: { ecmaVersion: 13, sourceType: 'module' }, overrides: [{ files: ['*.cjs'], parserOptions: { sourceType: 'script' } }] };\n",
  );
  const flat = await turned(
    { 'eslint.config.js': "module.exports = [{ languageOptions: { sourceType: 'commonjs' } }];\n" },
    { version: '9.1.0' },
  );
  expect(flat.texts.get('eslint.config.js')).toBe('export default [{ languageOptions: {  } }];\n');
  const field = await turned({}, { more: { eslintConfig: { env: { es2022: true } } }, old: '' });
  expect(JSON.parse(field.texts.get('package.json') ?? '').eslintConfig).toEqual({
    env: { es2022: true },
    parserOptions: { sourceType: 'module' },
  });
});

it('scripts that name endings name .cjs too, and so does each call of an ESLint that no configuration can tell', async () => {
  const scripts = {
    a: 'eslint src --ext .js,.jsx && tsc',
    b: 'eslint --ext=js .',
    c: 'eslint src',
    d: 'node x --ext js',
  };
  const config = { '.eslintrc.json': '{ "parserOptions": { "sourceType": "module", "ecmaVersion": 2022 } }' };
  const newer = await turned(config, { more: { scripts } });
  expect(JSON.parse(newer.texts.get('package.json') ?? '').scripts).toEqual({
    ...scripts,
    a: 'eslint src --ext .js,.cjs,.jsx && tsc',
    b: 'eslint --ext=js,cjs .',
  });
  const older = await turned(config, { more: { scripts }, version: '6.8.0' });
  expect(JSON.parse(older.texts.get('package.json') ?? '').scripts.c).toBe('eslint --ext .js,.cjs src');
});

it('a configuration that is put together is told', async () => {
  const { said } = await turned({
    '.eslintrc.js': "module.exports = require('./base')();\n",
    'base.js': 'module.exports = () => ({});\n',
  });
  expect(said).toContain('.eslintrc.cjs How ESLint reads files is put together here');
});

it('syntax that ESLint cannot read is not written', async () => {
  const more = { engines: { node: '>=20.11' } };
  const files = { 'main.js': "console.log(require('./a.json'));\n", 'a.json': '{}\n' };
  expect((await turned(files, { more })).texts.get('main.js')).toContain("require('./a.json')");
  const parser = { 'node_modules/espree/package.json': '{ "version": "10.1.0" }' };
  const older = await turned({ ...files, ...parser }, { more, version: '9.14.0' });
  expect(older.texts.get('main.js')).toContain("require('./a.json')");
  const newer = await turned(files, { more, version: '9.14.0' });
  expect(newer.texts.get('main.js')).toContain("from './a.json' with { type: 'json' }");
});
