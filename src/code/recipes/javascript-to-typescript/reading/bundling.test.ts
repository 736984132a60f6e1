import { expect, it } from 'vitest';
import { builderOf, bundlerOf } from './bundling.ts';

type Files = Readonly<Record<string, string>>;

/** What bundles and what builds a package with these scripts, packages and files. */
function signs(scripts: Files, dependencies: readonly string[], files: Files = {}) {
  const look = {
    home: '.',
    paths: Object.keys(files),
    scripts,
    dependencies: Object.fromEntries(dependencies.map((name) => [name, '*'])),
    texts: new Map(Object.entries(files)),
    page: files['index.html'],
  };
  return [bundlerOf(look), builderOf(look)];
}

const config = (members: string) => `export default defineConfig({ ${members} });\n`;

it.each<[string, Files, readonly string[], Files, string | undefined]>([
  ['only installed', { test: 'vitest run' }, ['vite', 'vitest', 'next', 'parcel'], {}, undefined],
  ['a tag of that name', { release: 'npm publish --tag next', test: 'npm run next' }, ['next'], {}, undefined],
  ['started', { dev: 'vite' }, [], {}, 'vite'],
  ['started behind others', { dev: 'cross-env A=1 dotenv -e .env -- vite build --mode x' }, [], {}, 'vite'],
  ['started within another', { dev: 'concurrently "node server.js" "npx vite"' }, [], {}, 'vite'],
  ['started by its file', { dev: 'node node_modules/vite/bin/vite.js' }, [], {}, 'vite'],
  ['started by a manager', { dev: 'pnpm exec next dev' }, [], {}, 'next'],
  ['configured', {}, ['vite'], { 'vite.config.js': config('plugins: [react()], test: {}') }, 'vite'],
  ['configured for tests', {}, ['vite', 'vitest'], { 'vite.config.js': config('test: { globals: true }') }, undefined],
  ['configured elsewhere', {}, ['vite'], { 'docs/vite.config.js': config('root: "."') }, undefined],
  ['a page', {}, ['vite'], { 'index.html': '<script type="module" src="/src/main.js"></script>' }, 'vite'],
  ['a page of a report', {}, ['vite'], { 'index.html': '<p>Hello</p>' }, undefined],
  ['a page without it', {}, [], { 'index.html': '<script type="module" src="/a.js"></script>' }, undefined],
  ['called', { dev: 'node server.js' }, ['vite'], { 'server.js': "import { createServer } from 'vite';\n" }, 'vite'],
  ['a type of it', { dev: 'node a.js' }, ['vite'], { 'a.js': "/** @type {import('vite').Plugin} */\n" }, undefined],
])('a package is bundled where something says so: %s', (_, scripts, dependencies, files, bundler) => {
  expect(signs(scripts, dependencies, files)).toEqual([bundler, undefined]);
});

it.each<[string, Files, Files, string | undefined]>([
  ['only installed', { test: 'node --test' }, {}, undefined],
  ['a word of another command', { build: 'npm run esbuild', lint: 'echo rollup' }, {}, undefined],
  [
    'started',
    { build: 'npx webpack --mode production' },
    {},
    'Its script build builds it by `npx webpack --mode production`',
  ],
  ['configured', {}, { 'webpack.config.cjs': '' }, 'It is built as webpack.config.cjs says'],
  [
    'called',
    { build: 'node ./tools/build.mjs' },
    { 'tools/build.mjs': "import { build } from 'esbuild';\n" },
    'Its script build builds it by tools/build.mjs, which calls esbuild',
  ],
  ['called by a test', {}, { 'test/a.test.js': "import { build } from 'esbuild';\n" }, undefined],
])('a build by something else is known by what starts it: %s', (_, scripts, files, builder) => {
  expect(signs(scripts, ['webpack', 'rollup', 'esbuild'], files)).toEqual([undefined, builder]);
});
