import { expect, it } from 'vitest';
import { parsePublishedManifest } from './published-manifest.ts';
import { exportedSubpaths, runtimeEntry } from './runtime-entry.ts';

function published(manifest: object, paths: readonly string[], extra: Readonly<Record<string, string>> = {}) {
  const parsed = parsePublishedManifest(JSON.stringify({ name: 'x', version: '1.0.0', ...manifest }));
  if (parsed === undefined) throw new Error('no manifest');
  const texts = { ...Object.fromEntries(paths.map((path) => [path, ''])), ...extra };
  return { manifest: parsed, files: new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)])) };
}

const dual = published(
  {
    type: 'module',
    exports: {
      '.': { types: './index.d.ts', import: './index.js', require: './index.cjs' },
      './only': { import: './only.js' },
      './sub/*': './lib/*.js',
      './sub/secret': null,
      './package.json': './package.json',
    },
  },
  ['index.js', 'index.cjs', 'only.js', 'lib/a.js', 'lib/deep/b.js', 'lib/secret.js'],
);

it.each([
  ['.', 'import', 'index.js esm'],
  ['.', 'require', 'index.cjs commonjs'],
  ['./only', 'require', undefined],
  ['./only', 'import', 'only.js esm'],
  ['./sub/a', 'require', 'lib/a.js esm'],
  ['./sub/deep/b', 'import', 'lib/deep/b.js esm'],
  ['./sub/secret', 'import', undefined],
  ['./lib/a.js', 'import', undefined],
] as const)('with exports, %s as %s is %s', (subpath, mode, expected) => {
  const found = runtimeEntry(dual, subpath, mode);
  expect(found === undefined ? undefined : `${found.path} ${found.format}`).toBe(expected);
});

it('lists what exports lets be imported, patterns filled in', () => {
  expect(exportedSubpaths(dual)).toEqual(['.', './only', './sub/a', './sub/deep/b', './sub/secret']);
});

it('without exports, finds main, files, folders and their own manifests', () => {
  const old = published({ main: './lib' }, ['lib/index.js', 'v4.js', 'fp/main.js', 'esm/index.js'], {
    'fp/package.json': '{ "main": "./main.js" }',
    'esm/package.json': '{ "type": "module" }',
  });
  const asked = ['.', './v4', './fp', './esm', './none'].map((subpath) => runtimeEntry(old, subpath, 'require'));
  expect(asked.map((found) => (found === undefined ? undefined : `${found.path} ${found.format}`))).toEqual([
    'lib/index.js commonjs',
    'v4.js commonjs',
    'fp/main.js commonjs',
    'esm/index.js esm',
    undefined,
  ]);
  expect(runtimeEntry(old, './v4', 'import')).toBeUndefined();
});
