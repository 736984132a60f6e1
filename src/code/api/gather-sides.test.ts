import { expect, it } from 'vitest';
import { linesOf, predicted } from '../../../test/support/predicted.ts';

/** A package whose types are those of another that it brings, as @types/express does with @types/express-serve-static-core. */
const front = (version: string) => ({
  'package.json': JSON.stringify({
    name: 'front',
    version,
    types: 'index.d.ts',
    dependencies: { core: `^${version}` },
  }),
  'index.d.ts': "import { Request } from 'core';\nexport declare function get(): Request;\nexport type { Request };\n",
});
const core = (version: string, members: string) => ({
  'package.json': JSON.stringify({ name: 'core', version, types: 'index.d.ts' }),
  'index.d.ts': `export interface Request { ${members} }\n`,
});
const [before, after] = ['param(name: string): string; path: string;', 'path: string;'];
const packages = {
  'front@1.0.0': front('1.0.0'),
  'front@2.0.0': front('2.0.0'),
  'core@1.0.0': core('1.0.0', before),
  'core@2.0.0': core('2.0.0', after),
};
const installed = (files: Readonly<Record<string, string>>, name: string) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`node_modules/${name}/${path}`, text]));
const tree = {
  'tsconfig.json': '{ "compilerOptions": { "module": "preserve", "strict": true, "types": [] } }',
  'src/app.ts': "import { get } from 'front';\nexport const all = [get().path, get().param('a'), get().shop];\n",
  'src/shop.d.ts': "import 'core';\ndeclare module 'core' {\n  interface Request { shop: string }\n}\n",
  ...installed(packages['front@1.0.0'], 'front'),
  ...installed(packages['core@1.0.0'], 'core'),
};

it('compares what a package brings at the version that it asks for, not at the one that the tree has', async () => {
  const prediction = await predicted({ packages, tree, upgrades: [['front', '1.0.0', '2.0.0']] });
  // What the tree adds to the package that follows is there in the new one too.
  expect(linesOf(prediction)).toEqual(['src/app.ts:2 api/member-removed Request.param']);
  expect(prediction.unknown).toEqual([]);
});

it('leaves what the tree names itself at its own version', async () => {
  const manifest = JSON.stringify({ dependencies: { front: '^1.0.0', core: '^1.0.0' } });
  const own = "import type { Request } from 'core';\nexport const of = (request: Request) => request.param('a');\n";
  const prediction = await predicted({
    packages,
    tree: { ...tree, 'package.json': manifest, 'src/own.ts': own },
    upgrades: [['front', '1.0.0', '2.0.0']],
  });
  expect(linesOf(prediction).filter((line) => line.startsWith('src/own.ts'))).toEqual([]);
});
