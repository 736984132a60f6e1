import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inspectTree } from '#code/inspect';
import { findManager } from '#code/install/find-manager';
import { installTree } from '#code/install/install-tree';
import { runProcess } from '#code/process/run-process';
import { isFailure } from '#core/error';

type Manifest = Readonly<Record<string, unknown>>;
const { signal } = new AbortController();

/** A project in a folder of its own, which the given work is done in. */
async function inProject<Result>(
  manifest: Manifest,
  work: (root: string) => Promise<Result>,
  files: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const root = await mkdtemp(join(tmpdir(), 'godwit-install-'));
  try {
    await writeFile(join(root, 'package.json'), JSON.stringify({ name: 'shop', private: true, ...manifest }));
    for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
    return await work(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function look(root: string) {
  const nothing = { openRegistry: undefined, tests: undefined, uses: undefined };
  return inspectTree({ root, nodeInUse: process.versions.node, signal, ...nothing });
}

async function install(root: string, kind: 'update' | 'frozen', env: Readonly<Record<string, string>> = {}) {
  const { packageManager } = await look(root);
  return installTree(
    {
      root,
      manager: packageManager,
      kind,
      env: { ...process.env, ...env },
      run: runProcess,
      timeoutMs: 300_000,
    },
    signal,
  );
}

/** Has the package manager write a lock file, as a user would. */
async function lockBy(root: string): Promise<void> {
  const { packageManager } = await look(root);
  const { program } = await findManager(
    packageManager ?? { name: 'npm' },
    { root, env: process.env, run: runProcess },
    signal,
  );
  await rm(join(root, 'node_modules'), { recursive: true });
  const [first, ...rest] = program.words;
  const request = { command: [first, ...rest, 'install'], cwd: root, env: process.env, timeoutMs: 300_000 } as const;
  expect((await runProcess(request, signal)).exitCode).toBe(0);
}

/** Code and words of the failure that an install ends with. */
async function failureOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (!isFailure(error)) throw error;
  return `${error.code}: ${error.explanation.what} ${error.explanation.why} ${error.explanation.next}`;
}

async function versionIn(root: string, name: string): Promise<string> {
  const manifest: { readonly version: string } = JSON.parse(
    await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8'),
  );
  return manifest.version;
}

const one = { dependencies: { 'left-pad': '1.2.0' } };
const two = { dependencies: { 'left-pad': '1.3.0' } };

it.each([
  ['npm', {}, 'package-lock.json', {}],
  ['pnpm 10', { packageManager: 'pnpm@10.34.9' }, 'pnpm-lock.yaml', {}],
  ['pnpm 9', { packageManager: 'pnpm@9.15.9' }, 'pnpm-lock.yaml', {}],
  ['Yarn 1', { packageManager: 'yarn@1.22.22' }, 'yarn.lock', {}],
  ['Yarn 4', { packageManager: 'yarn@4.18.1' }, 'yarn.lock', { '.yarnrc.yml': 'nodeLinker: node-modules\n' }],
  ['Bun', { packageManager: 'bun@1.4.5' }, 'bun.lock', {}],
])('%s updates the lock file, installs it frozen, and refuses one that is old', async (id, named, lockFile, files) => {
  const isYarn4 = id === 'Yarn 4';
  await inProject(
    { ...named, ...one },
    async (root) => {
      const first = await install(root, 'frozen');
      expect(first).toMatchObject({ ok: true });
      expect(first.findings.map(({ rule }) => rule)).toEqual(['install/unlocked']);
      expect(first.detail).toMatch(isYarn4 ? /a lock file was written$/ : /there is no lock file$/);
      expect(await versionIn(root, 'left-pad')).toBe('1.2.0');
      if (!isYarn4) await lockBy(root);
      const lock = await readFile(join(root, lockFile), 'utf8');

      await writeFile(join(root, 'package.json'), JSON.stringify({ name: 'shop', private: true, ...named, ...two }));
      expect(await failureOf(install(root, 'frozen'))).toMatch(/^install-failed: .* refuses the lock file\./);
      expect(await readFile(join(root, lockFile), 'utf8')).toBe(lock);

      expect((await install(root, 'update')).detail).toMatch(/the lock file was updated$/);
      expect(await versionIn(root, 'left-pad')).toBe('1.3.0');
      await rm(join(root, 'node_modules'), { recursive: true });
      expect((await install(root, 'frozen')).detail).toMatch(/as the lock file says$/);
      expect(await versionIn(root, 'left-pad')).toBe('1.3.0');
    },
    files,
  );
});

it('npm: what does not fit together is named, and never forced', async () => {
  const manifest = { dependencies: { react: '19.0.0', 'react-dom': '18.2.0' } };
  const why = await inProject(manifest, (root) => failureOf(install(root, 'update')));
  expect(why).toContain('no-solution');
  expect(why).toContain('react-dom@18.2.0 wants react ^18.2.0, and react@19.0.0 is what the rest wants.');
  const answer = await inProject(manifest, (root) => install(root, 'update'), { '.npmrc': 'legacy-peer-deps=true\n' });
  expect(answer.findings.map(({ rule }) => rule)).toEqual(['install/unlocked', 'install/loose-setting']);
});

it('a version and a package that are not there are named', async () => {
  const version = { dependencies: { 'left-pad': '99.0.0' } };
  expect(await inProject(version, (root) => failureOf(install(root, 'update')))).toContain(
    'no version left-pad@99.0.0',
  );
  const name = { dependencies: { 'godwit-has-no-such-package': '1.0.0' } };
  expect(await inProject(name, (root) => failureOf(install(root, 'update')))).toMatch(
    /registry-failed: .*does not know godwit-has-no-such-package/,
  );
});

it('a registry that refuses, or is not there, is told without its token', async () => {
  const server = createServer((_, response) => {
    response.statusCode = 401;
    response.end('{"error":"no, top-secret-token"}');
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const npmrc = `registry=http://localhost:${port}/\n//localhost:${port}/:_authToken=\${THE_TOKEN}\nfetch-retries=0\n`;
  const failing = () =>
    inProject(one, (root) => failureOf(install(root, 'update', { THE_TOKEN: 'top-secret-token' })), {
      '.npmrc': npmrc,
    });
  const refused = await failing();
  expect(refused).toContain('registry-failed');
  expect(refused).toContain('(401)');
  await new Promise((resolve) => server.close(resolve));
  const gone = await failing();
  expect(gone).toContain('nothing listens there');
  expect(`${refused}${gone}`).not.toContain('top-secret-token');
});

it('a package manager that is not there is named with the way to get it', async () => {
  const why = await inProject({ packageManager: 'pnpm@0.0.1-none', ...one }, (root) =>
    failureOf(install(root, 'update')),
  );
  expect(why).toMatch(/^install-failed: pnpm 0\.0\.1-none, which installs this tree, is not there\..*corepack enable/);
});

it('a script of the tree that fails is told in its own words', async () => {
  const manifest = { ...one, scripts: { postinstall: 'echo no luck today; exit 3' } };
  expect(await inProject(manifest, (root) => failureOf(install(root, 'update')))).toMatch(
    /install-failed: A script .* failed\.[\s\S]*no luck today/,
  );
});
