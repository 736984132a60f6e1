import { expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import type { Recipe } from '../../recipe.ts';
import { jestToVitest } from '../jest-to-vitest/recipe.ts';
import { commonjsToEsm } from './recipe.ts';

const { signal } = new AbortController();
type Texts = Readonly<Record<string, string>>;

const common: Texts = {
  'package.json': `{
  "name": "a",
  "private": true,
  "scripts": { "test": "jest" },
  "devDependencies": { "jest": "^29.7.0" }
}
`,
  'index.js': "exports.name = require('node:os').hostname();\n",
  'lib/mail.js': "exports.send = () => 'sent';\n",
  'lib/shop.js': "const mail = require('./mail');\nexports.buy = () => mail.send();\n",
};
const globals = { 'node_modules/@jest/globals/package.json': '{ "name": "@jest/globals", "version": "29.7.0" }' };

async function made(files: Texts, recipes: readonly Recipe[] = [commonjsToEsm]) {
  let texts: Texts = { ...common, ...files };
  const [faults, said]: [string[], string[]] = [[], []];
  for (const recipe of recipes) {
    const run = await runRecipe(recipe, memoryTree(texts), { params: {}, signal });
    faults.push(...run.faults.map(({ message }) => message));
    said.push(...run.unresolved.map(({ file, line, message }) => `${file}:${line} ${message}`));
    const after = new Map(Object.entries(texts));
    for (const change of run.changes) {
      if (change.after === undefined) after.delete(change.path);
      else after.set(change.path, change.after);
    }
    texts = Object.fromEntries(after);
  }
  return { texts, faults, said };
}

const test =
  "const { buy } = require('../lib/shop');\ntest('a', () => {\n  jest.spyOn(console, 'log');\n  buy();\n});\n";

it('the object `jest` is imported', async () => {
  const { texts, faults } = await made({ 'test/a.test.js': test, ...globals });
  expect(faults).toEqual([]);
  expect(texts['test/a.test.js']).toMatch(/^import { jest } from '@jest\/globals';\n/);
  expect(texts['package.json']).toContain('NODE_OPTIONS=--experimental-vm-modules jest');
});

it('a package.json in one line gets the type and the flag, and nothing else', async () => {
  const line = '{ "name": "a", "jest": {}, "scripts": { "test": "jest" }, "devDependencies": { "jest": "^29.7.0" } }\n';
  const { texts, faults } = await made({ 'package.json': line, 'test/a.test.js': test });
  expect(faults).toEqual([]);
  expect(texts['package.json']).toBe(
    '{ "name": "a", "type": "module", "jest": { "transform": {} }, "scripts": { "test": "NODE_OPTIONS=--experimental-vm-modules jest" }, "devDependencies": { "jest": "^29.7.0" } }\n',
  );
});

it('where its package is not installed, it is taken from import.meta', async () => {
  const { texts } = await made({ 'test/a.test.js': test });
  expect(texts['test/a.test.js']).toContain('const { jest } = import.meta;\n');
});

it('names of @jest/globals are imported by name', async () => {
  const { texts } = await made({
    'test/a.test.js': "const { jest, test } = require('@jest/globals');\ntest('a', () => jest.fn());\n",
    ...globals,
  });
  expect(texts['test/a.test.js']).toBe("import { jest, test } from '@jest/globals';\ntest('a', () => jest.fn());\n");
});

it('a test that stays CommonJS is named, since Jest does not find it any more', async () => {
  const { said } = await made({
    'test/a.test.js': "const shop = require('../lib/shop');\ntest('a', () => expect(module.id).toBe(shop));\n",
  });
  expect(said.join('\n')).toContain('Jest looks for tests with this ending only where its `testMatch` names it.');
});

const mocking =
  "jest.mock('../lib/mail', () => ({ send: jest.fn(() => 'mocked') }));\nconst { buy } = require('../lib/shop');\ntest('a', () => {\n  expect(buy()).toBe('mocked');\n});\n";

it('jest.mock is refused, with the plan of both steps', async () => {
  const { texts, faults } = await made({ 'test/a.test.js': mocking });
  expect(faults.join('\n')).toContain('`godwit plan --recipe jest-to-vitest --recipe commonjs-to-esm`');
  expect(texts).toEqual({ ...common, 'test/a.test.js': mocking });
});

it('both steps turn mocked modules', async () => {
  const { texts, faults, said } = await made({ 'test/a.test.js': mocking }, [jestToVitest, commonjsToEsm]);
  expect(faults).toEqual([]);
  expect(texts['test/a.test.js']).toBe(
    "vi.mock('../lib/mail', () => ({ send: vi.fn(() => 'mocked') }));\nimport { buy } from '../lib/shop.js';\ntest('a', () => {\n  expect(buy()).toBe('mocked');\n});\n",
  );
  expect(said).toEqual(["test/a.test.js:1 Vitest mocks what is imported, and lib/shop.js requires '../lib/mail'."]);
});

it('a mock of Vitest without a default is named where the module has one then', async () => {
  const { said } = await made({
    'lib/mail.js': "const send = () => 'sent';\nmodule.exports = send;\nmodule.exports.send = send;\n",
    'test/a.test.js': mocking.replaceAll('jest.', 'vi.'),
  });
  expect(said.filter((one) => one.includes('gives no `default`'))).toEqual([
    'test/a.test.js:1 The mock of ../lib/mail gives no `default`, which is what an import takes of it where it is `module.exports` or CommonJS.',
  ]);
});
