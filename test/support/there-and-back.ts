import { expect } from 'vitest';
import { stateOfTree } from './git-tree.ts';
import { document } from './godwit.ts';
import { ran, type UpgradeTree } from './upgrade-tree.ts';

/** Applies the newest plan, has a look, proves that it holds, takes it back byte for byte, and applies it again. */
export async function thereAndBack(tree: UpgradeTree, id: string, look: () => Promise<void> | void): Promise<void> {
  const before = stateOfTree(tree);
  expect(document(await tree.run('apply', '--json'), ran).state).toBe('done');
  await look();
  expect((await tree.run('verify')).exit).toBe(0);
  const back = document(await tree.run('rollback', '--json'), ran);
  expect(back).toMatchObject({ state: 'rolled-back', restored: { schema: true, data: true, exceptions: [] } });
  expect(stateOfTree(tree)).toEqual(before);
  expect(document(await tree.run('apply', id, '--json'), ran).state).toBe('done');
}
