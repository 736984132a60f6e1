import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackumentServer, startPackumentServer } from '../../../test/support/packument-server.ts';
import { movesOf, type PlanChoice, plannedUpgrade } from '../../../test/support/plan-upgrade.ts';

let server: PackumentServer;
beforeAll(async () => {
  server = await startPackumentServer();
});
afterAll(() => server.close());

const plan = (files: Readonly<Record<string, string>>, wish: string, choice: Partial<PlanChoice> = {}) =>
  plannedUpgrade(files, wish, { registry: server.url, ...choice });

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

describe('a workspace', () => {
  const ui = {
    name: '@shop/ui',
    version: '1.0.0',
    peerDependencies: { react: '^17.0.0', 'react-dom': '>=16 <18' },
    devDependencies: { react: '17.0.2', 'react-dom': '17.0.2' },
  };
  const files = {
    'package.json': json({
      name: 'shop',
      private: true,
      workspaces: ['packages/*'],
      devDependencies: { typescript: '~5.3.0' },
    }),
    'packages/ui/package.json': json(ui),
    'packages/app/package.json': json({
      name: '@shop/app',
      dependencies: { react: '^17.0.2', 'react-dom': '^17.0.2', '@shop/ui': '^1.0.0' },
    }),
  };

  it('moves a package wherever it is declared, and widens the peers of its own packages', async () => {
    const planned = await plan(files, 'react@18');
    expect(movesOf(planned)).toEqual({
      'hop-1-react-18': ['react 17.0.2 → 18.3.1', 'react-dom 17.0.2 → 18.3.1'],
    });
    expect(planned.after[0]).toEqual({
      'packages/ui/package.json': json({
        ...ui,
        peerDependencies: { react: '^17.0.0 || ^18.0.0', 'react-dom': '>=16 <18 || ^18' },
        devDependencies: { react: '18.3.1', 'react-dom': '18.3.1' },
      }),
      'packages/app/package.json': json({
        name: '@shop/app',
        dependencies: { react: '^18.3.1', 'react-dom': '^18.3.1', '@shop/ui': '^1.0.0' },
      }),
    });
    expect(planned.path.hops[0]?.findings.map(({ rule, message }) => [rule, message])).toEqual([
      [
        'package/peer-widened',
        'packages/ui takes react `^17.0.0 || ^18.0.0` as peer from now on; it was `^17.0.0`, and nothing was taken out.',
      ],
      [
        'package/peer-widened',
        'packages/ui takes react-dom `>=16 <18 || ^18` as peer from now on; it was `>=16 <18`, and nothing was taken out.',
      ],
    ]);
  });

  it('whose packages are at different majors brings the one behind up first, and then both', async () => {
    const apart = {
      ...files,
      'packages/app/package.json': json({
        name: '@shop/app',
        dependencies: { react: '^18.0.0', 'react-dom': '^18.0.0' },
      }),
    };
    const planned = await plan(apart, 'react@19');
    expect(movesOf(planned)).toEqual({
      'hop-1-react-18': ['react 17.0.2 → 18.3.1', 'react-dom 17.0.2 → 18.3.1'],
      'hop-2-react-19': [
        'react 18.3.1 → 19.3.1',
        'react-dom 18.3.1 → 19.3.1',
        'react 18.3.1 → 19.3.1',
        'react-dom 18.3.1 → 19.3.1',
      ],
    });
    expect(planned.after[1]?.['packages/app/package.json']).toContain('"react": "^19.3.1"');
    expect(planned.after[1]?.['packages/ui/package.json']).toContain('"react": "19.3.1"');
  });

  it('has a wish for its own package refused', async () => {
    await expect(plan(files, '@shop/ui@2')).rejects.toThrow(/cannot be upgraded from a registry/);
  });
});

describe('where a version is written', () => {
  it('in a catalog of pnpm: there, once, with comments and quotes kept', async () => {
    const yaml =
      'packages:\n  - "packages/*"\ncatalog:\n  react: ^17.0.2 # all of us\ncatalogs:\n  old:\n    react-dom: \'17.0.2\'\n';
    const planned = await plan(
      {
        'package.json': json({
          name: 'shop',
          private: true,
          dependencies: { react: 'catalog:', 'react-dom': 'catalog:old' },
        }),
        'packages/a/package.json': json({ name: 'a', dependencies: { react: 'catalog:' } }),
        'pnpm-workspace.yaml': yaml,
        'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
      },
      'react@18',
    );
    expect(planned.after).toEqual([
      { 'pnpm-workspace.yaml': yaml.replace('^17.0.2', '^18.3.1').replace("'17.0.2'", "'18.3.1'") },
    ]);
  });

  it('in a catalog of Bun, in package.json', async () => {
    const workspaces = { packages: ['packages/*'], catalog: { chalk: '^4.1.0' } };
    const manifest = { name: 'shop', private: true, workspaces, dependencies: { chalk: 'catalog:' } };
    const lock = {
      lockfileVersion: 1,
      workspaces: { '': { name: 'shop' } },
      packages: { chalk: ['chalk@4.1.2', '', {}, ''] },
    };
    const planned = await plan({ 'package.json': json(manifest), 'bun.lock': json(lock) }, 'chalk@5');
    expect(planned.after).toEqual([
      { 'package.json': json({ ...manifest, workspaces: { ...workspaces, catalog: { chalk: '^5.6.2' } } }) },
    ]);
  });

  it('behind an alias, in tabs, with CRLF and a byte order mark', async () => {
    const text =
      '\uFEFF{\r\n\t"name": "shop",\r\n\t"dependencies": {\r\n\t\t"old-chalk": "npm:chalk@^4.1.0"\r\n\t}\r\n}\r\n';
    const planned = await plan({ 'package.json': text }, 'old-chalk@5');
    expect(planned.after).toEqual([{ 'package.json': text.replace('^4.1.0', '^5.6.2') }]);
    expect(planned.path.hops[0]?.changes[0]).toMatchObject({ name: 'old-chalk', package: 'chalk' });
  });

  it('and pinned by the root: the pin moves along, one with conditions is left and said', async () => {
    const manifest = {
      name: 'shop',
      private: true,
      dependencies: { chalk: '^4.1.2' },
      overrides: { chalk: '4.1.2', other: { chalk: '2.0.0' } },
    };
    const planned = await plan({ 'package.json': json(manifest) }, 'chalk@5');
    expect(planned.after).toEqual([
      {
        'package.json': json({
          ...manifest,
          dependencies: { chalk: '^5.6.2' },
          overrides: { chalk: '5.6.2', other: { chalk: '2.0.0' } },
        }),
      },
    ]);
    expect(planned.path.hops[0]?.findings.map(({ rule, message }) => [rule, message])).toEqual([
      ['package/pin-kept', 'package.json pins other > chalk to 2.0.0; that stays as it is while chalk goes to 5.6.2.'],
    ]);
  });

  it('as an open range: bounded on the way, open again at the newest', async () => {
    const lock = { packages: { 'node_modules/commander': { version: '12.1.0' } }, lockfileVersion: 3 };
    const files = {
      'package.json': json({ name: 'shop', private: true, dependencies: { commander: '>=12' } }),
      'package-lock.json': json(lock),
    };
    const planned = await plan(files, 'commander', { nodeInUse: '24.0.0' });
    const ranges = planned.path.hops.map(({ changes }) => changes[0]?.declared[0]?.to);
    expect(ranges).toEqual(['>=13.1.0 <14.0.0', '>=14.0.3 <15.0.0', expect.stringMatching(/^>=15\.\d+\.\d+$/)]);
  });
});
