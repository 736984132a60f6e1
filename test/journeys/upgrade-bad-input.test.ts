import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stateOfTree } from '../support/git-tree.ts';
import { document, errorSchema, type Ran } from '../support/godwit.ts';
import { type Answering, type Packages, startPackageServer } from '../support/package-server.ts';
import { planOn, ran, type TreeSource, type UpgradeTree, upgradeTree } from '../support/upgrade-tree.ts';

const token = 'npm-top-secret-token-0123456789';
const packages: Packages = {
  'ware@1.0.0': { 'index.js': "exports.price = () => 1;\nexports.version = '1';\n" },
  'ware@2.0.0': { 'index.js': "exports.price = () => 1;\nexports.version = '2';\n" },
};
const rehearsed = z.object({ ok: z.boolean(), findings: z.array(z.object({ rule: z.string(), message: z.string() })) });
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

/** A shop that uses `ware`, whose registry is on this machine and wants a token. */
async function shop(files: TreeSource['files'] = {}) {
  const server = await startPackageServer(packages, token);
  const cache = await mkdtemp(join(tmpdir(), 'godwit-cache-'));
  const manifest = { name: 'shop', private: true, scripts: { test: 'node --test' }, dependencies: { ware: '^1.0.0' } };
  const own = server.url.replace(/^http:/, '');
  const tree = await upgradeTree({
    files: {
      '.gitignore': 'node_modules\n.npmrc\n',
      '.npmrc': `registry=${server.url}\n${own}:_authToken=${token}\nfetch-retries=0\naudit=false\n`,
      'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
      'index.js': "exports.price = require('ware').price;\n",
      'index.test.js':
        "const { test } = require('node:test');\ntest('a price', () => { if (require('./index.js').price() !== 1) throw new Error('no'); });\n",
      ...files,
    },
    env: { npm_config_cache: cache },
  });
  cleanups.push(tree.remove, server.close, () => rm(cache, { recursive: true, force: true }));
  return { server, tree, before: stateOfTree(tree) };
}

/** Code of the error that a command ends with; nothing that it says holds the token. */
function errorOf(answer: Ran) {
  expect(answer.stdout + answer.stderr).not.toContain(token);
  return document(answer, errorSchema).error;
}

/** Everything that godwit has written down: plans, and what it keeps in the git directory. */
async function writtenBy({ root }: UpgradeTree): Promise<string> {
  const texts: string[] = [];
  for (const folder of ['migrations', '.git/godwit']) {
    const found = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of found.filter((one) => one.isFile())) {
      texts.push(await readFile(join(entry.parentPath, entry.name), 'utf8'));
    }
  }
  return texts.join('\n');
}

describe('a registry in trouble', () => {
  it('is said by its host alone when an upgrade is planned, and nothing is written', async () => {
    const { server, tree, before } = await shop();
    const hows: readonly (readonly [Answering, RegExp])[] = [
      [404, /registry-failed .*ware.*404/],
      [500, /registry-failed .*500/],
      ['by closing', /registry-failed /],
    ];
    for (const [how, says] of hows) {
      server.answer(how);
      const { code, what, why } = errorOf(await tree.run('plan', '--upgrade', 'ware@2', '--json'));
      expect(`${code} ${what} ${why}`).toMatch(says);
    }
    server.answer('well');
    expect(errorOf(await tree.run('plan', '--upgrade', 'ware@3', '--json')).code).toBe('bad-input');
    await server.close();
    cleanups.splice(1, 1);
    expect(errorOf(await tree.run('plan', '--upgrade', 'ware@2', '--json')).code).toBe('registry-failed');
    expect(stateOfTree(tree)).toEqual(before);
    expect(await readdir(tree.root)).not.toContain('migrations');
  });

  it('while an upgrade is applied stops it, and it goes on, or back, when the registry is there again', async () => {
    const { server, tree, before } = await shop();
    const { plan } = await planOn(tree, 'ware@2');
    for (const how of [500, 'by closing'] as const) {
      server.answer(how);
      expect(errorOf(await tree.run('apply', '--json')).code).toBe('registry-failed');
    }
    server.answer('well');
    expect(document(await tree.run('apply', '--json'), ran).state).toBe('done');
    expect(tree.git('status', '--porcelain', '--untracked-files=no')).toBe('');
    expect(document(await tree.run('rollback', '--json'), ran).restored?.data).toBe(true);
    expect(stateOfTree(tree)).toEqual(before);
    expect(document(await tree.run('apply', plan.id, '--to', 'prepare', '--json'), ran).state).not.toBe('done');
    server.answer(404);
    errorOf(await tree.run('apply', plan.id, '--json'));
    server.answer('well');
    expect(document(await tree.run('rollback', '--json'), ran).restored?.data).toBe(true);
    expect(stateOfTree(tree)).toEqual(before);
    expect(await writtenBy(tree)).not.toContain(token);
  });
});

