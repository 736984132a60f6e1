import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gitEnv, makeGitTree } from '../../../test/support/git-tree.ts';
import { runProcess } from '../process/run-process.ts';
import { keepUncommitted, resetTo } from './commits.ts';
import { openRepository } from './repository.ts';

it('what a way back had written before it failed is nobody’s change, and what people wrote beside it is kept', async () => {
  const tree = await makeGitTree({ 'a.txt': 'old a\n', 'b.txt': 'old b\n', 'gone.txt': 'goes\n' });
  try {
    const { signal } = new AbortController();
    const repository = await openRepository({ root: tree.root, env: gitEnv, run: runProcess, signal }, 'migrations');
    const write = (path: string, text: string) => writeFile(join(tree.root, path), text);
    const wanted = await repository.head();
    await write('a.txt', 'new a\n');
    await write('b.txt', 'new b\n');
    await rm(join(tree.root, 'gone.txt'));
    tree.git('commit', '--quiet', '--all', '--message=step');
    await write('a.txt', 'old a\n');
    expect(await keepUncommitted(repository, 'run', wanted)).toBeUndefined();
    await write('b.txt', 'mine\n');
    expect(await keepUncommitted(repository, 'run', wanted)).toBeDefined();
    await write('b.txt', 'new b\n');
    await resetTo(repository, wanted);
    expect(await repository.head()).toBe(wanted);
    expect(tree.git('status', '--porcelain')).toBe('');
  } finally {
    await tree.remove();
  }
});
