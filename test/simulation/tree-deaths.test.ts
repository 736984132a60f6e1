import { describe, expect, it } from 'vitest';
import { stateOfTree } from '../support/git-tree.ts';
import { comparable, fulfil, oddTree, planFor, type Wish } from '../support/tree-deaths.ts';

describe('a process that changes a working tree may die at any point', () => {
  it('forward, back and forward again, nobody dying', async () => {
    const tree = await oddTree();
    const plan = await planFor(tree);
    const before = stateOfTree(tree);
    await fulfil(tree, plan, { wishes: ['forward'], deadlyPoint: undefined });
    expect(tree.git('log', '--format=%s').trim().split('\n')).toEqual(['Edit folder/odd.txt', 'Edit a.txt', 'start']);
    expect(tree.git('show', 'HEAD:folder/odd.txt')).toContain('zwei');
    await fulfil(tree, plan, { wishes: ['back'], deadlyPoint: undefined });
    expect(stateOfTree(tree)).toEqual(before);
    await fulfil(tree, plan, { wishes: ['forward'], deadlyPoint: undefined });
    expect(tree.git('rev-parse', '--abbrev-ref', 'HEAD').trim()).toBe(`godwit/${plan.id}`);
    await tree.remove();
  });

  /** Every point with SLOW=1, else one of twenty-three. */
  const stride = process.env.SLOW === undefined ? 23 : 1;
  const stories: readonly (readonly Wish[])[] = [['forward'], ['forward', 'back']];
  for (const wishes of stories) {
    it(`${wishes.join(', ')}: the end is the same`, async () => {
      const calm = await oddTree();
      const points = await fulfil(calm, await planFor(calm), { wishes, deadlyPoint: undefined });
      const end = comparable(calm);
      await calm.remove();
      expect(points).toBeGreaterThan(20);
      for (let deadlyPoint = 1; deadlyPoint <= points; deadlyPoint += stride) {
        const tree = await oddTree();
        await fulfil(tree, await planFor(tree), { wishes, deadlyPoint });
        expect(comparable(tree), `died at point ${deadlyPoint} of ${points}`).toEqual(end);
        await tree.remove();
      }
    }, 300_000);
  }
});
