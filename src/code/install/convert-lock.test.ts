import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { type PackageServer, startPackageServer } from '../../../test/support/package-server.ts';
import { npm } from '../package-managers/npm.ts';
import { pnpm } from '../package-managers/pnpm.ts';
import { runProcess } from '../process/run-process.ts';
import type { LockChange } from '../recipe.ts';
import { convertLock } from './convert-lock.ts';
import { findManager } from './find-manager.ts';

/** Real package managers on a registry of this machine. */
const { signal } = new AbortController();
const pnpmVersion = '10.34.9';
let server: PackageServer;
let home: string;

beforeAll(async () => {
  server = await startPackageServer({
    'box@1.0.0': {},
    'box@2.0.0': {},
    'box@2.1.0': {},
    'top@1.0.0': { 'package.json': '{ "dependencies": { "box": "1.0.0" } }' },
    'plug@1.0.0': { 'package.json': '{ "peerDependencies": { "box": "^1.0.0" } }' },
    'built@1.0.0': { 'package.json': '{ "scripts": { "install": "node build.js" } }' },
  });
});
afterAll(() => server.close());
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'godwit-lock-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const toNpm: LockChange = { from: 'pnpm-lock.yaml', to: 'package-lock.json' };
const toPnpm: LockChange = { from: 'package-lock.json', to: 'pnpm-lock.yaml' };
type Wanted = Readonly<Record<string, string>>;

const manifest = (dependencies: Wanted) =>
  JSON.stringify({ name: 'shop', version: '1.0.0', private: true, dependencies });

function env() {
  return {
    PATH: process.env.PATH,
    HOME: home,
    npm_config_cache: join(home, 'cache'),
    npm_config_store_dir: join(home, 'store'),
  };
}

/** The lock file that a package manager itself writes for these dependencies. */
async function lockBy({ from }: LockChange, dependencies: Wanted): Promise<string> {
  await writeFile(join(home, 'package.json'), manifest(dependencies));
  await writeFile(join(home, '.npmrc'), `registry=${server.url}\n`);
  const isNpm = from === 'package-lock.json';
  const wanted = isNpm ? ({ name: 'npm' } as const) : ({ name: 'pnpm', version: pnpmVersion } as const);
  const { program } = await findManager(wanted, { root: home, env: env(), run: runProcess }, signal);
  const [file, ...words] = program.words;
  const command = [file, ...words, 'install', isNpm ? '--package-lock-only' : '--lockfile-only'] as const;
  const ran = await runProcess({ command, cwd: home, env: env(), timeoutMs: 60_000 }, signal);
  expect(ran.exitCode, `${ran.output}\n${ran.errors}`).toBe(0);
  return readFile(join(home, from), 'utf8');
}

type Case = {
  readonly text: string;
  readonly wants: Wanted;
  readonly npmrc?: string;
  /** More files of the tree as it is to be. */
  readonly files?: Readonly<Record<string, string>>;
};

function converted(lock: LockChange, { text, wants, npmrc = '', files = {} }: Case) {
  const texts = new Map([
    ['package.json', manifest(wants)],
    ['.npmrc', `registry=${server.url}\n${npmrc}`],
    [lock.from, text],
    ...Object.entries(files),
  ]);
  const options = { lock, version: pnpmVersion, texts, scratch: scratch(), env: env(), run: runProcess };
  return convertLock(options, signal);
}

function scratch(): string {
  return join(home, 'scratch');
}

/** Name and version of all that a conversion has locked, and what it says. */
async function lockedBy(lock: LockChange, given: Case) {
  const { changes, findings } = await converted(lock, given);
  const [gone, written] = changes;
  expect(gone).toEqual({ path: lock.from, before: given.text, after: undefined });
  expect([written?.path, written?.before]).toEqual([lock.to, undefined]);
  expect(existsSync(scratch())).toBe(false);
  const read = (lock.to === 'package-lock.json' ? npm : pnpm).readLock(written?.after ?? '', []);
  if (typeof read === 'string') throw new Error(read);
  return {
    locked: read.packages.map(({ name, version }) => `${name}@${version}`).sort(),
    said: findings.map(({ rule, message }) => `${rule}: ${message}`),
  };
}

/** Why a conversion is refused. */
async function refusedBy(lock: LockChange, given: Case): Promise<string> {
  const error: unknown = await converted(lock, given).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(existsSync(scratch())).toBe(false);
  if (!isFailure(error, 'unsafe-change')) throw error ?? new Error('it was not refused');
  return error.explanation.why;
}

