import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspected } from '../../test/support/inspect-tree.ts';
import { makeTree } from '../../test/support/tree.ts';
import { inspectTree } from './inspect.ts';
import { noManifest } from './workspace/no-manifest.ts';

const notLooked = { what: 'uses of deprecated API', why: 'They were not looked for (--quick).' };

describe.each([
  ['npm', 'npm', undefined, 'package-lock.json', 'lockfileVersion 3'],
  ['pnpm', 'pnpm', '9.15.4', 'pnpm-lock.yaml', 'lockfileVersion 9.0'],
  ['yarn-classic', 'yarn', '1.22.22', 'yarn.lock', 'yarn classic 1'],
  ['yarn-berry', 'yarn', '4.9.1', 'yarn.lock', 'yarn berry 8'],
  ['bun', 'bun', undefined, 'bun.lock', 'bun.lock 1'],
] as const)('a workspace of %s, its lock written by the real one', (from, name, version, lockFile, lockFormat) => {
  it('knows manager, lock file, packages and locked versions', async () => {
    const tree = await inspected({}, { from });
    expect(tree.packageManager).toMatchObject({
      name,
      lockFile,
      lockFormat,
      ...(version === undefined ? {} : { version }),
    });
    expect(tree.packages.map(({ path, kind }) => [path, kind])).toEqual([
      ['.', 'root'],
      ['packages/app', 'workspace'],
    ]);
    const locked = tree.packages.map(({ dependencies }) =>
      dependencies.map((dependency) => `${dependency.name}@${dependency.locked?.replace(/^5\..*/, '5')}`).sort(),
    );
    expect(locked).toEqual([
      ['nanoid@5', 'picocolors@1.0.1', expect.stringMatching(/^querystring@0\.2\.[01]$/)],
      ['react-dom@17.0.2', 'react@18.2.0', 'use-sync-external-store@1.2.0'],
    ]);
  });

  it('names the peer that does not fit, and the place that names an old Node', async () => {
    const { findings } = await inspected({}, { from });
    const of = (rule: string) => findings.filter((finding) => finding.rule === rule).map(({ message }) => message);
    // Only the lock files of npm, pnpm, Yarn berry and bun hold peers; of Yarn classic the registry or node_modules says.
    expect(of('package/peer')).toEqual(
      from === 'yarn-classic' ? [] : ['react-dom@17.0.2 wants react 17.0.2, but 18.2.0 is there.'],
    );
    expect(of('tree/node-contradiction')).toEqual([
      expect.stringMatching(/^\.nvmrc:1:1 names Node v16, which package\.json:\d:\d\d \(engines >=18\) excludes\.$/),
    ]);
    expect(of('tree/lock-stale')).toEqual([]);
  });
});

describe('engines', () => {
  it('are held against the Node in use and every place that names one', async () => {
    const { findings } = await inspected({}, { from: 'npm', nodeInUse: '16.20.0' });
    const nanoid = findings.find(({ rule, object }) => rule === 'package/engine' && object === 'nanoid');
    expect(nanoid?.severity).toBe('error');
    expect(nanoid?.message).toMatch(
      /^nanoid@5\.\S+ wants Node \^18 \|\| >=20, but this Node is 16\.20\.0; \.nvmrc:1:1 names v16/,
    );
  });
});

