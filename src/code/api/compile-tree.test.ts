import { afterEach, expect, it } from 'vitest';
import { makeTree, type TestTree } from '../../../test/support/tree.ts';
import { compileTree } from './compile-tree.ts';

const trees: TestTree[] = [];
afterEach(async () => {
  for (const tree of trees.splice(0)) await tree.remove();
});

async function errorsIn(library: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const installed = Object.entries(library).map(([path, text]) => [`node_modules/lib/${path}`, text] as const);
  const tree = await makeTree({
    'package.json': '{ "dependencies": { "lib": "1" } }',
    'app.js': "const { serve } = require('lib');\nserve((request, reply) => reply.jsonp(1));\n",
    ...Object.fromEntries(installed),
  });
  trees.push(tree);
  const { errors } = await compileTree({
    root: tree.root,
    files: ['app.js', 'package.json'],
    configs: [],
    packages: new Set(['lib']),
    signal: new AbortController().signal,
    nowMs: () => 0,
    budgetMs: 1,
  });
  return errors.map(({ file, line, code }) => `${file}:${line} ${code}`);
}

const code = `/** @param {(request: object, reply: { send(body: unknown): void }) => void} handler */
exports.serve = (handler) => handler({}, { send() {} });\n`;

it('what the code of a package without types seems to be is no ground for errors about members', async () => {
  expect(await errorsIn({ 'package.json': '{ "name": "lib", "main": "index.js" }', 'index.js': code })).toEqual([]);
});

it('types of a package are', async () => {
  const types =
    'export declare function serve(handler: (request: object, reply: { send(body: unknown): void }) => void): void;\n';
  const manifest = '{ "name": "lib", "main": "index.js", "types": "index.d.ts" }';
  expect(await errorsIn({ 'package.json': manifest, 'index.js': code, 'index.d.ts': types })).toEqual([
    'app.js:2 TS2339',
  ]);
});
