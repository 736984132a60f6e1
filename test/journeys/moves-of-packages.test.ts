import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MovedPaths } from '#code/move/moved-paths';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { filesAfter, studyFiles } from '../support/move-files.ts';
import { runProject } from '../support/run-project.ts';
import { runningProject } from '../support/running-project.ts';
import { runsOf, seed } from '../support/seed.ts';
import { planned, ran, type UpgradeTree, upgradeTree } from '../support/upgrade-tree.ts';

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Two versions of one dependency, so that one stands in the folder of a package; a test goes through all packages. */
const workspace = (local: string, root: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> => ({
  'package.json': json({ name: 'mono', private: true, scripts: { test: 'node --test' }, ...root }),
  'packages/words/package.json': json({
    name: '@mono/words',
    version: '1.0.0',
    type: 'module',
    exports: './src/words.js',
    dependencies: { '@mono/base': local, ms: '2.1.2' },
  }),
  'packages/words/src/words.js':
    "import { readFileSync } from 'node:fs';\nimport ms from 'ms';\nexport { base } from '@mono/base';\nimport { deep } from '../../base/src/deep.js';\nexport const second = ms('1s') + deep;\nexport const text = readFileSync(new URL('./words.txt', import.meta.url), 'utf8');\n",
  'packages/words/src/words.txt': 'words\n',
  'packages/base/package.json': json({
    name: '@mono/base',
    version: '1.0.0',
    type: 'module',
    exports: './src/base.js',
  }),
  'packages/base/src/base.js': 'export const base = 3;\n',
  'packages/base/src/deep.js': 'export const deep = 1;\n',
  'packages/site/package.json': json({
    name: '@mono/site',
    version: '1.0.0',
    type: 'module',
    dependencies: { '@mono/words': local === 'workspace:*' ? local : '*', ms: '2.0.0' },
  }),
  'packages/site/src/site.test.js':
    "import assert from 'node:assert';\nimport test from 'node:test';\nimport { base, second, text } from '@mono/words';\nimport ms from 'ms';\ntest('all', () => assert.deepEqual([base, second, text, ms('1s')], [3, 1001, 'words\\n', 1000]));\n",
});

const managers = {
  npm: {
    files: workspace('*', { workspaces: ['packages/*'] }),
    install: ['npm', 'install', '--no-audit', '--no-fund'],
  },
  pnpm: {
    files: {
      ...workspace('workspace:*', { packageManager: 'pnpm@10.34.9' }),
      'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    },
    install: ['npx', '--yes', '--package', 'pnpm@10.34.9', '--', 'pnpm', 'install'],
  },
} as const;

it('packages of npm go to other folders: rehearsed, applied, verified, and taken back', async () => {
  const tree = await upgradeTree(managers.npm);
  try {
    const before = stateOfTree(tree);
    const { dir } = await planOf(tree, 'packages/words=libs/deep/words', 'packages/base=packages/ground');
    expect((await tree.run('rehearse', dir)).exit).toBe(0);
    expect(document(await tree.run('apply', dir, '--json'), ran).state).toBe('done');
    expect((await tree.run('verify', dir)).exit).toBe(0);
    expect(await readdir(join(tree.root, 'packages'))).toEqual(['ground', 'site']);
    await expectSettled(tree, managers.npm.install);
    expect(document(await tree.run('rollback', dir, '--json'), ran).restored?.exceptions).toEqual([]);
    expect(stateOfTree(tree)).toEqual(before);
    expect(await readdir(join(tree.root, 'packages'))).toEqual(['base', 'site', 'words']);
    await expectSettled(tree, managers.npm.install);
  } finally {
    await tree.remove();
  }
});

it('packages of pnpm go to other folders, and moving them back gives the bytes', async () => {
  const tree = await upgradeTree(managers.pnpm);
  try {
    const start = tree.git('ls-files', '-s');
    const { dir } = await planOf(tree, 'packages/words=libs/deep/words', 'packages/base=packages/ground');
    expect(document(await tree.run('apply', dir, '--json'), ran).state).toBe('done');
    await expectSettled(tree, managers.pnpm.install);
    const back = await planOf(tree, 'libs/deep/words=packages/words', 'packages/ground=packages/base');
    expect(document(await tree.run('apply', back.dir, '--json'), ran).state).toBe('done');
    expect(tree.git('ls-files', '-s')).toBe(start);
    await expectSettled(tree, managers.pnpm.install);
  } finally {
    await tree.remove();
  }
});

const runs = runsOf(1);

it(`generated workspaces run: node:test, Vitest and tsc are as green before, after random moves, and after moving back to the bytes (seed ${seed}, ${runs} projects)`, async () => {
  await fc.assert(
    fc.asyncProperty(runningProject, async ({ files, wishes }) => {
      if (wishes.length === 0) return;
      const study = await studyFiles(files, wishes);
      expect(study.obstacles, wishes.join(' ')).toEqual([]);
      const after = filesAfter(files, study);
      const back = await studyFiles(after, inverse(study.moved));
      expect(filesAfter(after, back), wishes.join(' ')).toEqual(filesAfter(files, await studyFiles(files, [])));
      const said = await runProject(files);
      expect(Object.values(said.tests).filter((one) => !/# fail 0$/.test(one))).toEqual([]);
      expect(said.types).toEqual([]);
      expect(await runProject(after), wishes.join(' ')).toEqual(said);
    }),
    { seed, numRuns: runs, endOnFailure: true },
  );
}, 1_800_000);

/** Packages go back as a whole, everything else by its file. */
function inverse({ files, folders }: MovedPaths): readonly string[] {
  const whole = [...folders].filter(([from]) => files.has(`${from}/package.json`));
  const rest = [...files].filter(([path]) => !whole.some(([from]) => path.startsWith(`${from}/`)));
  return [...whole, ...rest].map(([from, to]) => `${to}=${from}`);
}

async function planOf(tree: UpgradeTree, ...wishes: readonly string[]): Promise<{ readonly dir: string }> {
  return document(await tree.run('plan', ...wishes.flatMap((wish) => ['--move', wish]), '--json'), planned);
}

/** The package manager itself has nothing to change: what the plan wrote is what it would write. */
async function expectSettled(tree: UpgradeTree, [program, ...args]: readonly [string, ...string[]]): Promise<void> {
  execFileSync(program, args, { cwd: tree.root, stdio: 'pipe' });
  expect(tree.git('status', '--porcelain', '--', ':!migrations')).toBe('');
}