it('a private registry: its token is used, and written nowhere; a rehearsal has the ignored .npmrc that it is told of', async () => {
  const { tree, before } = await shop({ 'godwit.config.json': '{"tree": {"rehearse": {"copy": [".npmrc"]}}}' });
  const { dir } = await planOn(tree, 'ware@2');
  const rehearsal = await tree.run('rehearse', '--json');
  expect(document(rehearsal, rehearsed), rehearsal.stdout).toMatchObject({ ok: true });
  const applied = await tree.run('apply', '--json', '--verbose');
  expect(document(applied, ran).state).toBe('done');
  const back = await tree.run('rollback', '--json');
  expect(document(back, ran).restored?.data).toBe(true);
  expect(stateOfTree(tree)).toEqual(before);
  for (const { stdout, stderr } of [rehearsal, applied, back]) expect(stdout + stderr).not.toContain(token);
  expect(await readFile(join(dir, 'PLAN.md'), 'utf8')).toContain('ware');
  expect(await writtenBy(tree)).not.toContain(token);
});

it('a tree that is red before: it is said, compared as a baseline, and what gets redder stops', async () => {
  const red = "const { test } = require('node:test');\ntest('broken', () => { throw new Error('as ever'); });\n";
  const { tree, before } = await shop({ 'broken.test.js': red });
  await planOn(tree, 'ware@2');
  const applied = document(await tree.run('apply', '--json'), ran);
  expect(applied.state).toBe('done');
  expect(applied.steps.find(({ id }) => id === 'prepare-baseline')?.detail).toMatch(/1 .*fail|red/i);
  expect(document(await tree.run('rollback', '--json'), ran).restored?.data).toBe(true);
  expect(stateOfTree(tree)).toEqual(before);
});

describe('a tree that changes under the run', () => {
  it('between plan and apply is refused, and left as it is', async () => {
    const { tree } = await shop();
    await planOn(tree, 'ware@2');
    await writeFile(join(tree.root, 'index.js'), '// mine\r\n');
    const dirty = stateOfTree(tree);
    expect(errorOf(await tree.run('apply', '--json'))).toMatchObject({
      code: 'dirty-tree',
      why: expect.stringContaining('index.js'),
    });
    expect(stateOfTree(tree)).toEqual(dirty);
  });

  it('while packages are installed: the edit is named, and not lost on the way back', async () => {
    // A script of the tree stands for the person: it runs in the middle of the install.
    const edit = "require('node:fs').appendFileSync('notes.md', 'more\\n')";
    const scripts = {
      test: 'node --test',
      postinstall: `node -e "if (process.env.EDIT) ${edit.replaceAll('"', '\\"')}"`,
    };
    const { tree } = await shop({
      'notes.md': 'mine\n',
      'package.json': JSON.stringify({ name: 'shop', private: true, scripts, dependencies: { ware: '^1.0.0' } }),
    });
    await planOn(tree, 'ware@2');
    const before = stateOfTree(tree);
    process.env.EDIT = '1';
    try {
      const applied = await tree.run('apply', '--json');
      expect(applied.stdout + applied.stderr).toContain('notes.md');
    } finally {
      delete process.env.EDIT;
    }
    expect(await readFile(join(tree.root, 'notes.md'), 'utf8')).toContain('more');
    document(await tree.run('rollback', '--json'), ran);
    expect(stateOfTree(tree)).toEqual(before);
    const kept = tree.git('for-each-ref', '--format=%(objectname)', 'refs/godwit').trim().split('\n');
    expect(kept.some((commit) => tree.git('show', `${commit}:notes.md`).includes('more'))).toBe(true);
  });
});

