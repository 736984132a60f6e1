import { expect, it } from 'vitest';
import { npmPlaces } from './npm-places.ts';
import { pnpmGraph } from './pnpm-graph.ts';

const integrity = 'sha512-Er2nc/H7RrMXZBFCEim6TCmMk02Z8vLC2Rbi1KEBggpo0fS6l0S1nnapwmIi3yW/+GOJap1Krg4w0Hg80oCqgQ==';
const members = new Map([
  ['', 'root'],
  ['packages/one', '@own/one'],
  ['packages/two', '@own/two'],
]);

type Lock = {
  readonly importers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly snapshots: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly peers?: Readonly<Record<string, readonly string[]>>;
};

function lockOf({ importers, snapshots, peers = {} }: Lock): string {
  const versions = (given: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(given).map(([name, version]) => [name, { specifier: '*', version }]));
  const plain = [...new Set(Object.keys(snapshots).map((key) => key.replace(/\(.*$/, '')))];
  return JSON.stringify({
    lockfileVersion: '9.0',
    importers: Object.fromEntries(
      Object.entries(importers).map(([at, given]) => [at, { dependencies: versions(given) }]),
    ),
    packages: Object.fromEntries(
      plain.map((key) => [
        key,
        {
          resolution: { integrity },
          peerDependencies: Object.fromEntries((peers[key] ?? []).map((name) => [name, '*'])),
        },
      ]),
    ),
    snapshots: Object.fromEntries(Object.entries(snapshots).map(([key, dependencies]) => [key, { dependencies }])),
  });
}

function placesOf(lock: Lock): unknown {
  const graph = pnpmGraph(lockOf(lock));
  const places = typeof graph === 'string' ? graph : npmPlaces(graph, members);
  return typeof places === 'string' ? places : Object.fromEntries(places);
}

it('lays packages as high as nothing stands in the way', () => {
  expect(
    placesOf({
      importers: { '.': { a: '1.0.0' }, 'packages/one': { b: '2.0.0' }, 'packages/two': { '@own/one': 'link:../one' } },
      snapshots: {
        'a@1.0.0': { b: '1.0.0', c: '1.0.0' },
        'b@1.0.0': { c: '2.0.0' },
        'b@2.0.0': {},
        'c@1.0.0': {},
        'c@2.0.0': {},
      },
    }),
  ).toEqual({
    'node_modules/@own/one': 'link:packages/one',
    'node_modules/@own/two': 'link:packages/two',
    'node_modules/a': 'a@1.0.0',
    'node_modules/b': 'b@2.0.0',
    'node_modules/c': 'c@1.0.0',
    'node_modules/a/node_modules/b': 'b@1.0.0',
    'node_modules/a/node_modules/b/node_modules/c': 'c@2.0.0',
  });
});

it('lays a package below who has the peer that it was given', () => {
  expect(
    placesOf({
      importers: {
        '.': {},
        'packages/one': { react: '17.0.0', ui: '1.0.0(react@17.0.0)' },
        'packages/two': { react: '18.0.0', ui: '1.0.0(react@18.0.0)' },
      },
      snapshots: {
        'react@17.0.0': {},
        'react@18.0.0': {},
        'ui@1.0.0(react@17.0.0)': { react: '17.0.0' },
        'ui@1.0.0(react@18.0.0)': { react: '18.0.0' },
      },
      peers: { 'ui@1.0.0': ['react'] },
    }),
  ).toEqual({
    'node_modules/@own/one': 'link:packages/one',
    'node_modules/@own/two': 'link:packages/two',
    'node_modules/react': 'react@17.0.0',
    'node_modules/ui': 'ui@1.0.0(react@17.0.0)',
    'packages/two/node_modules/react': 'react@18.0.0',
    'packages/two/node_modules/ui': 'ui@1.0.0(react@18.0.0)',
  });
});

it('keeps the name by which an alias is imported', () => {
  expect(
    placesOf({ importers: { '.': { old: 'ms@2.0.0', ms: '2.1.3' } }, snapshots: { 'ms@2.0.0': {}, 'ms@2.1.3': {} } }),
  ).toEqual(expect.objectContaining({ 'node_modules/old': 'ms@2.0.0', 'node_modules/ms': 'ms@2.1.3' }));
});

it('refuses what comes from no registry, and other formats', () => {
  expect(
    placesOf({
      importers: { '.': { a: 'https://codeload.github.com/x/a/tar.gz/1' } },
      snapshots: { 'a@https://codeload.github.com/x/a/tar.gz/1': {} },
    }),
  ).toBe(
    'a@https://codeload.github.com/x/a/tar.gz/1 comes from no registry (git, a tarball, a folder), and such places are not taken over.',
  );
  expect(pnpmGraph('lockfileVersion: 5.4\n')).toContain('not of format 9');
});

it('refuses packages that lead back to each other at other versions', () => {
  expect(
    placesOf({
      importers: { '.': { a: '1.0.0' } },
      snapshots: {
        'a@1.0.0': { b: '2.0.0' },
        'b@2.0.0': { a: '3.0.0' },
        'a@3.0.0': { b: '1.0.0' },
        'b@1.0.0': { a: '1.0.0' },
      },
    }),
  ).toContain('would have to lie within itself without end');
});

it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('everyone finds what pnpm gave it, in random trees (seed %i)', (seed) => {
  let state = seed * 2_654_435_761;
  const below = (bound: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const versions = ['1.0.0', '2.0.0', '3.0.0'];
  // Only later names: circles are another test.
  const some = (bound: number, after = -1): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Array.from({ length: below(bound) }, () => names[after + 1 + below(names.length - after - 1)] ?? '')
        .filter((name) => name !== '')
        .map((name) => [name, versions[below(3)] ?? '1.0.0']),
    );
  const snapshots = Object.fromEntries(
    names.flatMap((name, at) => versions.map((version) => [`${name}@${version}`, some(4, at)])),
  );
  const importers = { '.': some(6), 'packages/one': some(6), 'packages/two': some(6) };
  const graph = pnpmGraph(lockOf({ importers, snapshots }));
  if (typeof graph === 'string') throw new Error(graph);
  const places = npmPlaces(graph, members);
  if (typeof places === 'string') throw new Error(places);
  const look = (from: string, name: string): string | undefined => {
    for (let at = from; ; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '') {
      const key = places.get(at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`);
      if (key !== undefined || at === '') return key;
    }
  };
  for (const [folder, wants] of graph.importers) for (const [name, key] of wants) expect(look(folder, name)).toBe(key);
  for (const [place, key] of places)
    for (const [name, wanted] of graph.packages.get(key)?.dependencies ?? []) expect(look(place, name)).toBe(wanted);
});
