import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { hashOf } from '#core/canonical';
import { type GitTree, makeGitTree, stateOfTree } from '../support/git-tree.ts';
import { document, errorSchema, startGodwit } from '../support/godwit.ts';
import { beginning, treeStep, writeTreePlan } from '../support/tree-plan.ts';

/** A registry that says no, or does not answer at all. */
let server: Server;
let answers = true;
let called: Promise<unknown>;
let tree: GitTree;
const manifest = '{ "name": "shop", "version": "1.0.0", "private": true, "dependencies": {} }\n';
const settings = '{ "mine": true }\n';

beforeEach(async () => {
  answers = true;
  server = createServer((_request, response) => {
    if (answers) response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  });
  called = once(server, 'request');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  tree = await makeGitTree({
    '.gitignore': 'node_modules\nignored\n',
    '.npmrc': `registry=http://127.0.0.1:${port}/\nfetch-retries=0\n`,
    'package.json': manifest,
    'src/old.js': 'module.exports = 1;\n',
    'src/gone.js': 'module.exports = 2;\n',
  });
  await mkdir(join(tree.root, 'ignored'));
  await writeFile(join(tree.root, 'ignored/settings.json'), settings);
  await writeFile(join(tree.root, 'notes.txt'), 'mine, not tracked\n');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await tree.remove();
});

const lock = {
  name: 'shop',
  version: '1.0.0',
  lockfileVersion: 3,
  packages: { '': { name: 'shop', version: '1.0.0', dependencies: { absent: '1.0.0' } } },
};
const changes = {
  kind: 'code/changes',
  message: 'Change the package manager',
  moves: [{ from: 'src/old.js', to: 'lib/deep/new.js' }],
  files: [edit('package.json', manifest, '"dependencies": {}', '"dependencies": { "absent": "1.0.0" }')],
  written: [
    { path: 'package-lock.json', text: `${JSON.stringify(lock, undefined, 2)}\n` },
    { path: 'made/deep/file.js', text: 'export {};\n' },
  ],
  removed: [{ path: 'src/gone.js', before: hashOf('module.exports = 2;\n') }],
  diff: '',
};
const written: readonly (readonly [string, object])[] = [
  ['whose packages the registry refuses', changes],
  [
    'that writes what git ignores',
    { ...changes, files: [], written: [{ path: 'ignored/made.txt', text: 'made\n' }], moves: [] },
  ],
  [
    'that edits what git ignores',
    {
      ...changes,
      files: [edit('ignored/settings.json', settings, 'true', 'false')],
      written: [{ path: 'made.txt', text: 'made\n' }],
    },
  ],
];

it.each(written)('a step %s leaves nothing behind after rollback', async (_name, action) => {
  await writeChange(action);
  const before = await everything();
  const failed = await call('apply', '--json').ended;
  expect(failed.exit).toBe(1);
  document(failed, errorSchema);
  await rolledBack(before);
});

it('a lock file that git ignores is as it was after rollback', async () => {
  const old = { ...lock, packages: { '': { name: 'shop', version: '1.0.0' } } };
  await writeFile(join(tree.root, '.git/info/exclude'), 'package-lock.json\n');
  await writeFile(join(tree.root, 'package-lock.json'), JSON.stringify(old));
  const own = edit('package.json', manifest, '"dependencies": {}', '"dependencies": { "own": "file:own" }');
  await writeChange({
    ...changes,
    files: [own],
    written: [{ path: 'own/package.json', text: '{ "name": "own", "version": "1.0.0" }\n' }],
  });
  const before = await everything();
  expect((await call('apply', '--json').ended).exit).toBe(0);
  expect(await readFile(join(tree.root, 'package-lock.json'), 'utf8')).toContain('own');
  await rolledBack(before);
  expect(await readFile(join(tree.root, 'package-lock.json'), 'utf8')).toBe(JSON.stringify(old));
});

it('a process that is killed while packages are installed leaves nothing behind after rollback', async () => {
  await writeChange(changes);
  const before = await everything();
  await killed();
  expect(existsSync(join(tree.root, 'package-lock.json'))).toBe(true);
  await rolledBack(before);
});

it('a killed step goes on where the package manager had rewritten the lock file by then', async () => {
  await writeChange(changes);
  const before = await everything();
  await killed();
  await writeFile(join(tree.root, 'package-lock.json'), `${JSON.stringify(lock)}\n`);
  answers = true;
  const again = document(await call('apply', '--json').ended, errorSchema);
  expect(again.error.code).not.toBe('drift');
  await rolledBack(before);
});

it('what people wrote into a new file of a failed step is kept and named', async () => {
  await writeChange(changes);
  const before = await everything();
  await call('apply', '--json').ended;
  await writeFile(join(tree.root, 'made/deep/file.js'), 'export const mine = 1;\n');
  await rolledBack(before);
  const report = (await call('report', '--format', 'markdown').ended).stdout;
  const kept = /git stash apply ([0-9a-z/-]+)/.exec(report)?.[1] ?? 'no ref';
  expect(tree.git('show', `${kept}:made/deep/file.js`)).toBe('export const mine = 1;\n');
});

function edit(path: string, text: string, before: string, after: string) {
  return { path, edits: [{ offset: text.indexOf(before), length: before.length, before, text: after }] };
}

function call(...args: readonly string[]) {
  return startGodwit(args, tree.root, {});
}

/** kill -9 once the package manager waits for the registry; the lease of the dead is made old, as time would. */
async function killed(): Promise<void> {
  answers = false;
  const running = call('apply', '--json');
  await Promise.race([called, running.ended]);
  running.child.kill('SIGKILL');
  await running.ended;
  server.closeAllConnections();
  const leases = join(tree.root, '.git/godwit/lease');
  for (const name of await readdir(leases)) await utimes(join(leases, name), 1, 1);
}

async function rolledBack(before: unknown): Promise<void> {
  const back = document(await call('rollback', '--json').ended, z.object({ state: z.string() }));
  expect(back.state).toBe('rolled-back');
  expect(await everything()).toEqual(before);
}

/** Also what git ignores, and folders, but for what a package manager installed. */
async function everything(): Promise<unknown> {
  const names = (await readdir(tree.root, { recursive: true }))
    .filter((name) => !/^(\.git|migrations|node_modules)(\/|$)/.test(name))
    .sort();
  return {
    state: stateOfTree(tree),
    names,
    settings: await readFile(join(tree.root, 'ignored/settings.json'), 'utf8'),
  };
}

async function writeChange(action: object): Promise<void> {
  const change = treeStep('change', {
    action: { kind: 'code/changes', ...action },
    rollback: { kind: 'code/undo', reinstall: true },
  });
  await writeTreePlan(tree, [beginning, change]);
}