describe('a tree that is not as it should be', () => {
  it('without package.json names the nearest ones', async () => {
    await expect(inspected({ 'web/package.json': '{}' })).rejects.toMatchObject({
      code: 'bad-input',
      explanation: { why: 'Below it there are web/package.json.', next: expect.stringContaining('--cwd web') },
    });
  });

  it('without package.json names the one above', async () => {
    const { root, remove } = await makeTree({ 'package.json': '{}', 'src/deep/a.js': '' });
    const told = await noManifest(join(root, 'src/deep'), ['a.js']);
    await remove();
    expect(told).toMatchObject({
      explanation: {
        why: 'The nearest one above is ../../package.json.',
        next: expect.stringContaining('--cwd ../..'),
      },
    });
  });

  it.each([
    [
      '{\n  "name": "x"\n  "version": "1"\n}',
      'package.json:3:3 A comma is missing before this.\n  "version": "1"\n  ^',
    ],
    [
      '\uFEFF{\r\n\t"name": "x",\r\n}',
      'package.json:3:1 A name in double quotes is missing here; perhaps the comma before is one too many.\n}\n^',
    ],
    [
      '{ "dependencies": { "a": 1 } }',
      'package.json:1:26 dependencies.a is not of the form that package managers take',
    ],
    ['', 'package.json:1:1 The file is empty.'],
    [new Uint8Array([0xff, 0xfe, 0x7b, 0x00]), 'package.json: It is not UTF-8'],
  ])('a package.json like %j is shown with line, column and caret', async (content, why) => {
    await expect(inspected({ 'package.json': content })).rejects.toMatchObject({
      code: 'bad-input',
      explanation: { why: expect.stringContaining(why) },
    });
  });

  it('a broken package.json of the workspace is a finding, the rest is answered', async () => {
    const tree = await inspected({ 'packages/other/package.json': '{ "name": }' }, { from: 'npm' });
    expect(tree.findings.find(({ rule }) => rule === 'tree/manifest-broken')?.message).toContain(
      'packages/other/package.json:1:11',
    );
    expect(tree.packages).toHaveLength(2);
  });

  it('byte order mark and CRLF keep places true', async () => {
    const text = '\uFEFF{\r\n  "engines": { "node": ">=20" },\r\n  "dependencies": { "a": "1" }\r\n}\r\n';
    const tree = await inspected({ 'package.json': text });
    const place = tree.nodeVersions[0]?.place;
    expect(place).toMatchObject({ line: 2, column: 25 });
    expect(text.slice(place?.offset, (place?.offset ?? 0) + (place?.length ?? 0))).toBe('>=20');
    const dependency = tree.packages[0]?.dependencies[0]?.place;
    expect(text.slice(dependency?.offset, (dependency?.offset ?? 0) + 1)).toBe('1');
  });

  it('no lock file, two managers, a lock file that cannot be read', async () => {
    const none = await inspected({ 'package.json': '{ "dependencies": { "a": "1" } }' });
    expect(none.findings.map(({ rule }) => rule)).toEqual(['tree/lock-missing']);
    expect(none.packageManager).toBeUndefined();

    const two = await inspected({ 'yarn.lock': '# yarn lockfile v1\n' }, { from: 'npm' });
    expect(two.packageManager?.name).toBe('npm');
    expect(two.findings[0]).toMatchObject({
      rule: 'tree/manager-contradiction',
      message: 'yarn.lock says yarn, but package-lock.json says npm; npm is taken.',
    });

    for (const [from, lock] of [
      ['npm', 'package-lock.json'],
      ['pnpm', 'pnpm-lock.yaml'],
      ['yarn-classic', 'yarn.lock'],
      ['bun', 'bun.lock'],
    ] as const) {
      const broken = await inspected({ [lock]: '<<<<<<< HEAD\n{ "lockfileVersion": 3,\n' }, { from });
      expect(broken.unknown.map(({ what }) => what)).toContain(lock);
      expect(broken.packages).toHaveLength(2);
    }
  });

  it('a lock file that lags behind package.json is said', async () => {
    const manifest = '{ "name": "npm-tree", "dependencies": { "nanoid": "^4.0.0", "left-pad": "^1.0.0" } }';
    const tree = await inspected({ 'package.json': manifest }, { from: 'npm' });
    expect(tree.findings.filter(({ rule }) => rule === 'tree/lock-stale').map(({ message }) => message)).toEqual([
      expect.stringMatching(/^nanoid is declared as \^4\.0\.0, but package-lock\.json has 5\./),
      'left-pad is declared as ^1.0.0, but package-lock.json does not hold it.',
    ]);
  });

  it('a resolution of Yarn stands for what is declared', async () => {
    const manifest =
      '{ "packageManager": "yarn@4.9.1", "resolutions": { "picocolors": "~1.0.0" }, "dependencies": { "picocolors": "^2" } }';
    const tree = await inspected({ 'package.json': manifest }, { from: 'yarn-berry' });
    expect(tree.packages[0]?.dependencies[0]?.locked).toBe('1.0.1');
    expect(tree.findings).toEqual([]);
  });

  it('symbolic links that form a loop, submodules and a closed file do no harm', async () => {
    const tree = await makeTree({
      'package.json': '{}',
      'vendor/other/.git': 'gitdir: elsewhere\n',
      'vendor/other/.nvmrc': '4\n',
    });
    try {
      await mkdir(join(tree.root, 'a'));
      await symlink('..', join(tree.root, 'a', 'loop'));
      await symlink('missing', join(tree.root, '.nvmrc'));
      await writeFile(join(tree.root, '.node-version'), new Uint8Array([0xc3, 0x28]));
      const { signal } = new AbortController();
      const found = await inspectTree({
        root: tree.root,
        nodeInUse: '20.19.0',
        signal,
        openRegistry: undefined,
        tests: undefined,
        uses: undefined,
      });
      expect(found.nodeVersions).toEqual([]);
      expect(found.unknown.map(({ what }) => what).sort()).toEqual(['.node-version', notLooked.what, 'vendor/other']);
    } finally {
      await tree.remove();
    }
  });

  it('stops at once when it is told to', async () => {
    const reason = new Error('told to');
    await expect(inspected({}, { from: 'npm', signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

it('TypeScript settings come out as after extends, a loop ends', async () => {
  const tree = await inspected({
    'package.json': '{}',
    'tsconfig.json':
      '{ // comments\n "extends": ["./base/a.json", "./base/b"], "compilerOptions": { "strict": true, }, "references": [{ "path": "web" }] }',
    'base/a.json': '{ "compilerOptions": { "target": "es2020", "strict": false, "futureOption": 7 } }',
    'base/b.json': '\uFEFF{ "compilerOptions": { "target": "es2022" } }',
    'tsconfig.loop.json': '{ "extends": "./tsconfig.loop.json" }',
  });
  expect(tree.typescript).toEqual([
    {
      file: 'tsconfig.json',
      extends: ['./base/a.json', './base/b'],
      options: { target: 'es2022', strict: true, futureOption: 7 },
      references: ['web'],
    },
  ]);
  expect(tree.unknown).toEqual([
    { what: 'TypeScript settings', why: 'tsconfig.loop.json extends more than 20 files deep.' },
    notLooked,
  ]);
});
