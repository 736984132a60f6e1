// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is looked at
import { expect, it } from 'vitest';
import type { Running } from './package-facts.ts';
import { byPublicName, pinnedFiles, readReaches } from './reaches.ts';

const files: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }',
  'src/parse.js': 'export const parse = 1;\n',
  'src/index.js': 'export const index = 1;\n',
};

it.each([
  ["const name = 'a';\nexport default await import(`./${name}.js`);\n", ['src/cli.js', 'src/index.js', 'src/parse.js']],
  ["export default await import('./' + 'parse' + '.js');\n", ['src/parse.js']],
  ["export default new URL('./parse.js', import.meta.url);\n", ['src/parse.js']],
  ["export default new URL('../package.json', import.meta.url);\n", []],
])('what a file names so that it keeps its ending: %s', async (text, expected) => {
  const all: Readonly<Record<string, string>> = { ...files, 'src/cli.js': text };
  const paths = Object.keys(all);
  const reaches = await readReaches({ paths, read: async (path) => ({ text: all[path] ?? '' }) });
  const candidates = paths.filter((path) => path.endsWith('.js'));
  const pinned = pinnedFiles(reaches, { candidates, running: 'build' });
  expect([...pinned.keys()].sort()).toEqual(expected);
});

it.each<[Running, readonly string[]]>([
  ['build', ['packages/app/a.js other', 'packages/app/a.js own/sub/parse', 'test/a.test.js own/sub/parse']],
  [
    'bundler',
    [
      'packages/app/a.js other',
      'packages/app/a.js own/sub/parse',
      'src/cli.js own/sub/parse',
      'test/a.test.js own/sub/parse',
    ],
  ],
])('names that lead through what packages give others stay: %s', async (running, kept) => {
  const sub = "import 'own/sub/parse';\n";
  const all: Readonly<Record<string, string>> = {
    ...files,
    'package.json':
      '{ "name": "own", "type": "module", "exports": { "./sub/*": "./src/*.js" }, "workspaces": ["packages/*"] }',
    'src/cli.js': sub,
    'test/a.test.js': `${sub}import '../src/parse.js';\n`,
    'packages/app/package.json': '{ "name": "app", "type": "module" }',
    'packages/app/a.js': `${sub}import 'other';\nimport 'other/deep.js';\n`,
    'packages/other/package.json': '{ "name": "other", "type": "module", "main": "deep.js" }',
    'packages/other/deep.js': 'export {};\n',
  };
  const paths = Object.keys(all);
  const reaches = await readReaches({ paths, read: async (path) => ({ text: all[path] ?? '' }) });
  const names = byPublicName(reaches, running).map(({ from, specifier }) => `${from} ${specifier}`);
  expect(names.sort()).toEqual(kept);
});