const ways: readonly (readonly [string, LockChange])[] = [
  ['pnpm to npm', toNpm],
  ['npm to pnpm', toPnpm],
];

it.each(ways)(
  '%s: the same versions, where ranges allow newer ones and two lie beside each other',
  async (_name, lock) => {
    const exact = { box: '2.0.0', top: '1.0.0' };
    const wants = { box: '^2.0.0', top: '^1.0.0' };
    const text = (await lockBy(lock, exact))
      .replaceAll('specifier: 2.0.0', 'specifier: ^2.0.0')
      .replaceAll('specifier: 1.0.0', 'specifier: ^1.0.0')
      .replace('"box": "2.0.0",', '"box": "^2.0.0",')
      .replace('"top": "1.0.0"', '"top": "^1.0.0"');
    expect(await lockedBy(lock, { text, wants })).toEqual({
      locked: ['box@1.0.0', 'box@2.0.0', 'top@1.0.0'],
      said: [],
    });
  },
);

it.each(ways)('%s: a declared package that would move is refused with both versions', async (_name, lock) => {
  const text = await lockBy(lock, { box: '2.0.0' });
  const why = await refusedBy(lock, { text, wants: { box: '^1.0.0' } });
  expect(why).toMatch(/box.* 1\.0\.0/);
  expect(why).toMatch(/2\.0\.0/);
});

it('npm to pnpm: an override that moves what a package of the workspace uses is refused with both versions', async () => {
  const member = { name: 'a', version: '1.0.0', dependencies: { box: '2.0.0' } };
  const text = JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'shop', workspaces: ['a'], dependencies: { top: '1.0.0' } },
      a: { version: '1.0.0', dependencies: { box: '2.0.0' } },
      'a/node_modules/box': { version: '2.0.0' },
      'node_modules/a': { resolved: 'a', link: true },
      'node_modules/box': { version: '1.0.0' },
      'node_modules/top': { version: '1.0.0', dependencies: { box: '1.0.0' } },
    },
  });
  const converting = (wants: Wanted) =>
    refusedBy(toPnpm, {
      text,
      wants,
      files: {
        'a/package.json': JSON.stringify(member),
        'pnpm-workspace.yaml': 'packages: [a]\noverrides:\n  box: 2.0.0\n  top>box: 1.0.0\n',
      },
    });
  // Both versions are locked in the end; only who gets which tells.
  expect(await converting({ top: '1.0.0', box: '1.0.0' })).toBe(
    'The root uses box: it gets 2.0.0 from pnpm, where npm has 1.0.0, since the override of box counts there too.',
  );
  await expect(converting({ top: '1.0.0' })).rejects.toThrow('it was not refused');
});

it('peers that pnpm passes over stop npm, but where .npmrc has npm do so too', async () => {
  const wants = { box: '2.0.0', plug: '1.0.0' };
  const text = await lockBy(toNpm, wants);
  const why = await refusedBy(toNpm, { text, wants });
  expect(why).toMatch(/ERESOLVE.*peer box@"\^1\.0\.0" from plug@1\.0\.0.*legacy-peer-deps=true/);
  const { locked } = await lockedBy(toNpm, { text, wants, npmrc: 'legacy-peer-deps=true\n' });
  expect(locked).toEqual(['box@2.0.0', 'plug@1.0.0']);
});

it('packages whose install scripts npm runs are named', async () => {
  const wants = { built: '1.0.0' };
  const { said } = await lockedBy(toNpm, { text: await lockBy(toNpm, wants), wants });
  expect(said).toEqual([
    'install/scripts-will-run: npm runs the install scripts of built; pnpm 10 runs only those of packages that its settings name.',
  ]);
});

it.each(ways)('%s: a lock file that cannot be read is refused', async (_name, lock) => {
  expect(await refusedBy(lock, { text: 'no: [lock', wants: {} })).not.toBe('');
});

it('runs no code that an .npmrc of the tree names', async () => {
  const [hook, trace] = [join(home, 'hook.cjs'), join(home, 'was-run')];
  await writeFile(hook, `require('node:fs').writeFileSync(${JSON.stringify(trace)}, ''); module.exports = {};`);
  const text = await lockBy(toPnpm, { box: '2.0.0' });
  await lockedBy(toPnpm, { text, wants: { box: '2.0.0' }, npmrc: `global-pnpmfile=${hook}\ngit=${hook}\n` });
  expect(existsSync(trace)).toBe(false);
});
