import { expect, it } from 'vitest';
import type { Progress } from '#core/executor';
import { gitEnv, makeGitTree } from '../../test/support/git-tree.ts';
import { runProcess } from './process/run-process.ts';
import { openRepository } from './repository/repository.ts';
import { treeTools } from './tree-tools.ts';

const dependencies = { lib: 'file:lib' };

it('an install that may change nothing leaves package.json as it was committed, whatever the package manager writes', async () => {
  const tree = await makeGitTree({
    '.gitignore': 'node_modules\n',
    'package.json': JSON.stringify({
      name: 'shop',
      private: true,
      scripts: { postinstall: 'node form.js' },
      dependencies,
    }),
    // Stands for Yarn, which writes package.json in its own form.
    'form.js':
      "const fs = require('node:fs');\nfs.writeFileSync('package.json', JSON.stringify(JSON.parse(fs.readFileSync('package.json', 'utf8')), null, 4));\n",
    'lib/package.json': '{ "name": "lib", "version": "1.0.0" }',
    'package-lock.json': JSON.stringify({
      name: 'shop',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { name: 'shop', hasInstallScript: true, dependencies },
        lib: { version: '1.0.0' },
        'node_modules/lib': { resolved: 'lib', link: true },
      },
    }),
  });
  try {
    const { signal } = new AbortController();
    const env = { ...process.env, ...gitEnv, HOME: tree.root };
    const repository = await openRepository({ root: tree.root, env, run: runProcess, signal }, 'migrations');
    const tools = treeTools({ repository, env, run: runProcess, nowMs: () => 0, overrides: {} });
    expect(await tools.isInstalled(signal)).toBe(false);
    const { detail } = await tools.install('frozen', signal);
    expect(detail).toMatch(/; package\.json put back as committed$/);
    expect(tree.git('status', '--porcelain', '--', 'package.json', 'package-lock.json')).toBe('');
    expect(await tools.isInstalled(signal)).toBe(true);
  } finally {
    await tree.remove();
  }
});

it('what measures says how far it is before each check', async () => {
  const tree = await makeGitTree({
    'package.json': JSON.stringify({ name: 'shop', private: true, scripts: { build: 'node a.js', test: 'node a.js' } }),
    'a.js': '',
  });
  try {
    const { signal } = new AbortController();
    const env = { ...process.env, ...gitEnv, HOME: tree.root };
    const repository = await openRepository({ root: tree.root, env, run: runProcess, signal }, 'migrations');
    const tools = treeTools({ repository, env, run: runProcess, nowMs: () => 0, overrides: {} });
    const said: string[] = [];
    const progress = ({ done, total, unit }: Progress) => said.push(`${done} of ${total} ${unit}`);
    const { checks } = await tools.measure({ before: undefined, progress }, signal);
    expect(checks.map(({ state }) => state)).toEqual(['passed', 'passed']);
    expect(said).toEqual(['0 of 2 checks', '1 of 2 checks']);
  } finally {
    await tree.remove();
  }
});
