import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import * as z from 'zod';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { inTurn } from '../support/turn.ts';
import { planOn, ran, upgradeTree } from '../support/upgrade-tree.ts';

const rehearsed = z.object({ ok: z.boolean(), findings: z.array(z.object({ rule: z.string(), message: z.string() })) });
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

/** A folder to put into PATH, with a package manager as npm installs it. */
async function programsOf(spec: string): Promise<string> {
  const prefix = await mkdtemp(join(tmpdir(), 'godwit-manager-'));
  cleanups.push(() => rm(prefix, { recursive: true, force: true }));
  const quiet = ['--no-audit', '--no-fund', '--allow-scripts=bun'];
  await promisify(execFile)('npm', ['install', '--global', '--prefix', prefix, ...quiet, spec]);
  return join(prefix, 'bin');
}

const test = `const { test } = require('node:test');
test('an id', () => { if (require('./index.js').id().length !== 36) throw new Error('short'); });\n`;
const maker = "const uuidv4 = require('uuid/v4');\r\nexports.id = () => uuidv4();\r\n";
const member = (name: string, range: string): Readonly<Record<string, string>> => ({
  [`packages/${name}/package.json`]: `${JSON.stringify(
    {
      name: `@ids/${name}`,
      version: '1.0.0',
      private: true,
      scripts: { test: 'node --test' },
      dependencies: { uuid: range },
    },
    null,
    '\t',
  )}\n`,
  [`packages/${name}/index.js`]: maker,
  [`packages/${name}/index.test.js`]: test,
});
const root = (packageManager: string, more: object) => ({
  'package.json': `${JSON.stringify({ name: 'ids', private: true, packageManager, ...more }, null, 2)}\n`,
});
const workspaces = { workspaces: ['packages/*'] };

const managers = [
  {
    name: 'pnpm, with a catalog',
    spec: 'pnpm@10.34.9',
    files: {
      ...root('pnpm@10.34.9', {}),
      'pnpm-workspace.yaml': "packages:\n  - 'packages/*'\n\n# what everybody takes\ncatalog:\n  uuid: ^7.0.3\n",
      ...member('one', 'catalog:'),
      ...member('two', 'catalog:'),
    },
    lockFile: 'pnpm-lock.yaml',
    declared: ['pnpm-workspace.yaml', 'uuid: ^8.'],
  },
  {
    name: 'Yarn 1',
    spec: 'yarn@1.22.22',
    files: { ...root('yarn@1.22.22', workspaces), ...member('one', '^7.0.3'), ...member('two', '7.0.2') },
    lockFile: 'yarn.lock',
    declared: ['packages/two/package.json', '"uuid": "8.'],
  },
  {
    name: 'Yarn 4',
    spec: '@yarnpkg/cli-dist@4.18.1',
    files: {
      ...root('yarn@4.18.1', workspaces),
      '.yarnrc.yml': 'nodeLinker: node-modules\n',
      '.gitignore': 'node_modules\n.yarn\n',
      ...member('one', '^7.0.3'),
      ...member('two', '~7.0.2'),
    },
    lockFile: 'yarn.lock',
    declared: ['packages/two/package.json', '"uuid": "~8.'],
  },
  {
    name: 'Bun',
    spec: 'bun@1.4.5',
    files: { ...root('bun@1.4.5', workspaces), ...member('one', '^7.0.3'), ...member('two', '^7.0.0') },
    lockFile: 'bun.lock',
    declared: ['packages/two/package.json', '"uuid": "^8.'],
  },
];

it.each(inTurn(managers, 3))(
  '$name: a workspace is upgraded, rehearsed, and taken back byte for byte',
  async ({ spec, files, lockFile, declared }) => {
    const bin = await programsOf(spec);
    const program = spec.startsWith('@yarnpkg') ? 'yarn' : (spec.split('@')[0] ?? '');
    const env = { PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
    // The first install writes the lock file, which Yarn refuses where CI is set.
    const install: [string, ...string[]] = [
      'env',
      'YARN_ENABLE_IMMUTABLE_INSTALLS=false',
      join(bin, program),
      'install',
    ];
    const tree = await upgradeTree({ files, install, env });
    cleanups.push(tree.remove);
    await writeFile(join(tree.root, 'packages/two/notes.txt'), 'mine, and not tracked\r\n');
    const before = stateOfTree(tree);
    expect(tree.git('ls-files')).toContain(lockFile);

    const { plan } = await planOn(tree, 'uuid@8');
    const rehearsal = document(await tree.run('rehearse', '--json'), rehearsed);
    expect(rehearsal, JSON.stringify(rehearsal.findings)).toMatchObject({ ok: true });
    expect(stateOfTree(tree)).toEqual(before);

    expect(document(await tree.run('apply', '--json'), ran).state).toBe('done');
    const [path = '', text = ''] = declared;
    expect(await readFile(join(tree.root, path), 'utf8')).toContain(text);
    const changed = tree.git('diff', '--name-only', 'main').trim().split('\n');
    expect(changed).toContain(lockFile);
    expect(changed.filter((file) => file.endsWith('index.js'))).toHaveLength(2);
    expect((await tree.run('verify')).exit).toBe(0);

    const back = document(await tree.run('rollback', plan.id, '--json'), ran);
    expect(back).toMatchObject({ state: 'rolled-back', restored: { schema: true, data: true, exceptions: [] } });
    expect(stateOfTree(tree)).toEqual(before);
  },
);
