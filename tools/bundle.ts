import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

/**
 * Small libraries that every command needs: in the bundle they cost a third of what their many files do. All others stay
 * packages, since they are large and loaded by few commands, or bring files of their own (WebAssembly, native code).
 */
const bundled = ['commander', 'picocolors', 'picomatch', 'semver', 'zod'];

/**
 * Puts the command line into few files in `dist`, in place of what the compiler wrote there: Node spends a millisecond on
 * each of a thousand modules, which a user waits for at every call.
 */
await rm(join(root, 'dist/chunks'), { recursive: true, force: true });
await build({
  entryPoints: [join(root, 'src/interfaces/cli/main.ts')],
  outbase: join(root, 'src'),
  outdir: join(root, 'dist'),
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  conditions: ['source'],
  allowOverwrite: true,
  // Comments and white space are half of it, and Node reads all of it at every start; names stay for stack traces.
  minifyWhitespace: true,
  logLevel: 'warning',
  // A library in CommonJS asks for Node's own modules by `require`, which a module does not have.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  plugins: [
    {
      name: 'packages stay outside',
      setup({ onResolve }) {
        onResolve({ filter: /^[^.#/]/ }, ({ path, kind }) =>
          kind === 'entry-point' || bundled.includes(path) ? undefined : { path, external: true },
        );
      },
    },
  ],
});
