import { readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/**
 * Small libraries that every command needs: in the bundle they cost a third of what their many files do. One that is only
 * there as a module cannot be required. All others stay packages, since they are large and loaded by few commands, or
 * bring files of their own (native code).
 */
const bundled = [
  '@clack/core',
  '@clack/prompts',
  '@pgsql/types',
  'commander',
  'libpg-query',
  'picocolors',
  'picomatch',
  'semver',
  'sisteransi',
  'zod',
];

const packagesStayOutside: Plugin = {
  name: 'packages stay outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^.#/]/ }, ({ path, kind }) =>
      kind === 'entry-point' || bundled.includes(path) || path.startsWith('node:')
        ? undefined
        : { path, external: true },
    );
  },
};

/** What Node takes milliseconds to load and few commands use is loaded by the first who uses it. */
const loadedLater =
  /^node:(child_process|crypto|http|https|net|perf_hooks|readline|stream|tls|util|v8|vm|worker_threads|zlib)(\/promises)?$/;

const builtInsComeLater: Plugin = {
  name: 'built-ins come later',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: loadedLater }, ({ path, namespace }) =>
      namespace === 'later' ? { path, external: true } : { path, namespace: 'later' },
    );
    onLoad({ filter: /./, namespace: 'later' }, ({ path }) => {
      const names = Object.keys(createRequire(import.meta.url)(path));
      // What was asked for once stands there: some of it is called for every finding.
      const contents = `for (const name of ${JSON.stringify(names)})
        Object.defineProperty(exports, name, { enumerable: true, configurable: true, get() {
          const value = require('${path}')[name];
          Object.defineProperty(exports, name, { enumerable: true, value });
          return value;
        } });`;
      return { contents, loader: 'js' };
    });
  },
};

/** The function that it is (src/interfaces/cli/bundle.ts), its place, and the parser's, with its WebAssembly beside it. */
const opening = `(function (exports, require, module, __filename) { "use strict";
const urlOfBundle = require('node:url').pathToFileURL(__filename).href;
const folders = { get parser() { return require('node:path').dirname(require.resolve('libpg-query')); } };`;

const entry = (name: string) => join(root, 'src/interfaces/cli', `${name}.ts`);

/**
 * Puts the command line into one file, and what `lint` needs of it into another, beside what the compiler wrote: Node
 * spends a millisecond on each of a thousand modules, which a user waits for at every call. Both are CommonJS, for which
 * V8 can keep what it compiled.
 */
for (const name of await readdir(dist)) if (name.includes('.compiled')) await rm(join(dist, name));
await build({
  entryPoints: { godwit: entry('start'), lint: entry('start-lint') },
  outdir: dist,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  conditions: ['source'],
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': 'urlOfBundle', __dirname: 'folders.parser' },
  banner: { js: opening },
  footer: { js: '})' },
  // Comments and white space are half of it, and Node reads all of it at every start; names stay for stack traces.
  minifyWhitespace: true,
  charset: 'ascii',
  logLevel: 'warning',
  plugins: [builtInsComeLater, packagesStayOutside],
});
