import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
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

it('a lock file that lost a package is refused each time, also where an earlier try has written it', async () => {
  const registry = createServer((_, response) => {
    response.statusCode = 404;
    response.end('{"error":"Not found"}');
  });
  await new Promise<void>((resolve) => registry.listen(0, resolve));
  const address = registry.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const lib = { name: 'lib', version: '1.0.0' };
  const tree = await makeGitTree({
    '.gitignore': 'node_modules\n.npm\n',
    '.npmrc': `registry=http://localhost:${port}/\nfetch-retries=0\n`,
    'package.json': JSON.stringify({ name: 'shop', private: true, dependencies }),
    'lib/package.json': JSON.stringify(lib),
    'package-lock.json': JSON.stringify({
      name: 'shop',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { name: 'shop', dependencies },
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
    const wanting = { ...lib, optionalDependencies: { gone: '^1.0.0' } };
    await writeFile(join(tree.root, 'lib/package.json'), JSON.stringify(wanting));
    const broken = {
      code: 'install-failed',
      explanation: {
        what: 'The install went through, and left something broken.',
        why: 'npm left gone out of the lock file, which lib@1.0.0 has for other platforms: `npm ci` refuses such a lock file.',
        next: expect.stringMatching(
          /^gone \^1\.0\.0 is not in the registry, .* Roll back, hold lib at an older version /,
        ),
      },
    };
    await expect(tools.install('update', signal)).rejects.toMatchObject(broken);
    await expect(tools.install('update', signal)).rejects.toMatchObject(broken);

    await writeFile(join(tree.root, 'lib/package.json'), JSON.stringify(lib));
    await rm(join(tree.root, 'package-lock.json'));
    const { detail, findings } = await tools.install('update', signal);
    expect([detail.replace(/^.*; /, ''), findings]).toEqual(['a lock file was written', []]);
    expect(tree.git('diff', '--stat', 'HEAD', '--', 'lib')).toBe('');
  } finally {
    await tree.remove();
    await new Promise((resolve) => registry.close(resolve));
  }
});