describe('links and repositories in the tree', () => {
  it('what links lead to is not touched, nor a repository in a folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'godwit-outside-'));
    cleanups.push(() => rm(outside, { recursive: true, force: true }));
    const text = "exports.price = require('ware').price;\n";
    await writeFile(join(outside, 'outside.js'), text);
    const { tree } = await shop();
    await symlink(outside, join(tree.root, 'away'));
    await symlink(join(outside, 'outside.js'), join(tree.root, 'link.js'));
    await symlink('link.js', join(tree.root, 'link-to-link.js'));
    await mkdir(join(tree.root, 'vendor'));
    tree.git('init', '--quiet', 'vendor/inner');
    await writeFile(join(tree.root, 'vendor/inner/index.js'), text);
    tree.git('-C', 'vendor/inner', 'add', '--all');
    tree.git('-C', 'vendor/inner', '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message=inner');
    tree.git('-c', 'advice.addEmbeddedRepo=false', 'add', '--all');
    tree.git('commit', '--quiet', '--message=links');
    const before = stateOfTree({ ...tree, git: filesOnly(tree) });
    await planOn(tree, 'ware@2');
    expect(document(await tree.run('apply', '--json'), ran).state).toBe('done');
    expect(document(await tree.run('rollback', '--json'), ran).restored?.data).toBe(true);
    expect(stateOfTree({ ...tree, git: filesOnly(tree) })).toEqual(before);
    expect(await readFile(join(outside, 'outside.js'), 'utf8')).toBe(text);
    expect(await readFile(join(tree.root, 'vendor/inner/index.js'), 'utf8')).toBe(text);
  });

  it('a package.json that is a link, or that git does not hold, is refused when the upgrade is planned', async () => {
    const { tree } = await shop({
      '.gitignore': 'node_modules\n.npmrc\npackages/own\n',
      'package.json': JSON.stringify({ name: 'shop', private: true, workspaces: ['packages/*'] }),
      'packages/own/package.json': JSON.stringify({ name: 'own', version: '1.0.0', dependencies: { ware: '^1.0.0' } }),
    });
    const plan = async () => errorOf(await tree.run('plan', '--upgrade', 'ware@2', '--json'));
    expect(await plan()).toMatchObject({
      code: 'bad-input',
      what: expect.stringContaining('packages/own/package.json'),
      why: expect.stringContaining('git does not track it'),
    });
    await moveAndLink(tree, 'package.json', 'manifests/package.json');
    expect(await plan()).toMatchObject({ code: 'bad-input', why: expect.stringContaining('manifests/package.json') });
    expect(await readdir(tree.root)).not.toContain('migrations');
  });
});

/** Git of a tree whose list of files leaves a repository in it out: that is a folder, and not a file. */
function filesOnly({ git }: UpgradeTree): UpgradeTree['git'] {
  return (...args) => (args.includes('--others') ? git(...args).replace(/vendor\/inner\/?\0/g, '') : git(...args));
}

/** Moves a tracked file and leaves a link to it behind. */
async function moveAndLink({ root, git }: UpgradeTree, from: string, to: string): Promise<void> {
  await mkdir(join(root, to, '..'), { recursive: true });
  git('mv', from, to);
  await symlink(to, join(root, from));
  git('add', '--all');
  git('commit', '--quiet', '--message=moved');
}
